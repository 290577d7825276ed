#include <gtest/gtest.h>

#include <cmath>

#include "engine/fused/rounded_products.h"
#include "tests/engine/estimator/minibatch_fixture.h"

namespace elbow::estimator {
namespace {

// Factors of 8 bits are wrong by up to 1 in 256, sums of many products by less.
TEST(RoundedGradients, AreThoseOfFloat32ToAHundredth) {
    bool any = false;
    for (const fused::RoundedProducts& products : fused::rounded_products()) {
        if (!products.are_there()) continue;
        any = true;
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
    if (!any) GTEST_SKIP() << "This processor has no such products.";
}

}  // namespace
}  // namespace elbow::estimator
