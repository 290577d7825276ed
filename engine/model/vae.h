#pragma once

// Encoding and decoding with given parameters: the forward passes that everything but training uses
// (maps, the image under the cursor, evaluation). Pure but for its workspace, so each thread has
// its own Vae.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/model/architecture.h"

namespace elbow::model {

class Vae {
  public:
    explicit Vae(const Architecture&);

    const Architecture& architecture() const { return architecture_; }
    const ParameterLayout& layout() const { return layout_; }

    // pixels [count, D] -> mean [count, N], log_variance [count, N] of q(z|x). Target value = pixel
    // * scale.
    void encode(std::span<const float> parameters, std::span<const std::uint8_t> pixels,
                float scale, int count, std::span<float> mean, std::span<float> log_variance);

    // z [count, N] -> what the decoder puts out, [count, O] as Architecture::outputs() says.
    void decode(std::span<const float> parameters, std::span<const float> z, int count,
                std::span<float> outputs);

    // log p(x|z) in nats for each image, result [count]: pixels [count, D], which may be grey with
    // a Bernoulli decoder, and what it put out [count, O].
    void log_likelihood(std::span<const std::uint8_t> pixels, float scale,
                        std::span<const float> outputs, int count, std::span<double> result) const;

    // z [count, N] -> the means of p(x|z), grey, [count, D], 0 to 255.
    void decode_images(std::span<const float> parameters, std::span<const float> z, int count,
                       std::span<std::uint8_t> images);

  private:
    Architecture architecture_;
    ParameterLayout layout_;
    std::vector<float> inputs_;   // [count, D]
    std::vector<float> hidden_;   // [count, H]
    std::vector<float> heads_;    // [count, 2N]
    std::vector<float> outputs_;  // [count, O]
};

// KL(q(z|x) || N(0, I)) in nats for each latent dimension of one image; mean, log_variance, result
// [N].
void kl_per_latent(std::span<const float> mean, std::span<const float> log_variance,
                   std::span<double> result);

}  // namespace elbow::model
