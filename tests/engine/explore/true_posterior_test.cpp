// The true posterior where it is known: a decoder whose tanh and sigmoid stay where they are all
// but straight is x = W z + b + noise, of which p(z|x) is a Gaussian.

#include "engine/explore/true_posterior.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "engine/core/error.h"
#include "engine/fused/fused_model.h"
#include "tests/engine/explore/tiny_dataset.h"
#include "tests/engine/explore/tiny_model.h"
#include "tests/engine/infer/linear_gaussian.h"

namespace elbow::explore {
namespace {

constexpr std::size_t kPixels = 12;
constexpr double kDeviation = 0.01;  // of the noise; W's entries are as small
constexpr double kStraight = 0.01;   // what tanh gets of its argument
constexpr double kBent = 0.02;       // nats, for what is not quite linear

double weight(std::size_t pixel, std::size_t latent) {
    const double turn = 2.0 * std::numbers::pi * static_cast<double>(pixel) / kPixels;
    return latent == 0 ? 0.015 * std::cos(turn) : 0.012 * std::cos(turn + 0.5);
}
double bias(std::size_t pixel) { return 0.5 + 0.004 * (static_cast<double>(pixel % 3) - 1.0); }

// The model, and one held-out image of it. The encoder says N(0, 1) whatever it sees.
class KnownPosterior {
  public:
    explicit KnownPosterior(int latents)
        : architecture_{.height = 3,
                        .width = 4,
                        .hidden = latents,
                        .latents = latents,
                        .likelihood = fused::Likelihood::kGaussian,
                        .variance_floor = false},
          model_(architecture_) {
        dataset_.name = "known";
        dataset_.height = 3;
        dataset_.width = 4;
        dataset_.held_out.count = 1;
        parameters_.assign(static_cast<std::size_t>(model_.layout().size()), 0.0F);
        const auto count = static_cast<std::size_t>(latents);
        for (std::size_t n = 0; n < count; ++n)
            block("decoder.hidden.weight")[n * count + n] = static_cast<float>(kStraight);
        std::vector<double> weights, biases, image;
        for (std::size_t d = 0; d < kPixels; ++d) {
            const double b = bias(d), slope = b * (1.0 - b);  // of the sigmoid
            block("decoder.mean.bias")[d] = static_cast<float>(std::log(b / (1.0 - b)));
            block("decoder.log_variance.bias")[d] = static_cast<float>(2.0 * std::log(kDeviation));
            double x = b;
            for (std::size_t n = 0; n < count; ++n) {
                block("decoder.mean.weight")[d * count + n] =
                    static_cast<float>(weight(d, n) / (kStraight * slope));
                weights.push_back(weight(d, n));
                x += weight(d, n) * (n == 0 ? 0.9 : -0.6);
            }
            biases.push_back(b);
            dataset_.held_out.pixels.push_back(static_cast<std::uint8_t>(std::lround(255.0 * x)));
            image.push_back(dataset_.held_out.pixels.back() / 255.0);
        }
        known_ = std::make_unique<test::LinearGaussian>(count, weights, biases, kDeviation, image);
    }

    std::span<float> block(const std::string& name) {
        const model::ParameterView& view = model_.layout().view(name);
        return std::span(parameters_)
            .subspan(static_cast<std::size_t>(view.offset), static_cast<std::size_t>(view.size()));
    }
    // The encoder's answer, whatever it sees.
    void say(std::span<const double> mean, std::span<const double> variance) {
        for (std::size_t n = 0; n < mean.size(); ++n) {
            block("encoder.mean.bias")[n] = static_cast<float>(mean[n]);
            block("encoder.log_variance.bias")[n] = static_cast<float>(std::log(variance[n]));
        }
    }
    TruePosterior found(int y_axis) {
        return true_posterior(model_, parameters_, dataset_, 0, 0, y_axis);
    }
    const test::LinearGaussian& known() const { return *known_; }
    // log p(z|x) of the Gaussian.
    double log_posterior(std::span<const double> z) const {
        const std::size_t n = z.size();
        const std::vector<double> precision = known_->posterior_precision();
        const std::vector<double> mean = known_->posterior_mean(0);
        double sum = test::log_determinant(test::cholesky(precision, n), n) -
                     static_cast<double>(n) * test::kLog2Pi;
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j < n; ++j)
                sum -= precision[i * n + j] * (z[i] - mean[i]) * (z[j] - mean[j]);
        }
        return 0.5 * sum;
    }

  private:
    fused::Architecture architecture_;
    fused::FusedModel model_;
    data::Dataset dataset_;
    std::vector<float> parameters_;
    std::unique_ptr<test::LinearGaussian> known_;
};

