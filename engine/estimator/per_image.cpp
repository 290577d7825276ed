// Variational inference image by image, as it was done before an encoder answered for all: every
// training image has a mean and a log variance of its own, which climb its lower bound for a few
// steps each time the image comes up; then the decoder learns from a draw.

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/estimator/decoder_learner.h"
#include "engine/estimator/makers.h"
#include "engine/estimator/posterior_draws.h"
#include "engine/infer/decoder_joint.h"
#include "engine/infer/gaussian_posterior.h"

namespace elbow::estimator {
namespace {

constexpr int kSteps = 10;
constexpr double kStepSize = 0.05;

class PerImage final : public Estimator {
  public:
    explicit PerImage(const EstimatorSetup& setup)
        : n_(static_cast<std::size_t>(setup.architecture.latents)),
          l_(setup.noise_samples),
          seed_(setup.seed),
          joint_(setup.architecture, *setup.team),
          learner_(setup.architecture, *setup.team),
          mean_(static_cast<std::size_t>(setup.train_count) * n_, 0.0f),
          log_variance_(mean_.size(), 0.0f) {}

    BoundSum gradient(std::span<const float> parameters, const Minibatch& batch,
                      std::span<float> gradients) override {
        climb(parameters, batch);
        const std::size_t count = batch.indices.size();
        draws_.resize(count * n_);
        batch.noise->normals(batch.noise_position, draws_);
        BoundSum sum;
        std::vector<float> heads(2 * n_);
        for (std::size_t row = 0; row < count; ++row) {
            const std::size_t at = batch.indices[row] * n_;
            std::copy_n(mean_.data() + at, n_, heads.data());
            std::copy_n(log_variance_.data() + at, n_, heads.data() + n_);
            sum.kl += kl_of(heads.data(), static_cast<std::int64_t>(n_));
            for (std::size_t n = 0; n < n_; ++n) {
                float& z = draws_[row * n_ + n];
                z = heads[n] + std::exp(0.5f * heads[n_ + n]) * z;
            }
        }
        sum.reconstruction = learner_.gradient(parameters, batch, draws_, gradients);
        return sum;
    }

    std::vector<EstimatorState> state() override {
        return {{"per_image.mean", &mean_}, {"per_image.log_variance", &log_variance_}};
    }

  private:
    void climb(std::span<const float> parameters, const Minibatch& batch) {
        joint_.look_at(parameters, batch.pixels, batch.scale);
        std::vector<float> mean, log_variance;
        for (const std::uint32_t image : batch.indices) {
            const auto at = static_cast<std::ptrdiff_t>(image * n_);
            const auto length = static_cast<std::ptrdiff_t>(n_);
            mean.insert(mean.end(), mean_.begin() + at, mean_.begin() + at + length);
            log_variance.insert(log_variance.end(), log_variance_.begin() + at,
                                log_variance_.begin() + at + length);
        }
        infer::PosteriorAscent ascent(joint_, batch.indices, mean, log_variance, l_,
                                      seed_ + batch.seen);
        for (int step = 0; step < kSteps; ++step) ascent.step(kStepSize);
        for (std::size_t row = 0; row < batch.indices.size(); ++row) {
            const std::size_t at = batch.indices[row] * n_;
            std::copy_n(ascent.mean().data() + row * n_, n_, mean_.data() + at);
            std::copy_n(ascent.log_variance().data() + row * n_, n_, log_variance_.data() + at);
        }
    }

    std::size_t n_;  // N
    int l_;          // L
    std::uint64_t seed_;
    infer::DecoderJoint joint_;
    DecoderLearner learner_;
    std::vector<float> mean_, log_variance_;  // [training images, N]
    std::vector<float> draws_;                // [M, N]
};

}  // namespace

std::unique_ptr<Estimator> make_per_image(const EstimatorSetup& setup) {
    return std::make_unique<PerImage>(setup);
}

}  // namespace elbow::estimator
