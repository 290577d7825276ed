// Variational inference image by image, as it was done before an encoder answered for all: every
// training image has a mean and a log variance of its own, which climb its lower bound for a few
// steps each time the image comes up; then the decoder learns from a draw.

#include <algorithm>
#include <vector>

#include "engine/estimator/decoder_learner.h"
#include "engine/estimator/image_rows.h"
#include "engine/estimator/makers.h"
#include "engine/infer/gaussian_posterior.h"
#include "engine/infer/model_joint.h"
#include "engine/model/gaussian.h"

namespace elbow::estimator {
namespace {

constexpr int kSteps = 10;
constexpr double kPerImageStepSize = 0.05;

class PerImage final : public Estimator {
  public:
    explicit PerImage(const EstimatorSetup& setup)
        : n_(static_cast<std::size_t>(setup.spec.latents)),
          l_(setup.noise_samples),
          seed_(setup.seed),
          joint_(setup.spec, *setup.team),
          learner_(make_decoder_learner(setup)),
          mean_(static_cast<std::size_t>(setup.train_count) * n_, 0.0f),
          log_variance_(mean_.size(), 0.0f) {}

    BoundSum gradient(std::span<const float> parameters, const Minibatch& batch,
                      std::span<float> gradients) override {
        climb(parameters, batch);
        const std::size_t count = batch.indices.size();
        std::vector<float> epsilon(count * n_);
        batch.noise->normals(batch.noise_position, epsilon);
        draws_.resize(count * n_);
        BoundSum sum;
        for (std::size_t row = 0; row < count; ++row) {
            const std::size_t at = batch.indices[row] * n_;
            const auto mean = std::span(mean_).subspan(at, n_);
            const auto log_variance = std::span(log_variance_).subspan(at, n_);
            sum.kl += model::kl_in_training(mean, log_variance);
            model::draw_posterior(mean, log_variance, std::span(epsilon).subspan(row * n_, n_),
                                  std::span(draws_).subspan(row * n_, n_));
        }
        sum.reconstruction = learner_->gradient(parameters, batch, draws_, gradients);
        return sum;
    }

    std::vector<EstimatorState> state() override {
        return {{"per_image.mean", &mean_}, {"per_image.log_variance", &log_variance_}};
    }

  private:
    void climb(std::span<const float> parameters, const Minibatch& batch) {
        joint_.look_at(parameters, batch);
        infer::PosteriorAscent ascent(joint_, batch.indices, gather_rows(mean_, n_, batch.indices),
                                      gather_rows(log_variance_, n_, batch.indices), l_,
                                      seed_ + batch.seen);
        for (int step = 0; step < kSteps; ++step) ascent.step(kPerImageStepSize);
        scatter_rows(ascent.mean(), n_, batch.indices, mean_);
        scatter_rows(ascent.log_variance(), n_, batch.indices, log_variance_);
    }

    std::size_t n_;  // N
    int l_;          // L
    std::uint64_t seed_;
    infer::ModelJoint joint_;
    std::unique_ptr<DecoderLearner> learner_;
    std::vector<float> mean_, log_variance_;  // [training images, N]
    std::vector<float> draws_;                // [M, N]
};

}  // namespace

std::unique_ptr<Estimator> make_per_image(const EstimatorSetup& setup) {
    return std::make_unique<PerImage>(setup);
}

}  // namespace elbow::estimator
