#pragma once

// p(x|z): each pixel an independent Gaussian, its mean in (0, 1), its variance free (appendix
// C.2). With a floor, w = floor + softplus(v - floor) stays above the variance of rounding to 256
// grey values and is v far above; without, w = v.

#include "engine/model/families.h"
#include "engine/model/quantised.h"

namespace elbow::model {

struct GaussianLikelihood {
    static constexpr const char* kName = "gaussian";
    static MemberEntry entry() {
        return {kName,
                "Gaussian",
                "A mean and a variance of each pixel: for photographs.",
                {},
                {"variance-floor"}};
    }
    static constexpr bool kOfGreyAlone = true;
    static LayerParts outputs(const ModelSpec& spec) {
        return {{"mean", spec.image.size(), logit_of}, {"log_variance", spec.image.size()}};
    }
    static void declare(ParameterLayout&, const ModelSpec&) {}

    template <class Graph, class Tensor>
    static Tensor log_density(const Graph& graph, const Tensor& x, const Tensor& outputs) {
        return log_normal(x, mean(graph, outputs), log_variance(graph, outputs));
    }
    template <class Graph, class Tensor>
    static Tensor log_densities(const Graph& graph, const Tensor& x, const Tensor& outputs) {
        return -0.5 * normal_terms(x, mean(graph, outputs), log_variance(graph, outputs));
    }
    template <class Graph, class Tensor>
    static Tensor mean(const Graph& graph, const Tensor& outputs) {
        return outputs.narrow(1, 0, graph.spec().image.size()).sigmoid();
    }
    template <class Graph, class Noise, class Tensor>
    static Tensor draw(const Graph& graph, Noise& noise, const Tensor& outputs) {
        const Tensor centre = mean(graph, outputs);
        return centre + (0.5 * log_variance(graph, outputs)).exp() * noise.normal(centre);
    }

  private:
    template <class Graph, class Tensor>
    static Tensor log_variance(const Graph& graph, const Tensor& outputs) {
        const ModelSpec& spec = graph.spec();
        Tensor v = outputs.narrow(1, spec.image.size(), spec.image.size());
        if (!spec.likelihood.is_on("variance-floor")) return v;
        return floored_log_variance(v);
    }
};

}  // namespace elbow::model
