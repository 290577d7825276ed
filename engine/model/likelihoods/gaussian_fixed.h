#pragma once

// p(x|z): each pixel an independent Gaussian, its mean in (0, 1), with one deviation that is given.

#include <cmath>

#include "engine/model/families.h"
#include "engine/model/tensor_math.h"

namespace elbow::model {

struct GaussianFixedLikelihood {
    static constexpr const char* kName = "gaussian-fixed";
    static MemberEntry entry() {
        return {kName,
                "Gaussian, fixed \u03c3",
                "A mean of each pixel; how far a pixel may be off is given.",
                {{"pixel-deviation", "Pixel deviation",
                  "Standard deviation of every pixel, where white is 1.", 0.1, 0.001, 1.0, true}}};
    }
    static constexpr bool kOfGreyAlone = false;  // its variance cannot go to zero
    static LayerParts outputs(const ModelSpec& spec) {
        return {{"mean", spec.image.size(), logit_of}};
    }
    static void declare(ParameterLayout&, const ModelSpec&) {}

    template <class Graph, class Tensor>
    static Tensor log_density(const Graph& graph, const Tensor& x, const Tensor& outputs) {
        return -0.5 * terms(graph, x, outputs).sum(1);
    }
    template <class Graph, class Tensor>
    static Tensor log_densities(const Graph& graph, const Tensor& x, const Tensor& outputs) {
        return -0.5 * terms(graph, x, outputs);
    }
    template <class Graph, class Tensor>
    static Tensor mean(const Graph&, const Tensor& outputs) {
        return outputs.sigmoid();
    }
    template <class Graph, class Noise, class Tensor>
    static Tensor draw(const Graph& graph, Noise& noise, const Tensor& outputs) {
        const Tensor centre = mean(graph, outputs);
        return centre + deviation(graph) * noise.normal(centre);
    }

  private:
    // -2 log p(x|z) of each value.
    template <class Graph, class Tensor>
    static Tensor terms(const Graph& graph, const Tensor& x, const Tensor& outputs) {
        const double log_variance = 2.0 * std::log(deviation(graph));
        const Tensor error = x - mean(graph, outputs);
        return kLog2Pi + log_variance + error.square() * std::exp(-log_variance);
    }
    template <class Graph>
    static double deviation(const Graph& graph) {
        return graph.spec().likelihood.real("pixel-deviation");
    }
};

}  // namespace elbow::model