TEST(TruePosterior, OnTheGridIsTheGaussianThatItIs) {
    KnownPosterior problem(2);
    const TruePosterior found = problem.found(1);
    const double log_p = problem.known().log_marginal(0);
    EXPECT_NEAR(found.log_p_of_grid.value(), log_p, kBent);
    const std::vector<float> z = manifold_latents(found.plane, 2);
    int looked_at = 0;
    for (std::size_t cell = 0; cell < found.nats.size(); ++cell) {
        if (found.nats[cell] < found.highest - 4.5) continue;
        const double place[] = {z[2 * cell], z[2 * cell + 1]};
        EXPECT_NEAR(found.nats[cell] - log_p, problem.log_posterior(place), 2 * kBent);
        ++looked_at;
    }
    EXPECT_GT(looked_at, 300) << "the grid is as wide as what it shows";
}

TEST(TruePosterior, ItsLinesAreTheEllipsesOfTheGaussian) {
    KnownPosterior problem(2);
    const TruePosterior found = problem.found(1);
    const std::vector<double> mean = problem.known().posterior_mean(0);
    for (std::size_t part = 0; part < found.lines.size(); ++part) {
        ASSERT_EQ(found.lines[part].size(), 1u);
        const double sigmas = static_cast<double>(part) + 1.0;
        for (const ContourPoint& at : found.lines[part][0]) {
            const double place[] = {at.x, at.y};
            const double below = problem.log_posterior(mean) - problem.log_posterior(place);
            EXPECT_NEAR(std::sqrt(2.0 * below), sigmas, 0.03 * sigmas);
        }
    }
}

TEST(TruePosterior, LogPByWeightsIsTheClosedFormAndTheGapIsTheKlOfQ) {
    KnownPosterior problem(2);
    // The best of independent latents: N(mean, 1 / diag P).
    const std::vector<double> precision = problem.known().posterior_precision();
    const double variance[] = {1.0 / precision[0], 1.0 / precision[3]};
    problem.say(problem.known().posterior_mean(0), variance);
    const TruePosterior found = problem.found(1);
    const double log_p = problem.known().log_marginal(0);
    EXPECT_GT(found.log_p_error, 0.0);
    EXPECT_NEAR(found.log_p, log_p, 4.0 * found.log_p_error + kBent);
    const double kl = 0.5 * (std::log(precision[0] * precision[3]) -
                             test::log_determinant(test::cholesky(precision, 2), 2));
    EXPECT_GT(kl, 0.2);
    EXPECT_NEAR(found.gap(), kl, 0.1);
    double sum = 0.0;
    for (const double w : found.weights) sum += w;
    EXPECT_NEAR(sum, 1.0, 1e-9);
}

TEST(TruePosterior, OfOneLatentIsARow) {
    KnownPosterior problem(1);
    const TruePosterior found = problem.found(0);
    EXPECT_EQ(found.plane.rows, 1);
    EXPECT_NEAR(found.log_p_of_grid.value(), problem.known().log_marginal(0), kBent);
    for (const auto& lines : found.lines) EXPECT_TRUE(lines.empty());
}

TEST(TruePosterior, OfMoreLatentsIsThePlaneThroughTheMeanOfQ) {
    test::TinyModel tiny(4);
    const auto dataset = test::tiny_dataset();
    const TruePosterior found = true_posterior(tiny.vae, tiny.parameters, *dataset, 7, 3, 1);
    EXPECT_FALSE(found.log_p_of_grid.has_value()) << "it shows two of four";
    EXPECT_EQ(found.draws.size(), 4 * found.weights.size());
    model::Posteriors q;
    tiny.vae.encode(tiny.parameters, dataset->batch(dataset->held_out, 7, 8), q);
    EXPECT_EQ(found.plane.anchor, q.mean);
    EXPECT_EQ(found.plane.x_axis, 3);
    const std::vector<float> z = manifold_latents(found.plane, 4);
    for (std::size_t cell = 0; cell < found.nats.size(); ++cell)
        EXPECT_EQ(z[4 * cell + 2], q.mean[2]);
    EXPECT_FALSE(found.lines[1].empty());
    EXPECT_GE(found.log_p, found.bound) << "Jensen, for whatever draws";
}

TEST(TruePosterior, WithoutAFiniteDensityIsRefusedInWords) {
    test::TinyModel tiny(2);
    for (float& value : tiny.parameters) value = std::numeric_limits<float>::quiet_NaN();
    try {
        true_posterior(tiny.vae, tiny.parameters, *test::tiny_dataset(), 0);
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("select another image"), std::string::npos);
    }
    EXPECT_THROW(true_posterior(tiny.vae, tiny.parameters, *test::tiny_dataset(), 60), UsageError);
}

}  // namespace
}  // namespace elbow::explore
