#pragma once

// p(x|z): each pixel an independent Gaussian, its mean in (0, 1), one variance for all pixels of
// all images, which is learned (sigma-VAE, Rybkin et al. 2021).

#include "engine/model/families.h"
#include "engine/model/quantised.h"

namespace elbow::model {

struct GaussianSharedLikelihood {
    static constexpr const char* kName = "gaussian-shared";
    static MemberEntry entry() {
        return {kName, "Gaussian, shared \u03c3",
                "A mean of each pixel and one variance of all, which is learned."};
    }
    static constexpr bool kOfGreyAlone = true;
    static LayerParts outputs(const ModelSpec& spec) {
        return {{"mean", spec.image.size(), logit_of}};
    }
    static void declare(ParameterLayout& layout, const ModelSpec&) {
        layout.add("likelihood.log_variance", {1}, Start::kZero);
    }

    template <class Graph, class Tensor>
    static Tensor log_density(const Graph& graph, const Tensor& x, const Tensor& outputs) {
        return log_normal(x, mean(graph, outputs), log_variance(graph).expand_as(x));
    }
    template <class Graph, class Tensor>
    static Tensor log_densities(const Graph& graph, const Tensor& x, const Tensor& outputs) {
        return -0.5 * normal_terms(x, mean(graph, outputs), log_variance(graph).expand_as(x));
    }
    template <class Graph, class Tensor>
    static Tensor mean(const Graph&, const Tensor& outputs) {
        return outputs.sigmoid();
    }
    template <class Graph, class Noise, class Tensor>
    static Tensor draw(const Graph& graph, Noise& noise, const Tensor& outputs) {
        const Tensor centre = mean(graph, outputs);
        return centre + (0.5 * log_variance(graph)).exp() * noise.normal(centre);
    }

  private:
    // Above the variance of rounding, below which a density means nothing.
    template <class Graph>
    static auto log_variance(const Graph& graph) {
        return floored_log_variance(graph("likelihood.log_variance"));
    }
};

}  // namespace elbow::model
