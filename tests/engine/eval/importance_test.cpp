#include "engine/eval/importance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/log_sum_exp.h"
#include "engine/core/progress.h"
#include "tests/engine/infer/linear_gaussian.h"

namespace elbow::eval {
namespace {

constexpr std::uint64_t kImportanceSeed = 5;

// q = N(0, I), the prior: far from the posterior, so that k matters.
ImageMean from_the_prior(test::LinearGaussian& joint, std::span<const std::uint32_t> images, int k,
                         std::uint64_t seed = kImportanceSeed) {
    const std::vector<float> zeros(images.size() * static_cast<std::size_t>(joint.latents()), 0.0F);
    return importance_weighted(
        joint, images, infer::draws_from({zeros, zeros}, images.size(), joint.latents()), k, seed);
}

TEST(ImportanceWeighted, RisesWithTheNumberOfSamplesTowardsTheLogMarginal) {
    for (const std::size_t latents : {2U, 3U}) {
        auto joint = test::LinearGaussian::random(8, latents, 200, 0.5, false, 1);
        const double truth = joint.mean_log_marginal();
        double last = -std::numeric_limits<double>::infinity();
        for (const int k : {1, 10, 100, 1000}) {
            const double mean = from_the_prior(joint, joint.all_images(), k).mean;
            EXPECT_GT(mean, last) << k;
            EXPECT_LT(mean, truth + 0.05) << k;
            last = mean;
        }
    }
}

TEST(ImportanceWeighted, ComesWithinAPercentOfTheLogMarginal) {
    for (const std::size_t latents : {2U, 3U}) {
        auto joint = test::LinearGaussian::random(8, latents, 20, 0.5, false, 2);
        const double truth = joint.mean_log_marginal();
        EXPECT_NEAR(from_the_prior(joint, joint.all_images(), 20000).mean, truth,
                    0.01 * std::abs(truth));
    }
}

TEST(ImportanceWeighted, IsExactForEveryKWhereQIsThePosterior) {
    auto joint = test::LinearGaussian::random(8, 3, 5, 0.5, true, 3);
    std::vector<float> mean;
    std::vector<float> log_variance;
    for (const std::uint32_t image : joint.all_images()) {
        for (const double m : joint.posterior_mean(image)) mean.push_back(static_cast<float>(m));
        for (const double v : joint.posterior_variance()) {
            log_variance.push_back(static_cast<float>(std::log(v)));
        }
    }
    for (const int k : {1, 7}) {
        const auto result = importance_weighted(
            joint, joint.all_images(),
            infer::draws_from({mean, log_variance}, joint.all_images().size(), joint.latents()), k,
            kImportanceSeed);
        for (const std::uint32_t image : joint.all_images()) {
            EXPECT_NEAR(result.per_image[image], joint.log_marginal(image), 1e-4);
        }
    }
}

TEST(ImportanceWeighted, AnImagesValueDoesNotDependOnTheImagesBesideIt) {
    auto joint = test::LinearGaussian::random(6, 2, 9, 0.5, false, 4);
    const ImageMean all = from_the_prior(joint, joint.all_images(), 333);
    const std::vector<std::uint32_t> some = {7, 2};
    const ImageMean two = from_the_prior(joint, some, 333);
    EXPECT_EQ(two.per_image, (std::vector<double>{all.per_image[7], all.per_image[2]}));
    EXPECT_NE(from_the_prior(joint, some, 333, kImportanceSeed + 1).per_image, two.per_image);
}

TEST(ImportanceWeighted, EvaluatesEachSampleOnce) {
    auto joint = test::LinearGaussian::random(6, 2, 3, 0.5, false, 4);
    from_the_prior(joint, joint.all_images(), 2500);
    EXPECT_EQ(joint.rows_evaluated(), 3 * 2500);
}

TEST(ImportanceWeighted, TheStandardErrorIsThatOfTheMeanOverImages) {
    const ImageMean result =
        mean_of({1.0, 2.0, std::numeric_limits<double>::quiet_NaN(), 3.0, 4.0});
    EXPECT_EQ(result.images, 4);
    EXPECT_DOUBLE_EQ(result.mean, 2.5);
    EXPECT_NEAR(result.standard_error, std::sqrt(5.0 / 3.0 / 4.0), 1e-12);
    EXPECT_TRUE(std::isnan(mean_of({1.0}).standard_error));
    EXPECT_TRUE(std::isnan(mean_of({}).mean));
}

TEST(ImportanceWeighted, WrongRequestsAreRefusedAndCanBeStopped) {
    auto joint = test::LinearGaussian::random(6, 2, 3, 0.5, false, 4);
    EXPECT_THROW(from_the_prior(joint, joint.all_images(), 0), UsageError);
    const std::vector<float> short_by_two(4, 0.0F);
    EXPECT_THROW(infer::draws_from({short_by_two, short_by_two}, 3, joint.latents()), Error);
    const std::vector<float> zeros(6, 0.0F);
    EXPECT_THROW(importance_weighted(joint, joint.all_images(),
                                     infer::draws_from({zeros, zeros}, 3, joint.latents()), 100000,
                                     1, [](double) { throw Cancelled(); }),
                 Cancelled);
    EXPECT_LT(joint.rows_evaluated(), 5000);
}

TEST(LogSumExp, NeitherOverflowsNorForgets) {
    LogSumExp sum;
    EXPECT_EQ(sum.value(), -std::numeric_limits<double>::infinity());
    sum.add(-std::numeric_limits<double>::infinity());
    EXPECT_EQ(sum.value(), -std::numeric_limits<double>::infinity());
    for (const double term : {-1000.0, 1000.0, 1000.0, -1000.0}) sum.add(term);
    EXPECT_DOUBLE_EQ(sum.value(), 1000.0 + std::log(2.0));
    sum.add(std::numeric_limits<double>::quiet_NaN());
    EXPECT_TRUE(std::isnan(sum.value()));
}

}  // namespace
}  // namespace elbow::eval
