#pragma once

// A model whose decoded images are a function of z that the test gives; it decodes and nothing
// else.

#include <algorithm>
#include <functional>
#include <utility>

#include "engine/core/error.h"
#include "engine/fused/architecture.h"
#include "engine/model/model.h"

namespace elbow::test {

class DrawnModel final : public model::Model {
  public:
    // z [N] -> means [pixels].
    using Draw = std::function<void(std::span<const float> z, std::span<float> means)>;
    DrawnModel(int latents, int pixels, Draw draw)
        : Model(fused::Architecture{.height = 1, .width = pixels, .hidden = 2, .latents = latents}),
          draw_(std::move(draw)) {}

    std::size_t rows_at_once() const override { return 7; }
    void decode(model::Parameters, std::span<const float> z, std::span<const std::uint8_t>,
                std::span<float> decoded) override {
        const auto n = static_cast<std::size_t>(latents());
        for (std::size_t row = 0; row < z.size() / n; ++row)
            draw_(z.subspan(row * n, n), decoded.subspan(row * outputs(), dimensions()));
    }
    void means(model::Parameters, std::span<const float> decoded,
               std::span<float> images) override {
        for (std::size_t row = 0; row < images.size() / dimensions(); ++row) {
            const auto from = decoded.subspan(row * outputs(), dimensions());
            std::copy(from.begin(), from.end(),
                      images.begin() + static_cast<std::ptrdiff_t>(row * dimensions()));
        }
    }

    void encode(model::Parameters, const data::Batch&, model::Posteriors&) override { refuse(); }
    void draw(const model::Posteriors&, std::span<const std::uint32_t>, std::span<const float>,
              std::span<float>, std::span<double>) override {
        refuse();
    }
    bool kl_per_latent(const model::Posteriors&, std::span<double>) override { return false; }
    void log_likelihood(model::Parameters, const data::Batch&, std::span<const float>,
                        std::span<double>) override {
        refuse();
    }
    void pictures(model::Parameters, std::span<const float>, std::span<std::uint8_t>) override {
        refuse();
    }
    void log_prior(model::Parameters, std::span<const float>, std::span<double>,
                   std::span<float>) override {
        refuse();
    }
    void sample_prior(model::Parameters, const Stream&, std::uint64_t, std::span<float>) override {
        refuse();
    }
    void log_joint(model::Parameters, const data::Batch&, std::span<const float>, std::span<double>,
                   std::span<float>) override {
        refuse();
    }

  private:
    [[noreturn]] static void refuse() { throw Error("This model only decodes."); }
    Draw draw_;
};

}  // namespace elbow::test
