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

struct Architecture {
    int height = 28;
    int width = 28;
    int hidden = 500;
    int latents = 2;
    Activation activation = Activation::kTanh;

    int dimensions() const { return height * width; }  // D
    bool operator==(const Architecture&) const = default;
};

// Throws UsageError for an activation that does not exist.
Architecture architecture_of(const RunConfig&, int height, int width);

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
//   encoder.hidden.weight        [H, D]     encoder.hidden.bias        [H]
//   encoder.mean.weight          [N, H]     encoder.log_variance.weight [N, H]   (adjacent: one
//   [2N, H]) encoder.mean.bias            [N]        encoder.log_variance.bias   [N] (adjacent: one
//   [2N]) decoder.hidden.weight        [H, N]     decoder.hidden.bias        [H]
//   decoder.logits.weight        [D, H]     decoder.logits.bias        [D]
class ParameterLayout {
  public:
    explicit ParameterLayout(const Architecture&);

    std::span<const ParameterView> views() const { return views_; }
    const ParameterView& view(std::string_view name) const;  // throws Error for an unknown name
    std::int64_t size() const { return size_; }              // floats, a multiple of 16

    // The offsets that the kernels use.
    std::int64_t encoder_hidden_weight, encoder_hidden_bias, encoder_heads_weight,
        encoder_heads_bias;
    std::int64_t decoder_hidden_weight, decoder_hidden_bias, decoder_logits_weight,
        decoder_logits_bias;

  private:
    std::vector<ParameterView> views_;
    std::int64_t size_ = 0;
};

// Draws all parameters from the stream "initialisation" of the seed. "glorot": weights uniform with
// variance 2 / (fan in + fan out), biases 0. "paper": weights and biases from N(0, 0.01^2).
std::vector<float> initial_parameters(const Architecture&, std::string_view initialisation,
                                      std::uint64_t seed);

}  // namespace elbow::model
