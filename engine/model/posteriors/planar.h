#pragma once

// A diagonal Gaussian bent by K planar flows (Rezende & Mohamed 2015), f(z) = z + u tanh(w z + b),
// whose u, w and b the encoder gives for each image.

#include <cmath>

#include "engine/model/families.h"
#include "engine/model/tensor_math.h"

namespace elbow::model {

struct PlanarPosterior {
    static constexpr const char* kName = "planar";
    static MemberEntry entry() {
        return {kName,
                "Planar flow",
                "A Gaussian bent K times along a direction of the image's own.",
                {{"flow-steps", "Flow steps", "How often the Gaussian is bent.", 8, 1, 100, true}}};
    }
    static LayerParts heads(const ModelSpec& spec) {
        const std::int64_t n = spec.latents;
        const std::int64_t k = spec.posterior.whole("flow-steps");
        return {{"mean", n}, {"log_variance", n}, {"flow", k * (2 * n + 1)}};
    }
    static constexpr bool kIsDiagonal = false;
    // Its inverse has no closed form.
    static constexpr bool kHasDensity = false;
    static constexpr bool kHasClosedKl = false;

    // heads [M, S] -> mean and deviation of z, [M, N] each: those of 2N points that lie sqrt(N)
    // deviations from the Gaussian's mean on either side (the unscented transform).
    template <class Tensor>
    static std::pair<Tensor, Tensor> moments(const Tensor& heads, const ModelSpec& spec) {
        const std::int64_t n = spec.latents;
        const Tensor sides = (3 - 2 * heads.new_ones({2}).cumsum(0)).view({2, 1, 1});  // 1, -1
        const Tensor points =
            (std::sqrt(static_cast<double>(n)) * sides * heads.new_ones({n}).diag())
                .view({1, 2 * n, n})
                .expand({heads.size(0), 2 * n, n});
        const Tensor z = draw(heads, points, spec).first;
        const Tensor mean = z.mean(1);
        return {mean, (z - mean.unsqueeze(1)).square().mean(1).sqrt()};
    }
    // and epsilon [M, L, N] -> z [M, L, N] and log q(z|x) [M, L]
    template <class Tensor>
    static std::pair<Tensor, Tensor> draw(const Tensor& heads, const Tensor& epsilon,
                                          const ModelSpec& spec) {
        const std::int64_t n = spec.latents;
        const Tensor v = heads.narrow(1, n, n).unsqueeze(1);
        Tensor z = heads.narrow(1, 0, n).unsqueeze(1) + (0.5 * v).exp() * epsilon;
        Tensor log_q = log_standard_normal(epsilon) - 0.5 * v.sum(-1);
        const int steps = spec.posterior.whole("flow-steps");
        for (int step = 0; step < steps; ++step) {
            const std::int64_t begin = 2 * n + step * (2 * n + 1);
            const Tensor w = heads.narrow(1, begin, n).unsqueeze(1);  // [M, 1, N]
            const Tensor b = heads.narrow(1, begin + 2 * n, 1).unsqueeze(1);
            const Tensor u = invertible(heads.narrow(1, begin + n, n).unsqueeze(1), w);
            const Tensor slope = ((z * w).sum(-1, true) + b).tanh();  // [M, L, 1]
            z = z + u * slope;
            const Tensor stretch = 1 + (u * w).sum(-1) * (1 - slope.square()).squeeze(-1);
            log_q = log_q - stretch.abs().log();
        }
        return {z, log_q};
    }

  private:
    // u with its part along w changed so that u w > -1, as in their appendix A.1, but for a shift
    // that leaves u w = 0 as it is: with theirs, u becomes the longer the shorter w is, -0.3 / |w|,
    // and training breaks again and again.
    template <class Tensor>
    static Tensor invertible(const Tensor& u, const Tensor& w) {
        constexpr double kShift = 0.5413248546129181;  // softplus(kShift) = 1
        const Tensor along = (u * w).sum(-1, true);
        const Tensor size = w.square().sum(-1, true).clamp_min(1e-6);
        return u + (softplus_of(along + kShift) - 1 - along) * w / size;
    }
};

}  // namespace elbow::model
