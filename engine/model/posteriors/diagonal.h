#pragma once

// q(z|x) = N(mean, diag e^log_variance): the paper's (equation 9).

#include "engine/model/families.h"
#include "engine/model/tensor_math.h"

namespace elbow::model {

struct DiagonalPosterior {
    static constexpr const char* kName = "diagonal";
    static MemberEntry entry() {
        return {kName, "Diagonal Gaussian",
                "The paper's: a mean and a variance for each latent, all independent."};
    }
    static LayerParts heads(const ModelSpec& spec) {
        return {{"mean", spec.latents}, {"log_variance", spec.latents}};
    }
    static constexpr bool kIsDiagonal = true;
    static constexpr bool kHasDensity = true;
    static constexpr bool kHasClosedKl = true;

    // heads [M, S] -> mean and deviation of z, [M, N] each
    template <class Tensor>
    static std::pair<Tensor, Tensor> moments(const Tensor& heads, const ModelSpec& spec) {
        return {mean(heads, spec), (0.5 * log_variance(heads, spec)).exp()};
    }
    // and epsilon [M, L, N] -> z [M, L, N] and log q(z|x) [M, L]
    template <class Tensor>
    static std::pair<Tensor, Tensor> draw(const Tensor& heads, const Tensor& epsilon,
                                          const ModelSpec& spec) {
        const Tensor v = log_variance(heads, spec).unsqueeze(1);
        const Tensor z = mean(heads, spec).unsqueeze(1) + (0.5 * v).exp() * epsilon;
        return {z, log_standard_normal(epsilon) - 0.5 * v.sum(-1)};
    }
    // heads and z of any shapes that go together but for the last dimension, S and N -> log q
    template <class Tensor>
    static Tensor log_density(const Tensor& heads, const Tensor& z, const ModelSpec& spec) {
        return log_normal(z, heads.narrow(-1, 0, spec.latents),
                          heads.narrow(-1, spec.latents, spec.latents));
    }
    // KL(q(z|x) || N(0, I)) by latent, [M, N]: appendix B.
    template <class Tensor>
    static Tensor kl_per_latent(const Tensor& heads, const ModelSpec& spec) {
        const Tensor v = log_variance(heads, spec);
        return -0.5 * (1 + v - mean(heads, spec).square() - v.exp());
    }

  private:
    template <class Tensor>
    static Tensor mean(const Tensor& heads, const ModelSpec& spec) {
        return heads.narrow(1, 0, spec.latents);
    }
    template <class Tensor>
    static Tensor log_variance(const Tensor& heads, const ModelSpec& spec) {
        return heads.narrow(1, spec.latents, spec.latents);
    }
};

}  // namespace elbow::model
