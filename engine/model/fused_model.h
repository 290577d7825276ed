#pragma once

// The Model of the paper's network, by our own kernels. As Model.

#include <vector>

#include "engine/model/architecture.h"
#include "engine/model/decoder_pass.h"
#include "engine/model/encoder_pass.h"
#include "engine/model/model.h"

namespace elbow::model {

class FusedModel final : public Model {
  public:
    // Throws Error where the kernels do not serve the spec.
    explicit FusedModel(const ModelSpec&);
    std::size_t rows_at_once() const override;

    void encode(Parameters, const data::Batch&, Posteriors&) override;
    void draw(const Posteriors&, std::span<const std::uint32_t> rows,
              std::span<const float> epsilon, std::span<float> z, std::span<double> log_q) override;
    bool kl_per_latent(const Posteriors&, std::span<double>) override;
    void decode(Parameters, std::span<const float> z, std::span<const std::uint8_t> labels,
                std::span<float> outputs) override;
    void log_likelihood(Parameters, const data::Batch&, std::span<const float> outputs,
                        std::span<double> nats) override;
    void pictures(Parameters, std::span<const float> outputs,
                  std::span<std::uint8_t> images) override;
    void log_prior(Parameters, std::span<const float> z, std::span<double> nats,
                   std::span<float> dz) override;
    void sample_prior(Parameters, const Stream&, std::uint64_t first, std::span<float> z) override;
    void log_joint(Parameters, const data::Batch&, std::span<const float> z, std::span<double> nats,
                   std::span<float> dz) override;

  private:
    Architecture architecture_;
    Offsets offsets_;
    EncoderPass encoder_;
    DecoderPass decoder_;
    std::vector<float> targets_;  // [count, D]
};

}  // namespace elbow::model
