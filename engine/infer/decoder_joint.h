#pragma once

// log p(x, z) of a decoder with given weights and the images of a data set: the LogJoint of a VAE.
// A team shares the rows. Owned and used by one thread, as the team is.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/team.h"
#include "engine/infer/log_joint.h"
#include "engine/model/decoder_pass.h"

namespace elbow::infer {

class DecoderJoint final : public LogJoint {
  public:
    // `team` outlives this.
    DecoderJoint(const model::Architecture&, Team& team);

    // Which weights [layout.size()] and which images, pixels [count, D] with target value = pixel *
    // scale. Both have to stay where they are while evaluate() is called.
    void look_at(std::span<const float> parameters, const std::uint8_t* pixels, float scale);

    int latents() const override { return n_; }
    void evaluate(std::span<const std::uint32_t> images, std::span<const float> z,
                  std::span<double> log_density, std::span<float> gradient) override;

  private:
    void evaluate_piece(std::span<const std::uint32_t> images, const float* z, double* log_density,
                        float* gradient);
    void work_on_rows(const Share& rows, std::span<const std::uint32_t> images, const float* z,
                      double* log_density, float* gradient);

    int d_, n_;  // D, N
    Team& team_;
    model::DecoderPass decoder_;
    std::vector<float> x_;  // [rows of a piece, D]
    const float* parameters_ = nullptr;
    const std::uint8_t* pixels_ = nullptr;
    float scale_ = 1.0f;
};

}  // namespace elbow::infer
