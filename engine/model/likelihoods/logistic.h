#pragma once

// p(x|z): each value of each pixel one of 256, with the probability that a logistic distribution
// gives to its interval (Salimans et al. 2017); mean and scale are free. In bits, what a picture
// would take to be stored.

#include "engine/model/families.h"
#include "engine/model/tensor_math.h"

namespace elbow::model {

struct LogisticLikelihood {
    static constexpr const char* kName = "logistic";
    static MemberEntry entry() {
        return {kName, "Discretised logistic",
                "A probability of each of 256 values: for pictures in colour, too."};
    }
    static constexpr bool kOfGreyAlone = false;
    static LayerParts outputs(const ModelSpec& spec) {
        return {{"mean", spec.image.size(), logit_of}, {"log_scale", spec.image.size()}};
    }
    static void declare(ParameterLayout&, const ModelSpec&) {}

    template <class Graph, class Tensor>
    static Tensor log_density(const Graph& graph, const Tensor& x, const Tensor& outputs) {
        return log_densities(graph, x, outputs).sum(1);
    }
    template <class Graph, class Tensor>
    static Tensor log_densities(const Graph& graph, const Tensor& x, const Tensor& outputs) {
        const Tensor away = x - mean(graph, outputs);
        const Tensor inverse = (-log_scale(graph, outputs)).exp();
        const Tensor above = (away + kHalf) * inverse;
        const Tensor below = (away - kHalf) * inverse;
        // log (F(above) - F(below)) = log F(above) + log (1 - F(below)) + log (1 - e^-(width)).
        const Tensor inside =
            log_sigmoid(above) + log_sigmoid(-below) + log(-expm1(-2 * kHalf * inverse));
        const Tensor lowest = log_sigmoid(above);    // everything below counts as 0
        const Tensor highest = log_sigmoid(-below);  // and everything above as 1
        return where(x < kHalf, lowest, where(x > 1 - kHalf, highest, inside));
    }
    template <class Graph, class Tensor>
    static Tensor mean(const Graph& graph, const Tensor& outputs) {
        return outputs.narrow(1, 0, graph.spec().image.size()).sigmoid();
    }
    template <class Graph, class Noise, class Tensor>
    static Tensor draw(const Graph& graph, Noise& noise, const Tensor& outputs) {
        const Tensor u =
            noise.uniform(outputs.narrow(1, 0, graph.spec().image.size())).clamp(1e-6, 1 - 1e-6);
        const Tensor x =
            mean(graph, outputs) + log_scale(graph, outputs).exp() * (u.log() - log1p(-u));
        return (x.clamp(0, 1) * 255).round() / 255;
    }

  private:
    static constexpr double kHalf = 0.5 / 255.0;

    // Of a scale of a tenth to begin with; never below a fiftieth of a value.
    template <class Graph, class Tensor>
    static Tensor log_scale(const Graph& graph, const Tensor& outputs) {
        const std::int64_t d = graph.spec().image.size();
        return (outputs.narrow(1, d, d) - 2.3).clamp_min(-9.4);
    }
};

}  // namespace elbow::model
