#include "engine/infer/hmc.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "engine/core/error.h"
#include "tests/engine/infer/linear_gaussian.h"

namespace elbow::infer {
namespace {

// N(mean, covariance) of z, whatever the image.
class Gaussian : public LogJoint {
  public:
    Gaussian(std::vector<double> mean, const std::vector<double>& covariance)
        : mean_(std::move(mean)), lower_(test::cholesky(covariance, mean_.size())) {}

    int latents() const override { return static_cast<int>(mean_.size()); }
    int evaluations() const { return evaluations_; }

    void evaluate(std::span<const std::uint32_t> images, std::span<const float> z,
                  std::span<double> log_density, std::span<float> gradient) override {
        const std::size_t n = mean_.size();
        for (std::size_t r = 0; r < images.size(); ++r) {
            std::vector<double> rest(n);
            for (std::size_t k = 0; k < n; ++k) rest[k] = z[r * n + k] - mean_[k];
            const std::vector<double> solved = test::solve(lower_, rest);
            log_density[r] = 0.0;
            for (std::size_t k = 0; k < n; ++k) {
                log_density[r] -= 0.5 * rest[k] * solved[k];
                gradient[r * n + k] = static_cast<float>(-solved[k]);
            }
        }
        ++evaluations_;
    }

  private:
    std::vector<double> mean_;
    std::vector<double> lower_;
    int evaluations_ = 0;
};

std::vector<std::uint32_t> first_images(std::size_t count) {
    std::vector<std::uint32_t> images(count);
    std::iota(images.begin(), images.end(), 0U);
    return images;
}

// Means over all chains and iterations.
struct Moments {
    std::vector<double> mean;        // [N]
    std::vector<double> covariance;  // [N, N]
    double acceptance = 0.0;
};

Moments sample(LogJoint& joint, std::size_t chains, int leapfrog_steps, int burn_in, int iterations,
               std::uint64_t seed) {
    const auto n = static_cast<std::size_t>(joint.latents());
    const Stream noise(seed, "hmc");
    Hmc hmc(leapfrog_steps);
    StepSizeTuner tuner(0.01);
    hmc.start(joint, first_images(chains), std::vector<float>(chains * n, 0.0F));
    Moments moments{std::vector<double>(n, 0.0), std::vector<double>(n * n, 0.0), 0.0};
    for (int i = 0; i < burn_in + iterations; ++i) {
        const auto position = static_cast<std::uint64_t>(i) * hmc.numbers_per_step();
        const Acceptance acceptance = hmc.step(joint, tuner.step_size(), noise, position);
        tuner.update(acceptance.rate, static_cast<int>(chains));
        if (i < burn_in) continue;
        moments.acceptance += acceptance.rate / iterations;
        const double weight = 1.0 / (static_cast<double>(chains) * iterations);
        for (std::size_t c = 0; c < chains; ++c) {
            const auto z = hmc.z().subspan(c * n, n);
            for (std::size_t a = 0; a < n; ++a) {
                moments.mean[a] += z[a] * weight;
                for (std::size_t b = 0; b < n; ++b) {
                    moments.covariance[a * n + b] += static_cast<double>(z[a]) * z[b] * weight;
                }
            }
        }
    }
    for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = 0; b < n; ++b) {
            moments.covariance[a * n + b] -= moments.mean[a] * moments.mean[b];
        }
    }
    return moments;
}

TEST(Hmc, DrawsFromACorrelatedGaussianAtTheTunedAcceptance) {
    const std::vector<double> mean = {2.0, -1.0, 3.0};
    const std::vector<double> covariance = {1.0, 0.8, 0.2, 0.8, 1.5, -0.1, 0.2, -0.1, 0.3};
    for (const int leapfrog_steps : {4, 10}) {
        Gaussian joint(mean, covariance);
        const Moments moments = sample(joint, 100, leapfrog_steps, 100, 2000, 1);
        for (std::size_t a = 0; a < 3; ++a) {
            EXPECT_NEAR(moments.mean[a], mean[a], 0.02 * std::sqrt(covariance[a * 4])) << a;
            EXPECT_NEAR(moments.covariance[a * 4], covariance[a * 4], 0.02 * covariance[a * 4]);
        }
        EXPECT_NEAR(moments.covariance[1], 0.8, 0.02);
        EXPECT_NEAR(moments.acceptance, 0.90, 0.03) << leapfrog_steps << " leapfrog steps";
    }
}

