// Every posterior where log p(x) is known: a decoder that is all but linear, x = W z + b + noise.

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/optim/adam_step.h"
#include "tests/engine/infer/linear_gaussian.h"
#include "tests/engine/torch/members.h"

namespace elbow {
namespace {

constexpr std::size_t kPixels = 12;
constexpr std::size_t kLatents = 2;
constexpr double kDeviation = 0.01;  // of the noise; W's entries are as small
constexpr double kBent = 0.01;       // nats, for the sigmoid behind the decoder

// W's columns are not orthogonal, so the latents depend on one another in p(z|x).
double weight(std::size_t pixel, std::size_t latent) {
    const double turn = 2.0 * std::numbers::pi * static_cast<double>(pixel) / kPixels;
    return latent == 0 ? 0.015 * std::cos(turn) : 0.012 * std::cos(turn + 0.5);
}
double bias(std::size_t pixel) { return 0.5 + 0.004 * (static_cast<double>(pixel % 3) - 1.0); }

std::vector<std::uint8_t> one_image() {
    constexpr double kCode[kLatents] = {0.9, -0.6};
    std::vector<float> noise(kPixels);
    Stream(3, "pixels").normals(0, noise);
    std::vector<std::uint8_t> image;
    for (std::size_t d = 0; d < kPixels; ++d) {
        double x = bias(d) + kDeviation * noise[d];
        for (std::size_t n = 0; n < kLatents; ++n) x += weight(d, n) * kCode[n];
        image.push_back(static_cast<std::uint8_t>(std::lround(255.0 * x)));
    }
    return image;
}

test::LinearGaussian known_model() {
    std::vector<double> weights, biases, image;
    for (std::size_t d = 0; d < kPixels; ++d) {
        for (std::size_t n = 0; n < kLatents; ++n) weights.push_back(weight(d, n));
        biases.push_back(bias(d));
    }
    for (const std::uint8_t grey : one_image()) image.push_back(grey / 255.0);
    return {kLatents, weights, biases, kDeviation, image};
}

// KL(q || p(z|x)) in nats of the best Gaussian of independent latents, whose precisions are the
// diagonal of P, that of p(z|x): 1/2 (log det diag P - log det P).
double gap_of_diagonal() {
    const std::vector<double> precision = known_model().posterior_precision();
    double nats = -0.5 * test::log_determinant(test::cholesky(precision, kLatents), kLatents);
    for (std::size_t n = 0; n < kLatents; ++n) nats += 0.5 * std::log(precision[n * kLatents + n]);
    return nats;
}

// The model and its one image. The encoder's weights are zero, so its last biases are q(z|x).
class OneImage {
  public:
    explicit OneImage(const model::MemberEntry& posterior)
        : problem_(test::small_spec({{"posterior", posterior.name.c_str()},
                                     {"likelihood", "gaussian-fixed"},
                                     {"pixel-deviation", "0.01"},
                                     {"hidden", "4"},
                                     {"activation", "relu"}},
                                    {1, 3, 4}),
                   1),
          model_(model::make_model(problem_.spec)),
          estimator_(
              estimator::make_estimator("sgvb_a", "autograd", {problem_.spec, 64, &team_, 1, 1})) {
        problem_.pixels = one_image();
        std::fill(problem_.parameters.begin(), problem_.parameters.end(), 0.0F);
        set_decoder();
        for (const model::LayerPart& part : model::encoder_parts(problem_.spec)) {
            const auto biases = block("encoder." + part.name + ".bias");
            Stream(4, part.name).normals(0, biases);
            for (float& value : biases) value *= 0.1F;
            learns_.push_back(biases);
        }
    }

    bool is_diagonal() const { return model::is_diagonal(problem_.spec); }

