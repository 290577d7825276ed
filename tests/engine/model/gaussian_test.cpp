#include "engine/model/gaussian.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "tests/engine/fused/reference_vae.h"

namespace elbow::model {
namespace {

// log N(z; mean, variance), nats.
double log_normal(double z, double mean, double variance) {
    return -0.5 *
           (std::log(2.0 * std::numbers::pi * variance) + (z - mean) * (z - mean) / variance);
}

TEST(Gaussian, DrawsLieWhereTheirNoisePutsThem) {
    const std::vector<float> mean = {0.5F, -1.0F}, log_variance = {-2.0F, 0.6F};
    std::vector<float> z = {1.3F, -0.2F};  // the noise
    const std::vector<float> epsilon = z;
    draw_posterior(mean, log_variance, z, z);
    double log_q = 0.0, log_p = 0.0;
    for (std::size_t n = 0; n < 2; ++n) {
        EXPECT_NEAR(z[n], mean[n] + std::exp(0.5 * log_variance[n]) * epsilon[n], 1e-6);
        log_q += log_normal(z[n], mean[n], std::exp(log_variance[n]));
        log_p += log_normal(z[n], 0.0, 1.0);
    }
    EXPECT_NEAR(log_posterior(log_variance, epsilon), log_q, 1e-6);
    EXPECT_NEAR(log_prior(z), log_p, 1e-12);
    EXPECT_NEAR(with_log_prior(-104.0, z), -104.0 + log_p, 1e-12);
    EXPECT_NEAR(log_ratio(log_variance, epsilon, z), log_q - log_p, 1e-6);
}

TEST(Gaussian, ThePriorIsADensityAndHighestInTheMiddle) {
    constexpr double kStep = 1.0 / 64.0;
    double mass = 0.0;
    for (double z = -9.0; z <= 9.0; z += kStep) {
        const auto at = static_cast<float>(z);
        mass += kStep * std::exp(log_prior({&at, 1}));
    }
    EXPECT_NEAR(mass, 1.0, 1e-9);
    const std::vector<float> middle(5, 0.0F);
    EXPECT_NEAR(highest_log_prior(5), log_prior(middle), 1e-12);
}

TEST(Gaussian, DrawsOfThePriorAreTheStreamsNumbers) {
    const Stream stream(3, "prior");
    std::vector<float> whole(12), part(4);
    draw_prior(stream, 0, whole);
    draw_prior(stream, 8, part);
    EXPECT_EQ(part, std::vector<float>(whole.begin() + 8, whole.end()));
}

TEST(Gaussian, TheKlInTrainingIsTheSumAndSaysWhereTheGradientIsLost) {
    const std::vector<float> mean = {0.4F, -3.0F};
    std::vector<float> log_variance = {-1.0F, 84.0F};
    std::vector<double> kl(2);
    kl_per_latent(mean, log_variance, kl);
    EXPECT_EQ(kl_in_training(mean, log_variance), kl[0] + kl[1]);
    for (const float lost : {90.0F, std::numeric_limits<float>::quiet_NaN()}) {
        log_variance[1] = lost;
        EXPECT_EQ(kl_in_training(mean, log_variance), std::numeric_limits<double>::infinity());
    }
}

TEST(KlPerLatent, IsZeroForThePriorAndPositiveElsewhere) {
    const std::vector<float> mean = {0.0F, 0.5F, 0.0F, -2.0F};
    const std::vector<float> log_variance = {0.0F, 0.0F, -1.0F, 0.7F};
    std::vector<double> kl(4);
    kl_per_latent(mean, log_variance, kl);
    const auto expected = test::kl_per_latent(test::doubles(mean), test::doubles(log_variance));
    EXPECT_NEAR(kl[0], 0.0, 1e-12);
    for (std::size_t n = 1; n < 4; ++n) {
        EXPECT_GT(kl[n], 0.05);
        EXPECT_NEAR(kl[n], expected[n], 1e-6);
    }
}

TEST(KlPerLatent, AgreesWithAMonteCarloEstimateWithinItsStandardError) {
    constexpr std::size_t kLatents = 3;
    constexpr std::size_t kDraws = 400000;
    const std::vector<float> mean = {0.8F, -1.5F, 0.1F};
    const std::vector<float> log_variance = {-1.2F, 0.4F, -4.0F};
    std::vector<double> closed_form(kLatents);
    kl_per_latent(mean, log_variance, closed_form);

    std::vector<float> epsilon(kLatents * kDraws);
    Stream(11, "monte carlo").normals(0, epsilon);
    for (std::size_t n = 0; n < kLatents; ++n) {
        // log q(z) - log p(z) at z = mu + sigma e; the constants log 2 pi cancel.
        double sum = 0.0;
        double squares = 0.0;
        for (std::size_t i = 0; i < kDraws; ++i) {
            const double e = epsilon[i * kLatents + n];
            const double z = mean[n] + std::exp(0.5 * log_variance[n]) * e;
            const double difference = 0.5 * (z * z - e * e - log_variance[n]);
            sum += difference;
            squares += difference * difference;
        }
        const double estimate = sum / kDraws;
        const double variance = squares / kDraws - estimate * estimate;
        const double standard_error = std::sqrt(variance / kDraws);
        EXPECT_LT(standard_error, 0.01);
        EXPECT_NEAR(closed_form[n], estimate, 3.0 * standard_error) << "latent " << n;
    }
}

}  // namespace
}  // namespace elbow::model
