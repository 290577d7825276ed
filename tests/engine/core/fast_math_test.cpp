#include "engine/core/fast_math.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace elbow::fast {
namespace {

// The largest relative error of an approximation over [low, high].
template <class Approximation, class Exact>
double worst_error(double low, double high, Approximation approximation, Exact exact) {
    constexpr int kSteps = 200'000;
    double worst = 0.0;
    for (int i = 0; i <= kSteps; ++i) {
        const auto x = static_cast<float>(low + (high - low) * i / kSteps);
        const double wanted = exact(static_cast<double>(x));
        const double error = std::abs(static_cast<double>(approximation(x)) - wanted);
        if (error > 0.0) worst = std::max(worst, error / std::abs(wanted));
    }
    return worst;
}

TEST(FastMath, ExponentialAndLogarithmAreRightToAFewUnitsInTheLastPlace) {
    EXPECT_LT(worst_error(-86.9, 87.9, exp, [](double x) { return std::exp(x); }), 4e-7);
    EXPECT_LT(worst_error(1e-6, 0.9, log, [](double x) { return std::log(x); }), 4e-7);
    EXPECT_LT(worst_error(1.1, 1e6, log, [](double x) { return std::log(x); }), 4e-7);
}

TEST(FastMath, TanhIsRightToAFewUnitsInTheLastPlaceAndNeverAboveOne) {
    for (const double reach : {1e-20, 1e-3, 0.5, 12.0}) {
        SCOPED_TRACE(reach);
        EXPECT_LT(worst_error(-reach, reach, tanh, [](double x) { return std::tanh(x); }), 4e-7);
    }
    for (float x = 0.0F; x < 100.0F; x += 1e-3F) {
        ASSERT_LE(tanh(x), 1.0F) << x;
        ASSERT_EQ(tanh(-x), -tanh(x)) << x;
    }
    EXPECT_EQ(tanh(std::numeric_limits<float>::infinity()), 1.0F);
    EXPECT_TRUE(std::isnan(tanh(std::numeric_limits<float>::quiet_NaN())));
}

TEST(FastMath, SineAndCosineOfATurnAreRight) {
    for (float turn = 0.0F; turn < 1.0F; turn += 1e-4F) {
        float sine = 0.0F;
        float cosine = 0.0F;
        sincos_turn(turn, sine, cosine);
        const double angle = 2.0 * std::numbers::pi * turn;
        ASSERT_NEAR(sine, std::sin(angle), 5e-7) << turn;
        ASSERT_NEAR(cosine, std::cos(angle), 5e-7) << turn;
    }
}

}  // namespace
}  // namespace elbow::fast
