#include "engine/estimator/decoder_learner.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "engine/estimator/shared_objective.h"
#include "engine/fused/decoder_pass.h"

namespace elbow::estimator {

namespace {

class KernelDecoderLearner final : public DecoderLearner {
  public:
    explicit KernelDecoderLearner(const EstimatorSetup& setup)
        : layout_(setup.spec),
          d_(setup.spec.image.size()),
          n_(setup.spec.latents),
          team_(*setup.team),
          decoder_(fused::needed_kernel_form(setup.spec)) {}

    double gradient(std::span<const float> parameters, const Minibatch&, std::span<const float> z,
                    std::span<float> gradients) override;

  private:
    model::ParameterLayout layout_;
    std::int64_t d_, n_;  // D, N
    Team& team_;
    fused::DecoderPass decoder_;
    std::vector<float> x_;                // [M, D]
    std::vector<double> reconstruction_;  // [M] nats
};

double KernelDecoderLearner::gradient(std::span<const float> parameters, const Minibatch& batch,
                                      std::span<const float> z, std::span<float> gradients) {
    const auto rows = batch.rows();
    decoder_.reserve(rows);
    x_.resize(static_cast<std::size_t>(rows * d_));
    reconstruction_.assign(batch.indices.size(), 0.0);
    std::fill(gradients.begin(), gradients.begin() + layout_.decoder_begin(), 0.0f);
    const float* p = parameters.data();
    team_.run([&](int member) {
        const Share share = share_of(rows, member, team_.size());
        if (share.size() > 0) {
            std::copy_n(z.data() + share.begin * n_, share.size() * n_, decoder_.z(share.begin));
            decoder_.forward(p, share);
            data::write_targets(batch, share.begin, share.end, x_.data() + share.begin * d_);
        }
        for (std::int64_t row = share.begin; row < share.end; ++row) {
            reconstruction_[static_cast<std::size_t>(row)] =
                decoder_.likelihood(p, row, x_.data() + row * d_, 1.0f);
        }
        decoder_.backward(p, share, false);
        team_.barrier();
        decoder_.weight_gradients(rows, member, team_.size(), gradients.data());
    });
    return std::accumulate(reconstruction_.begin(), reconstruction_.end(), 0.0);
}

class TorchDecoderLearner final : public DecoderLearner {
  public:
    explicit TorchDecoderLearner(const EstimatorSetup& setup) : objective_("decoder", setup) {}

    double gradient(std::span<const float> parameters, const Minibatch& batch,
                    std::span<const float> z, std::span<float> gradients) override {
        Minibatch with_codes = batch;
        with_codes.codes = z.data();
        return objective_.gradient(parameters, with_codes, gradients).reconstruction;
    }

  private:
    SharedObjective objective_;
};

}  // namespace

std::unique_ptr<DecoderLearner> make_decoder_learner(const EstimatorSetup& setup) {
    if (setup.by_torch) return std::make_unique<TorchDecoderLearner>(setup);
    return std::make_unique<KernelDecoderLearner>(setup);
}

}  // namespace elbow::estimator