TEST(Hmc, DrawsFromGaussiansOfTwoAndFiveDimensions) {
    for (const std::size_t n : {2U, 5U}) {
        std::vector<double> mean(n);
        std::vector<double> covariance(n * n);
        for (std::size_t a = 0; a < n; ++a) {
            mean[a] = 0.5 * static_cast<double>(a);
            for (std::size_t b = 0; b < n; ++b) {
                const double distance = std::abs(static_cast<double>(a) - static_cast<double>(b));
                covariance[a * n + b] = std::pow(0.6, distance);
            }
        }
        Gaussian joint(mean, covariance);
        const Moments moments = sample(joint, 100, 10, 100, 1000, 2);
        for (std::size_t a = 0; a < n; ++a) {
            EXPECT_NEAR(moments.mean[a], mean[a], 0.02) << a << " of " << n;
            EXPECT_NEAR(moments.covariance[a * (n + 1)], 1.0, 0.02) << a << " of " << n;
        }
        EXPECT_NEAR(moments.acceptance, 0.90, 0.03) << n;
    }
}

TEST(Hmc, EachChainDrawsFromItsOwnImagesPosterior) {
    auto joint = test::LinearGaussian::random(6, 2, 3, 0.8, false, 3);
    const auto images = std::vector<std::uint32_t>{2, 0};
    Hmc hmc(5);
    hmc.start(joint, images, std::vector<float>(4, 0.0F));
    const Stream noise(4, "hmc");
    constexpr int kIterations = 20000;
    std::vector<double> mean(4, 0.0);
    for (int i = 0; i < kIterations; ++i) {
        hmc.step(joint, 0.3, noise, static_cast<std::uint64_t>(i) * hmc.numbers_per_step());
        for (std::size_t k = 0; k < 4; ++k) mean[k] += hmc.z()[k] / double{kIterations};
    }
    const std::vector<double> variance = joint.posterior_variance();
    for (std::size_t k = 0; k < 4; ++k) {
        const double expected = joint.posterior_mean(images[k / 2])[k % 2];
        EXPECT_NEAR(mean[k], expected, 0.03 * std::sqrt(variance[k % 2])) << k;
    }
}

TEST(Hmc, TheSameNoiseGivesTheSameChains) {
    Gaussian joint({0.0, 0.0}, {1.0, 0.3, 0.3, 1.0});
    const Stream noise(5, "hmc");
    const auto run = [&](std::uint64_t offset) {
        Hmc hmc(4);
        hmc.start(joint, first_images(7), std::vector<float>(14, 0.5F));
        for (std::uint64_t i = 0; i < 20; ++i) {
            hmc.step(joint, 0.5, noise, offset + i * hmc.numbers_per_step());
        }
        return std::vector<float>(hmc.z().begin(), hmc.z().end());
    };
    EXPECT_EQ(run(0), run(0));
    EXPECT_NE(run(0), run(1000));
}

TEST(Hmc, AnIterationCostsOneEvaluationALeapfrogStep) {
    Gaussian joint({0.0}, {1.0});
    Hmc hmc(7);
    hmc.start(joint, first_images(2), std::vector<float>(2, 0.0F));
    EXPECT_EQ(joint.evaluations(), 1);
    for (std::uint64_t i = 0; i < 3; ++i) hmc.step(joint, 0.1, Stream(1, "hmc"), 2 * i);
    EXPECT_EQ(joint.evaluations(), 1 + 3 * 7);
}

// A standard normal with a wall: beyond it the density, or only its slope, is not finite.
class Walled : public LogJoint {
  public:
    Walled(double beyond, float slope_beyond) : beyond_(beyond), slope_beyond_(slope_beyond) {}
    int latents() const override { return 1; }
    void evaluate(std::span<const std::uint32_t> images, std::span<const float> z,
                  std::span<double> log_density, std::span<float> gradient) override {
        for (std::size_t r = 0; r < images.size(); ++r) {
            const bool outside = !(z[r] <= 1.0F);
            log_density[r] = outside ? beyond_ : -0.5 * static_cast<double>(z[r]) * z[r];
            gradient[r] = outside ? slope_beyond_ : -z[r];
        }
    }

