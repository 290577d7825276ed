#pragma once

// The Model of the paper's network, by our own kernels. As Model.

#include <vector>

#include "engine/fused/architecture.h"
#include "engine/fused/decoder_pass.h"
#include "engine/fused/encoder_pass.h"
#include "engine/model/model.h"

namespace elbow::fused {

class FusedModel final : public model::Model {
  public:
    // Throws Error where the kernels do not serve the spec.
    explicit FusedModel(const model::ModelSpec&);
    std::size_t rows_at_once() const override;

    void encode(model::Parameters, const data::Batch&, model::Posteriors&) override;
    void draw(const model::Posteriors&, std::span<const std::uint32_t> rows,
              std::span<const float> epsilon, std::span<float> z, std::span<double> log_q) override;
    bool kl_per_latent(const model::Posteriors&, std::span<double>) override;
    void decode(model::Parameters, std::span<const float> z, std::span<const std::uint8_t> labels,
                std::span<float> outputs) override;
    void log_likelihood(model::Parameters, const data::Batch&, std::span<const float> outputs,
                        std::span<double> nats) override;
    void means(model::Parameters, std::span<const float> outputs, std::span<float> images) override;
    void pictures(model::Parameters, std::span<const float> outputs,
                  std::span<std::uint8_t> images) override;
    void log_prior(model::Parameters, std::span<const float> z, std::span<double> nats,
                   std::span<float> dz) override;
    void sample_prior(model::Parameters, const Stream&, std::uint64_t first,
                      std::span<float> z) override;
    void log_joint(model::Parameters, const data::Batch&, std::span<const float> z,
                   std::span<double> nats, std::span<float> dz) override;

  private:
    Architecture architecture_;
    Offsets offsets_;
    EncoderPass encoder_;
    DecoderPass decoder_;
    std::vector<float> targets_;  // [count, D]
};

}  // namespace elbow::fused
