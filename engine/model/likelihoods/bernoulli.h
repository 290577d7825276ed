#pragma once

// p(x|z): each pixel an independent Bernoulli (appendix C.1). Grey targets count as probabilities.

#include "engine/model/families.h"
#include "engine/model/tensor_math.h"

namespace elbow::model {

struct BernoulliLikelihood {
    static constexpr const char* kName = "bernoulli";
    static MemberEntry entry() {
        return {kName, "Bernoulli", "Each pixel black or white: for digits."};
    }
    static constexpr bool kOfGreyAlone = false;  // black and white targets have no bound
    static LayerParts outputs(const ModelSpec& spec) {
        return {{"logits", spec.image.size(), logit_of}};
    }
    static void declare(ParameterLayout&, const ModelSpec&) {}

    // x [B, D] in [0, 1], outputs [B, O] -> log p(x|z) [B], nats: x l - softplus(l).
    template <class Graph, class Tensor>
    static Tensor log_density(const Graph& graph, const Tensor& x, const Tensor& outputs) {
        return graph.bernoulli_log_density(x, outputs);
    }
    // The same of each value, [B, D].
    template <class Graph, class Tensor>
    static Tensor log_densities(const Graph&, const Tensor& x, const Tensor& outputs) {
        return x * outputs - softplus_of(outputs);
    }
    // -> the mean of p(x|z), [B, D] in [0, 1]
    template <class Graph, class Tensor>
    static Tensor mean(const Graph&, const Tensor& outputs) {
        return outputs.sigmoid();
    }
    // -> images drawn from p(x|z), [B, D]
    template <class Graph, class Noise, class Tensor>
    static Tensor draw(const Graph&, Noise& noise, const Tensor& outputs) {
        return noise.bernoulli(outputs.sigmoid());
    }
};

}  // namespace elbow::model
