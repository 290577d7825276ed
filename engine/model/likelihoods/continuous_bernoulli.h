#pragma once

// p(x|z): each pixel an independent continuous Bernoulli (Loaiza-Ganem & Cunningham 2019), a
// density on [0, 1] proportional to e^(l x): what the Bernoulli is taken for with grey targets.

#include <cmath>

#include "engine/model/families.h"
#include "engine/model/tensor_math.h"

namespace elbow::model {

struct ContinuousBernoulliLikelihood {
    static constexpr const char* kName = "continuous-bernoulli";
    static MemberEntry entry() {
        return {kName, "Continuous Bernoulli", "A density of grey values on [0, 1]."};
    }
    static constexpr bool kOfGreyAlone = true;
    static LayerParts outputs(const ModelSpec& spec) {
        return {{"logits", spec.image.size(), parameter_of}};
    }
    static void declare(ParameterLayout&, const ModelSpec&) {}

    // log p(x|z) = sum of x l - log ((e^l - 1) / l).
    template <class Graph, class Tensor>
    static Tensor log_density(const Graph& graph, const Tensor& x, const Tensor& outputs) {
        return log_densities(graph, x, outputs).sum(1);
    }
    template <class Graph, class Tensor>
    static Tensor log_densities(const Graph&, const Tensor& x, const Tensor& outputs) {
        // (e^l - 1) / l = e^(l/2) sinh(l/2) / (l/2): even but for its first factor.
        const Tensor half = 0.5 * away_from_zero(outputs).abs();
        const Tensor far = half + (-expm1(-2 * half)).log() - (2 * half).log();  // log sinh h / h
        const Tensor near = outputs.square() / 24;
        const Tensor log_sinhc = where(is_small(outputs), near, far);
        return x * outputs - 0.5 * outputs - log_sinhc;
    }
    // 1 / (1 - e^-l) - 1 / l
    template <class Graph, class Tensor>
    static Tensor mean(const Graph&, const Tensor& outputs) {
        const Tensor l = away_from_zero(outputs);
        return where(is_small(outputs), 0.5 + outputs / 12, 1 / (1 - (-l).exp()) - 1 / l);
    }
    // The inverse of the distribution function: log (1 + u (e^l - 1)) / l.
    template <class Graph, class Noise, class Tensor>
    static Tensor draw(const Graph&, Noise& noise, const Tensor& outputs) {
        const Tensor u = noise.uniform(outputs);
        const Tensor l = away_from_zero(outputs);
        // With e^-|l| instead of e^|l|, which would overflow.
        const Tensor from_the_top = 1 + log1p((u - 1) * -expm1(-l.abs())) / l.abs();
        const Tensor from_the_bottom = -log1p(u * expm1(-l.abs())) / l.abs();
        return where(is_small(outputs), u, where(l > 0, from_the_top, from_the_bottom));
    }

  private:
    static constexpr double kSmall = 1e-2;

    // The l with this mean, by halving: the mean grows with l.
    static float parameter_of(float mean) {
        constexpr double kFarthest = 100.0;  // means of 0.01 and 0.99
        double low = -kFarthest;
        double high = kFarthest;
        for (int halving = 0; halving < 50; ++halving) {
            const double l = 0.5 * (low + high);
            const double at = std::abs(l) < kSmall ? 0.5 + l / 12 : 1 / (1 - std::exp(-l)) - 1 / l;
            (at < mean ? low : high) = l;
        }
        return static_cast<float>(low);
    }

    template <class Tensor>
    static Tensor is_small(const Tensor& l) {
        return l.abs() < kSmall;
    }
    // l, or 1 where it is small: what is not chosen must have no infinite slope.
    template <class Tensor>
    static Tensor away_from_zero(const Tensor& l) {
        return where(is_small(l), ones_like(l), l);
    }
};

}  // namespace elbow::model