    // Of log p(x, z) - log q(z|x) over draws from q, nats.
    struct Bound {
        double mean, error;  // standard error
    };
    Bound bound() const {
        constexpr std::size_t kDraws = 20'000;
        model::Posteriors q;
        model_->encode(problem_.parameters, problem_.batch(), q);
        std::vector<float> epsilon(kDraws * kLatents), z(kDraws * kLatents);
        Stream(1, "draws").normals(0, epsilon);
        std::vector<double> log_q(kDraws), nats(kDraws);
        const std::vector<std::uint32_t> rows(kDraws, 0);
        model_->draw(q, rows, epsilon, z, log_q);
        data::Batch batch = problem_.batch();
        batch.indices = rows;
        model_->log_joint(problem_.parameters, batch, z, nats, {});
        double sum = 0.0, squares = 0.0;
        for (std::size_t i = 0; i < kDraws; ++i) sum += nats[i] - log_q[i];
        const double mean = sum / kDraws;
        for (std::size_t i = 0; i < kDraws; ++i) squares += std::pow(nats[i] - log_q[i] - mean, 2);
        return {mean, std::sqrt(squares) / kDraws};
    }

    void train(int updates, double step_size) {
        std::vector<float> gradients(problem_.parameters.size());
        first_.resize(gradients.size());
        second_.resize(gradients.size());
        for (int i = 0; i < updates; ++i) {
            const auto position = static_cast<std::uint64_t>(updates_) * 64 * kLatents;
            estimator::Minibatch minibatch{problem_.batch(), &problem_.noise, position};
            estimator_->gradient(problem_.parameters, minibatch, gradients);
            const auto rates = optim::adam_rates(step_size, ++updates_);
            for (const std::span<float> biases : learns_) {
                for (float& value : biases) {
                    const auto at = static_cast<std::size_t>(&value - problem_.parameters.data());
                    value += optim::adam_move(gradients[at], rates, first_[at], second_[at]);
                }
            }
        }
    }

  private:
    std::span<float> block(const std::string& name) {
        const model::ParameterView& view = model_->layout().view(name);
        return std::span(problem_.parameters)
            .subspan(static_cast<std::size_t>(view.offset), static_cast<std::size_t>(view.size()));
    }

    // Units 2n and 2n + 1 are z_n where it is positive and -z_n where it is not; the sigmoid's
    // slope is a quarter.
    void set_decoder() {
        for (std::size_t n = 0; n < kLatents; ++n) {
            for (std::size_t side = 0; side < 2; ++side) {
                const std::size_t unit = 2 * n + side;
                const double sign = side == 0 ? 1.0 : -1.0;
                block("decoder.hidden.weight")[unit * kLatents + n] = static_cast<float>(sign);
                for (std::size_t d = 0; d < kPixels; ++d)
                    block("decoder.mean.weight")[d * 2 * kLatents + unit] =
                        static_cast<float>(4.0 * sign * weight(d, n));
            }
        }
        for (std::size_t d = 0; d < kPixels; ++d)
            block("decoder.mean.bias")[d] = static_cast<float>(4.0 * (bias(d) - 0.5));
    }

    test::ModelProblem problem_;
    Team team_{1};
    std::unique_ptr<model::Model> model_;
    std::unique_ptr<estimator::Estimator> estimator_;
    std::vector<std::span<float>> learns_;
    std::vector<float> first_, second_;  // moments
    int updates_ = 0;
};

// One that knows no dependence between latents has a gap left; any other closes it.
TEST(Posteriors, StayBelowTheLogMarginalAndComeAsNearAsTheirKindCan) {
    constexpr double kNear = 0.03;
    const double log_marginal = known_model().log_marginal(0);
    ASSERT_GT(gap_of_diagonal(), 0.4);
    for (const model::MemberEntry& entry : model::family_of(&model::ModelSpec::posterior).members) {
        SCOPED_TRACE(entry.name);
        OneImage image(entry);
        OneImage::Bound bound = image.bound();
        EXPECT_LT(bound.mean, log_marginal - 1.0);
        for (const double step_size : {0.05, 0.01, 0.002}) {
            image.train(300, step_size);
            bound = image.bound();
            EXPECT_LT(bound.mean, log_marginal + 4.0 * bound.error + kBent) << step_size;
        }
        ASSERT_LT(bound.error, 0.01);
        const double best = log_marginal - (image.is_diagonal() ? gap_of_diagonal() : 0.0);
        EXPECT_NEAR(bound.mean, best, kNear);
    }
}

}  // namespace
}  // namespace elbow
