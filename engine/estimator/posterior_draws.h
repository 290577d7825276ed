#pragma once

// What the estimators that draw z from the encoder's q(z|x) have in common. Used by the Session's
// thread and its team.

#include <cstdint>
#include <vector>

#include "engine/core/team.h"
#include "engine/estimator/estimator.h"
#include "engine/fused/decoder_pass.h"
#include "engine/fused/encoder_pass.h"

namespace elbow::estimator {

// L draws z = mu + e^(v/2) epsilon for each image of a minibatch (section 2.4).
class PosteriorDraws {
  public:
    PosteriorDraws(int latents, int noise_samples) : n_(latents), l_(noise_samples) {}

    void reserve(std::int64_t rows);
    // For the images of the share, from the encoder's heads into the decoder's rows m L + l.
    void draw(const Minibatch&, const Share& rows, fused::EncoderPass&, fused::DecoderPass&);

    const float* epsilon(std::int64_t row) const {
        return epsilon_.data() + row * l_ * n_;
    }  // [L, N]
    const float* deviation(std::int64_t row) const { return deviation_.data() + row * n_; }  // [N]

  private:
    std::int64_t n_, l_;            // N, L
    std::vector<float> epsilon_;    // [B, L, N]
    std::vector<float> deviation_;  // [B, N] e^(v/2)
};

// The rows of the decoder that belong to these images: L for each.
inline Share draws_of(const Share& rows, std::int64_t noise_samples) {
    return {rows.begin * noise_samples, rows.end * noise_samples};
}

}  // namespace elbow::estimator