  private:
    double beyond_;
    float slope_beyond_;
};

TEST(Hmc, AChainNeverMovesToWhereTheDensityIsNotFinite) {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    for (const double beyond : {kNan, kInfinity, -kInfinity, 0.0}) {
        Walled joint(beyond, std::numeric_limits<float>::quiet_NaN());
        Hmc hmc(3);
        hmc.start(joint, first_images(50), std::vector<float>(50, 0.0F));
        const Stream noise(6, "hmc");
        double rate = 0.0;
        for (std::uint64_t i = 0; i < 200; ++i) {
            rate += hmc.step(joint, 0.5, noise, 50 * i).rate / 200.0;
            for (const float z : hmc.z()) ASSERT_LE(z, 1.0F);
        }
        EXPECT_GT(rate, 0.3);
        EXPECT_LT(rate, 0.95);
    }
}

TEST(Hmc, AModelWithoutAnyFiniteDensityLeavesTheChainsWhereTheyAre) {
    Walled joint(std::numeric_limits<double>::quiet_NaN(), 0.0F);
    Hmc hmc(3);
    const std::vector<float> start = {2.0F, 3.0F};
    hmc.start(joint, first_images(2), start);
    EXPECT_EQ(hmc.step(joint, 1e-3, Stream(7, "hmc"), 0).rate, 0.0);
    EXPECT_EQ(std::vector<float>(hmc.z().begin(), hmc.z().end()), start);
}

// A standard normal for image 0, and nowhere any density for the others.
class KnowsOneImage : public LogJoint {
  public:
    int latents() const override { return 1; }
    void evaluate(std::span<const std::uint32_t> images, std::span<const float> z,
                  std::span<double> log_density, std::span<float> gradient) override {
        for (std::size_t r = 0; r < images.size(); ++r) {
            log_density[r] = images[r] == 0 ? -0.5 * static_cast<double>(z[r]) * z[r]
                                            : -std::numeric_limits<double>::infinity();
            gradient[r] = -z[r];
        }
    }
};

TEST(Hmc, AChainThatStandsNowhereHasNoSayInTheStepSize) {
    KnowsOneImage joint;
    Hmc hmc(3);
    hmc.start(joint, first_images(10), std::vector<float>(10, 0.0F));
    double probability = 0.0;
    const Stream noise(8, "hmc");
    for (std::uint64_t i = 0; i < 50; ++i) {
        probability += hmc.step(joint, 0.1, noise, 10 * i).probability / 50.0;
    }
    EXPECT_GT(probability, 0.95);
    EXPECT_NE(hmc.z()[0], 0.0F);
    for (std::size_t i = 1; i < 10; ++i) EXPECT_EQ(hmc.z()[i], 0.0F);
}

TEST(Hmc, RefreshTakesUpChangedWeights) {
    Gaussian narrow({0.0}, {0.01});
    Gaussian moved({5.0}, {0.01});
    Hmc hmc(5);
    hmc.start(narrow, first_images(1), std::vector<float>{0.0F});
    EXPECT_DOUBLE_EQ(hmc.log_density()[0], 0.0);
    hmc.refresh(moved);
    EXPECT_NEAR(hmc.log_density()[0], -0.5 * 25.0 / 0.01, 1e-6);
}

TEST(Hmc, WrongSettingsAreRefused) {
    EXPECT_THROW(Hmc(0), UsageError);
    EXPECT_THROW(Hmc(4, 1.0), UsageError);
    EXPECT_THROW(StepSizeTuner(0.0), UsageError);
    Gaussian joint({0.0, 0.0}, {1.0, 0.0, 0.0, 1.0});
    Hmc hmc(4);
    EXPECT_THROW(hmc.start(joint, first_images(2), std::vector<float>(3)), Error);
}

TEST(StepSizeTuner, FollowsTheAuthorsRule) {
    StepSizeTuner tuner(1.0);
    tuner.update(0.95, 100);
    EXPECT_DOUBLE_EQ(tuner.step_size(), 1.25);
    tuner.update(0.85, 100);
    EXPECT_DOUBLE_EQ(tuner.step_size(), 1.0);
    tuner.update(0.95, 2);
    EXPECT_DOUBLE_EQ(tuner.step_size(), 1.02 * 1.02);
}

}  // namespace
}  // namespace elbow::infer
