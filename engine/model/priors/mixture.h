#pragma once

// p(z): a mixture of K diagonal Gaussians that learns with the model.

#include "engine/model/families.h"
#include "engine/model/tensor_math.h"

namespace elbow::model {

struct MixturePrior {
    static constexpr const char* kName = "mixture";
    static MemberEntry entry() {
        return {kName,
                "Gaussian mixture",
                "K Gaussians, whose means, variances and weights are learned.",
                {{"components", "Components", "How many parts the prior is made of.", 10, 1, 2000,
                  true}}};
    }
    static constexpr bool kIsStandardNormal = false;
    static constexpr bool kNeedsDensity = false;
    static void declare(ParameterLayout& layout, const ModelSpec& spec) {
        const std::int64_t k = spec.prior.whole("components");
        layout.add("prior.mean", {k, spec.latents}, Start::kNormal);
        layout.add("prior.log_variance", {k, spec.latents}, Start::kZero);
        layout.add("prior.logits", {k}, Start::kZero);  // weights before their softmax
    }

    // z [B, N] -> log p(z) [B], nats
    template <class Graph, class Tensor>
    static Tensor log_density(const Graph& graph, const Tensor& z) {
        const Tensor of_each = log_normal(z.unsqueeze(1), graph("prior.mean").unsqueeze(0),
                                          graph("prior.log_variance").unsqueeze(0));
        return (of_each + log_softmax(graph("prior.logits"), 0)).logsumexp(1);
    }
    // epsilon [B, N] standard normal, uniform [B] in [0, 1) -> z [B, N]
    template <class Graph, class Tensor>
    static Tensor sample(const Graph& graph, const Tensor& epsilon, const Tensor& uniform) {
        const Tensor up_to = softmax(graph("prior.logits"), 0).cumsum(0);
        const Tensor component =
            (up_to.unsqueeze(0) <= uniform.unsqueeze(1)).sum(1).clamp_max(up_to.size(0) - 1);
        return graph("prior.mean").index_select(0, component) +
               (0.5 * graph("prior.log_variance").index_select(0, component)).exp() * epsilon;
    }
};

}  // namespace elbow::model
