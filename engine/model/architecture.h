#pragma once

// What a VAE is made of, and where each of its parameters lies in the one flat buffer that holds
// them all. The paper's networks (appendix C): one hidden layer in the encoder q(z|x) and in the
// decoder p(x|z).

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/config.h"

namespace elbow::model {

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

    int dimensions() const { return height * width; }  // D
    // O: what the decoder puts out for an image. Bernoulli: logits [D]; Gaussian: the means before
    // their sigmoid [D], then the log variances [D].
    int outputs() const { return (likelihood == Likelihood::kGaussian ? 2 : 1) * dimensions(); }
    bool operator==(const Architecture&) const = default;
};

// `continuous`: what the likelihood "auto" becomes, Gaussian where the data are. Throws UsageError
// for a name that does not exist.
Architecture architecture_of(const RunConfig&, int height, int width, bool continuous);

// One named matrix (or vector, columns == 1) inside the flat buffer, row-major.
struct ParameterView {
    std::string_view name;  // "encoder.hidden.weight"
    std::int64_t offset;    // floats from the start of the buffer
    std::int64_t rows;
    std::int64_t columns;
    bool is_bias;
    std::int64_t size() const { return rows * columns; }
};

// Order in the buffer (each block starts at a multiple of 16 floats, the gaps stay zero):
//   encoder.hidden.weight        [H, D]
//   encoder.hidden.bias          [H]
//   encoder.mean.weight          [N, H]   with the next one [2N, H]
//   encoder.log_variance.weight  [N, H]
//   encoder.mean.bias            [N]      with the next one [2N]
//   encoder.log_variance.bias    [N]
//   decoder.hidden.weight        [H, N]
//   decoder.hidden.bias          [H]
//   decoder.logits.weight        [D, H]
//   decoder.logits.bias          [D]
// with a Gaussian likelihood instead of the logits, adjacent in the same way:
//   decoder.mean.weight          [D, H]
//   decoder.log_variance.weight  [D, H]
//   decoder.mean.bias            [D]
//   decoder.log_variance.bias    [D]
class ParameterLayout {
  public:
    explicit ParameterLayout(const Architecture&);

    std::span<const ParameterView> views() const& { return views_; }
    std::span<const ParameterView> views() const&& = delete;  // a loop would outlive the layout
    const ParameterView& view(std::string_view name) const;   // throws Error for an unknown name
    std::int64_t size() const { return size_; }               // floats, a multiple of 16

    // The offsets that the kernels use.
    std::int64_t encoder_hidden_weight, encoder_hidden_bias, encoder_heads_weight,
        encoder_heads_bias;
    std::int64_t decoder_hidden_weight, decoder_hidden_bias, decoder_outputs_weight,  // [O, H]
        decoder_outputs_bias;                                                         // [O]
    // The encoder's parameters lie before, the decoder's from here on.
    std::int64_t decoder_begin() const { return decoder_hidden_weight; }

  private:
    std::vector<ParameterView> views_;
    std::int64_t size_ = 0;
};

// Draws all parameters from the stream "initialisation" of the seed. "glorot": weights uniform with
// variance 2 / (fan in + fan out), biases 0. "paper": weights and biases from
// N(0, paper_std^2).
std::vector<float> initial_parameters(const Architecture&, std::string_view initialisation,
                                      std::uint64_t seed, double paper_std = 0.01);

}  // namespace elbow::model
