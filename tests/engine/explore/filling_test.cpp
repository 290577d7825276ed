// What is filled in, where it is known what has to come.

#include "engine/explore/filling.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/explore/manifold.h"
#include "tests/engine/explore/known_posterior.h"
#include "tests/engine/explore/tiny_dataset.h"
#include "tests/engine/explore/tiny_model.h"

namespace elbow::explore {
namespace {

const std::vector<std::uint8_t> kBlack{0};

// Until so many draws count, or it is done.
void go_on(Filling& filling, model::Model& model, int draws = 0) {
    for (int i = 0; i < 100'000 && !filling.result().done; ++i) {
        filling.advance(model);
        if (draws > 0 && filling.result().draws >= draws) return;
    }
}

TEST(Filling, TheMeanOfTheChainsIsThatOfTheKnownConditional) {
    test::KnownPosterior problem(2);
    // Of the twelve pixels the odd ones are not known.
    std::vector<std::uint8_t> unknown(test::kKnownPixels);
    std::vector<double> weights, biases, image;
    for (std::size_t d = 0; d < test::kKnownPixels; ++d) {
        unknown[d] = d % 2;
        if (unknown[d] != 0) continue;
        for (std::size_t n = 0; n < 2; ++n) weights.push_back(test::known_weight(d, n));
        biases.push_back(test::known_bias(d));
        image.push_back(problem.dataset().held_out.pixels[d] / 255.0);
    }
    const test::LinearGaussian of_known(2, weights, biases, test::kKnownDeviation, image);
    const std::vector<double> z = of_known.posterior_mean(0);
    Filling filling(problem.model(), problem.parameters(), problem.dataset(), unknown, kBlack,
                    FillingMethod::kChains, 1);
    go_on(filling, problem.model(), 16'000);
    const FilledImage& filled = filling.result();
    for (std::size_t d = 0; d < test::kKnownPixels; ++d) {
        if (unknown[d] == 0) {
            EXPECT_EQ(filled.image[d], problem.dataset().held_out.pixels[d]) << "it is known";
            continue;
        }
        double mean = test::known_bias(d);
        for (std::size_t n = 0; n < 2; ++n) mean += test::known_weight(d, n) * z[n];
        EXPECT_NEAR(filled.means[d], mean, 1e-3) << d;
        EXPECT_NEAR(filled.image[d], 255.0 * mean, 1.0) << d;
    }
    EXPECT_NEAR(filled.acceptance, 0.9, 0.06) << "as the step size was tuned for";
    EXPECT_FALSE(filled.warms_up);
    EXPECT_GE(filled.draws, 16'000);
    EXPECT_EQ(filled.z.size(), 2u * 8u);
}

// With nothing known the chains draw from the prior.
TEST(Filling, OfNothingTheMeanIsThatOfThePrior) {
    test::KnownPosterior problem(2);
    const std::vector<std::uint8_t> unknown(test::kKnownPixels, 1);
    Filling filling(problem.model(), problem.parameters(), problem.dataset(), unknown, kBlack,
                    FillingMethod::kChains, 2);
    go_on(filling, problem.model(), 16'000);
    for (std::size_t d = 0; d < test::kKnownPixels; ++d)
        EXPECT_NEAR(filling.result().means[d], test::known_bias(d), 1e-3) << d;
}

class TinyFilling : public testing::Test {
  protected:
    TinyFilling() {
        for (std::size_t i = 0; i < unknown.size() / 2; ++i) unknown[i] = 1;  // the upper half
    }
    std::vector<std::uint8_t> decoded(const std::vector<std::uint8_t>& pixels) {
        data::Batch batch = dataset->batch(dataset->held_out, 0, 1);
        batch.pixels = pixels.data();
        model::Posteriors q;
        tiny.vae.encode(tiny.parameters, batch, q);
        return decode(tiny.vae, tiny.parameters, q.mean, {});
    }
    Filling filling(FillingMethod method) {
        return {tiny.vae, tiny.parameters, *dataset, unknown, ground, method, 1};
    }

    std::shared_ptr<const data::Dataset> dataset = test::tiny_dataset();
    test::TinyModel tiny{2};
    std::vector<std::uint8_t> unknown = std::vector<std::uint8_t>(120, 0);
    std::vector<std::uint8_t> ground{77};
};

TEST_F(TinyFilling, OnePassDecodesWhatIsEncodedWithTheGround) {
    Filling one = filling(FillingMethod::kOnePass);
    go_on(one, tiny.vae);
    const auto image = dataset->image(dataset->held_out, 0);
    std::vector<std::uint8_t> seen(image.begin(), image.end());
    std::fill_n(seen.begin(), 60, std::uint8_t{77});
    const std::vector<std::uint8_t> expected = decoded(seen);
    EXPECT_EQ(one.result().passes, 1);
    EXPECT_TRUE(one.result().done);
    for (std::size_t i = 0; i < 120; ++i)
        EXPECT_NEAR(one.result().image[i], i < 60 ? expected[i] : image[i], i < 60 ? 1 : 0) << i;
}

TEST_F(TinyFilling, PassesEndWhereAnotherOneChangesNothing) {
    Filling passes = filling(FillingMethod::kPasses);
    go_on(passes, tiny.vae);
    const FilledImage& filled = passes.result();
    EXPECT_TRUE(filled.done);
    EXPECT_GT(filled.passes, 1);
    ASSERT_LT(filled.passes, kMostPasses) << "this model has a place where it comes to rest";
    EXPECT_EQ(filled.change, 0);
    const std::vector<std::uint8_t> again = decoded(filled.image);
    for (std::size_t i = 0; i < 60; ++i) EXPECT_NEAR(again[i], filled.image[i], 1) << i;
}

TEST_F(TinyFilling, WhatDoesNotFitIsRefusedInWords) {
    unknown.pop_back();
    EXPECT_THROW(filling(FillingMethod::kOnePass), UsageError);
    unknown.push_back(1);
    ground.clear();
    EXPECT_THROW(filling(FillingMethod::kOnePass), UsageError);
}

TEST_F(TinyFilling, WithoutAFiniteDensityItSaysSo) {
    for (float& value : tiny.parameters) value = std::numeric_limits<float>::quiet_NaN();
    Filling chains = filling(FillingMethod::kChains);
    EXPECT_THROW(go_on(chains, tiny.vae, 8), Error);
}

}  // namespace
}  // namespace elbow::explore
