#pragma once

// p(z) = N(0, I): the paper's.

#include "engine/model/families.h"
#include "engine/model/tensor_math.h"

namespace elbow::model {

struct NormalPrior {
    static constexpr const char* kName = "normal";
    static MemberEntry entry() {
        return {kName, "Standard normal", "The paper's: N(0, I), with nothing to learn."};
    }
    static constexpr bool kIsStandardNormal = true;
    static constexpr bool kNeedsDensity = false;  // log q(z|x) at any z, of the posterior
    static void declare(ParameterLayout&, const ModelSpec&) {}

    // z [B, N] -> log p(z) [B], nats
    template <class Graph, class Tensor>
    static Tensor log_density(const Graph&, const Tensor& z) {
        return log_standard_normal(z);
    }
    // epsilon [B, N] standard normal, uniform [B] in [0, 1) -> z [B, N]
    template <class Graph, class Tensor>
    static Tensor sample(const Graph&, const Tensor& epsilon, const Tensor&) {
        return epsilon;
    }
};

}  // namespace elbow::model
