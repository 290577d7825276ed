// Monte Carlo EM as the paper compares against (section 5): no encoder. Every training image keeps
// a code z, which one iteration of Hamiltonian Monte Carlo moves towards a draw from p(z|x) each
// time the image comes up; then the decoder makes five updates with the codes as they are.

#include <vector>

#include "engine/estimator/decoder_learner.h"
#include "engine/estimator/image_rows.h"
#include "engine/estimator/makers.h"
#include "engine/infer/hmc.h"
#include "engine/infer/model_joint.h"
#include "engine/model/gaussian.h"

namespace elbow::estimator {
namespace {

constexpr int kUpdates = 5;
constexpr int kLeapfrogSteps = 10;
constexpr float kFirstStepSize = 0.02f;
constexpr double kAcceptance = 0.9;  // that the step size is tuned towards

class Mcem final : public Estimator {
  public:
    explicit Mcem(const EstimatorSetup& setup)
        : n_(static_cast<std::size_t>(setup.spec.latents)),
          joint_(setup.spec, *setup.team),
          learner_(make_decoder_learner(setup)),
          hmc_(kLeapfrogSteps),
          noise_(setup.seed, "mcem"),
          chains_(static_cast<std::size_t>(setup.train_count) * n_),
          tuning_{kFirstStepSize, 0.0f} {
        // The first codes are draws from the prior.
        model::draw_prior(Stream(setup.seed, "mcem/start"), 0, chains_);
    }

    BoundSum gradient(std::span<const float> parameters, const Minibatch& batch,
                      std::span<float> gradients) override {
        if (batch.update == 0) sample(parameters, batch);
        BoundSum sum;
        sum.reconstruction = learner_->gradient(parameters, batch, hmc_.z(), gradients);
        return sum;
    }

    int updates() const override { return kUpdates; }
    std::vector<EstimatorState> state() override {
        return {{"mcem.chains", &chains_}, {"mcem.tuning", &tuning_}};
    }
    std::vector<Reading> readings() const override {
        return {{"HMC acceptance", "fraction of proposals accepted",
                 "How many of the proposals for a minibatch's codes were accepted; the step size "
                 "is tuned towards 0.9.",
                 tuning_[1], kAcceptance},
                {"HMC step size", "units of z",
                 "How far one leapfrog step moves a code, for a momentum of 1; momenta are drawn "
                 "from N(0, I).",
                 tuning_[0]}};
    }

  private:
    void sample(std::span<const float> parameters, const Minibatch& batch) {
        joint_.look_at(parameters, batch);
        hmc_.start(joint_, batch.indices, gather_rows(chains_, n_, batch.indices));
        infer::StepSizeTuner tuner(tuning_[0], kAcceptance);
        const infer::Acceptance acceptance =
            hmc_.step(joint_, tuner.step_size(), noise_, batch.seen * n_);
        tuner.update(acceptance.rate, static_cast<int>(batch.indices.size()));
        tuning_[0] = static_cast<float>(tuner.step_size());
        tuning_[1] = static_cast<float>(acceptance.rate);
        scatter_rows(hmc_.z(), n_, batch.indices, chains_);
    }

    std::size_t n_;  // N
    infer::ModelJoint joint_;
    std::unique_ptr<DecoderLearner> learner_;
    infer::Hmc hmc_;
    Stream noise_;
    std::vector<float> chains_;  // [training images, N]
    std::vector<float> tuning_;  // the step size, and the acceptance of the last minibatch
};

}  // namespace

std::unique_ptr<Estimator> make_mcem(const EstimatorSetup& setup) {
    return std::make_unique<Mcem>(setup);
}

}  // namespace elbow::estimator
