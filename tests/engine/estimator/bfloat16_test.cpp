#include "engine/fused/bfloat16.h"

#include <gtest/gtest.h>

#include "tests/engine/estimator/minibatch_fixture.h"

namespace elbow::estimator {
namespace {

// Precision of 8 bits are wrong by up to 1 in 256, sums of many of them by less.
TEST(Bfloat16Gradients, AreThoseOfFloat32ToAHundredth) {
    if (!fused::has_bfloat16_products()) GTEST_SKIP() << "This processor has no such products.";
    for (const char* name : {"sgvb_b", "sgvb_a", "iwae", "wake_sleep"}) {
        for (const auto likelihood :
             {fused::Likelihood::kBernoulli, fused::Likelihood::kGaussian}) {
            SCOPED_TRACE(name);
            test::Problem problem(
                {.height = 10, .width = 12, .hidden = 64, .latents = 5, .likelihood = likelihood},
                40, 2, 23);
            problem.name = name;
            const test::Evaluated exact = problem.evaluate("fused", 2);
            const test::Evaluated rounded = problem.evaluate("bfloat16", 2);
            EXPECT_NE(rounded.gradients, exact.gradients);
            test::expect_gradients_near(problem.architecture, rounded.gradients,
                                        test::doubles(exact.gradients), 0.02);
            EXPECT_NEAR(rounded.sum.bound(), exact.sum.bound(), 2e-3 * std::abs(exact.sum.bound()));
        }
    }
}

}  // namespace
}  // namespace elbow::estimator
