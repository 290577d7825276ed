#pragma once

// The paper's VAE as our own kernels take it: one hidden layer in encoder and decoder, q(z|x) a
// diagonal Gaussian, p(z) = N(0, I), no condition.

#include <cstdint>
#include <optional>

#include "engine/model/layout.h"
#include "engine/model/spec.h"
#include "engine/model/torch_module.h"

namespace elbow::fused {

enum class Activation { kTanh, kRelu };
// p(x|z): each pixel an independent Bernoulli, or Gaussian with a mean in (0, 1) and a free
// variance.
enum class Likelihood { kBernoulli, kGaussian };

struct Architecture {
    int height = 28;
    int width = 28;
    int hidden = 500;
    int latents = 2;
    Activation activation = Activation::kTanh;
    Likelihood likelihood = Likelihood::kBernoulli;
    bool variance_floor = true;  // of a Gaussian likelihood: see kernels.h
    int channels = 1;

    int dimensions() const { return channels * height * width; }  // D
    // O: what the decoder puts out for an image. Bernoulli: logits [D]; Gaussian: the means before
    // their sigmoid [D], then the log variances [D].
    int outputs() const { return (likelihood == Likelihood::kGaussian ? 2 : 1) * dimensions(); }
    // The same model as everybody else describes it.
    operator model::ModelSpec() const;  // NOLINT(google-explicit-constructor): it is the same value
    bool operator==(const Architecture&) const = default;
};

// Absent for a model that the kernels do not serve.
std::optional<Architecture> kernel_form(const model::ModelSpec&);
// Throws Error where there is none.
Architecture needed_kernel_form(const model::ModelSpec&);
// Who wants LibTorch for a model: --gradients autograd, or the model that no kernels serve.
model::Wanted wanted_for(const model::ModelSpec&);

// The offsets that the kernels use, floats from the start of the buffer.
struct Offsets {
    explicit Offsets(const Architecture&);

    std::int64_t encoder_hidden_weight, encoder_hidden_bias, encoder_heads_weight,
        encoder_heads_bias;
    std::int64_t decoder_hidden_weight, decoder_hidden_bias, decoder_outputs_weight,  // [O, H]
        decoder_outputs_bias;                                                         // [O]
};

}  // namespace elbow::fused
