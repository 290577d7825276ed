#pragma once

// q(z|x) = N(mean, L L^T), L lower triangular with positive diagonal: latents that depend on one
// another.

#include "engine/model/families.h"
#include "engine/model/tensor_math.h"

namespace elbow::model {

struct FullPosterior {
    static constexpr const char* kName = "full";
    static MemberEntry entry() {
        return {kName, "Full covariance",
                "A mean, and a covariance of all latents with one another."};
    }
    static LayerParts heads(const ModelSpec& spec) {
        const std::int64_t n = spec.latents;
        LayerParts parts{{"mean", n}, {"log_diagonal", n}};
        if (n > 1) parts.push_back({"lower", n * (n - 1) / 2});
        return parts;
    }
    static constexpr bool kIsDiagonal = false;
    static constexpr bool kHasDensity = true;
    static constexpr bool kHasClosedKl = true;

    // heads [M, S] -> mean and deviation of z, [M, N] each
    template <class Tensor>
    static std::pair<Tensor, Tensor> moments(const Tensor& heads, const ModelSpec& spec) {
        return {mean(heads, spec), variance(heads, spec).sqrt()};
    }
    // and epsilon [M, L, N] -> z = mean + L epsilon [M, L, N] and log q(z|x) [M, L]
    template <class Tensor>
    static std::pair<Tensor, Tensor> draw(const Tensor& heads, const Tensor& epsilon,
                                          const ModelSpec& spec) {
        const Tensor z =
            mean(heads, spec).unsqueeze(1) + epsilon.matmul(factor(heads, spec).transpose(-1, -2));
        return {z, log_standard_normal(epsilon) - log_diagonal(heads, spec).sum(-1).unsqueeze(1)};
    }
    // heads and z of any shapes that go together but for the last dimension, S and N -> log q
    template <class Tensor>
    static Tensor log_density(const Tensor& heads, const Tensor& z, const ModelSpec& spec) {
        const Tensor away = (z - mean(heads, spec)).unsqueeze(-1);
        const Tensor epsilon =
            linalg_solve_triangular(factor(heads, spec), away, false).squeeze(-1);
        return log_standard_normal(epsilon) - log_diagonal(heads, spec).sum(-1);
    }
    // KL(q(z|x) || N(0, I)), [M, N]: that of each latent given those before it, by the chain rule.
    template <class Tensor>
    static Tensor kl_per_latent(const Tensor& heads, const ModelSpec& spec) {
        return 0.5 * (variance(heads, spec) + mean(heads, spec).square() - 1) -
               log_diagonal(heads, spec);
    }

  private:
    template <class Tensor>
    static Tensor mean(const Tensor& heads, const ModelSpec& spec) {
        return heads.narrow(-1, 0, spec.latents);
    }
    template <class Tensor>
    static Tensor log_diagonal(const Tensor& heads, const ModelSpec& spec) {
        return heads.narrow(-1, spec.latents, spec.latents);
    }
    // L, [..., N, N]
    template <class Tensor>
    static Tensor factor(const Tensor& heads, const ModelSpec& spec) {
        const std::int64_t n = spec.latents;
        Tensor diagonal = log_diagonal(heads, spec).exp().diag_embed();
        if (n == 1) return diagonal;
        const Tensor places =
            heads.new_ones({n, n}).tril(-1).flatten().nonzero().squeeze(1);  // row by row
        auto shape = heads.sizes().vec();
        shape.back() = n * n;
        const Tensor below =
            heads.new_zeros(shape).index_copy(-1, places, heads.narrow(-1, 2 * n, n * (n - 1) / 2));
        shape.back() = n;
        shape.push_back(n);
        return diagonal + below.view(shape);
    }
    template <class Tensor>
    static Tensor variance(const Tensor& heads, const ModelSpec& spec) {
        return factor(heads, spec).square().sum(-1);
    }
};

}  // namespace elbow::model
