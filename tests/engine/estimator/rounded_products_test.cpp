#include "engine/fused/rounded_products.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/fused/fastest_precision.h"
#include "tests/engine/estimator/minibatch_fixture.h"

namespace elbow::estimator {
namespace {

// Factors of 8 bits are wrong by up to 1 in 256, sums of many products by less.
TEST(RoundedProducts, GiveTheGradientsOfFloat32ToAHundredth) {
    for (const fused::RoundedProducts& products : fused::rounded_products()) {
        if (!products.are_there()) continue;
        for (const char* name : {"sgvb_b", "sgvb_a", "iwae", "wake_sleep"}) {
            for (const auto likelihood :
                 {fused::Likelihood::kBernoulli, fused::Likelihood::kGaussian}) {
                SCOPED_TRACE(std::string(name) + " in " + products.name);
                test::Problem problem({.height = 10,
                                       .width = 12,
                                       .hidden = 64,
                                       .latents = 5,
                                       .likelihood = likelihood},
                                      40, 2, 23);
                problem.name = name;
                const test::Evaluated exact = problem.evaluate("fused", 2);
                const test::Evaluated rounded = problem.evaluate(products.name, 2);
                EXPECT_NE(rounded.gradients, exact.gradients);
                test::expect_gradients_near(problem.architecture, rounded.gradients,
                                            test::doubles(exact.gradients), 0.02);
                EXPECT_NEAR(rounded.sum.bound(), exact.sum.bound(),
                            2e-3 * std::abs(exact.sum.bound()));
            }
        }
    }
}

TEST(RoundedProducts, AreNotUsedWhereTheyAreNotFaster) {
    using fused::Precision;
    EXPECT_EQ(fused::precision_for(Precision::kFloat16, 500), Precision::kFloat16);
    EXPECT_EQ(fused::precision_for(Precision::kFloat16, 20), Precision::kFloat32);
    EXPECT_EQ(fused::precision_for(Precision::kBfloat16, 20), Precision::kBfloat16);
    EXPECT_EQ(fused::precision_for(Precision::kFloat32, 500), Precision::kFloat32);
}

TEST(RoundedProducts, AreTheFastestOnlyOnProcessorsThatHaveThem) {
    const auto* fastest = fused::find_rounded_products(fused::fastest_precision());
    EXPECT_TRUE(fastest == nullptr || fastest->are_there());
}

}  // namespace
}  // namespace elbow::estimator
