#pragma once

// p(z): the mean of the posteriors of K images that learn with the model (Tomczak & Welling 2018).

#include <cmath>

#include "engine/core/error.h"
#include "engine/model/families.h"
#include "engine/model/tensor_math.h"

namespace elbow::model {

struct VampPrior {
    static constexpr const char* kName = "vamp";
    static constexpr const char* kInputs = "prior.inputs";
    static constexpr double kDarkness = 2.0;
    static MemberEntry entry() {
        return {kName,
                "VampPrior",
                "The mean of q(z|u) over K pseudo-inputs u, which are learned.",
                {{"components", "Components", "How many parts the prior is made of.", 10, 1, 2000,
                  true}}};
    }
    static constexpr bool kIsStandardNormal = false;
    static constexpr bool kNeedsDensity = true;
    static void check(const ModelSpec& spec) {
        if (spec.classes == 0) return;
        throw UsageError(
            "--prior vamp: its pseudo-inputs have no labels, which an encoder with --condition " +
            spec.condition.name + " needs. Use --condition none, or another prior.");
    }
    static void declare(ParameterLayout& layout, const ModelSpec& spec) {
        layout.add(kInputs, {spec.prior.whole("components"), spec.image.size()}, Start::kNormal);
    }

    // The pseudo-inputs, [K, D] in [0, 1]: mostly dark to begin with.
    template <class Graph>
    static auto inputs(const Graph& graph) {
        return (graph(kInputs) - kDarkness).sigmoid();
    }
    static LearnedPictures pictures() {
        return {kInputs, [](float parameter) {
                    return 1.0F / (1.0F + std::exp(static_cast<float>(kDarkness) - parameter));
                }};
    }
    // z [B, N] -> log p(z) [B], nats
    template <class Graph, class Tensor>
    static Tensor log_density(const Graph& graph, const Tensor& z) {
        const Tensor heads = graph.encode(inputs(graph), Tensor{});
        const Tensor of_each = graph.log_posterior(heads.unsqueeze(0), z.unsqueeze(1));
        return of_each.logsumexp(1) - std::log(static_cast<double>(heads.size(0)));
    }
    // epsilon [B, N] standard normal, uniform [B] in [0, 1) -> z [B, N]
    template <class Graph, class Tensor>
    static Tensor sample(const Graph& graph, const Tensor& epsilon, const Tensor& uniform) {
        const Tensor all = inputs(graph);
        const Tensor component =
            (uniform.unsqueeze(1) >= all.new_ones({all.size(0)}).cumsum(0) / all.size(0)).sum(1);
        const Tensor heads =
            graph.encode(all, Tensor{}).index_select(0, component.clamp_max(all.size(0) - 1));
        return graph.draw(heads, epsilon.unsqueeze(1)).first.squeeze(1);
    }
};

}  // namespace elbow::model
