#include "engine/core/float16.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace elbow {
namespace {

// What the bits stand for, by the definition.
double value_of_bits(std::uint16_t bits) {
    const int exponent = bits >> 10U & 0x1fU, fraction = bits & 0x3ffU;
    const double size =
        exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
    return (bits & 0x8000U) != 0 ? -size : size;
}

TEST(Float16, EveryFiniteOneStaysItself) {
    for (std::uint32_t bits = 0; bits <= 0xffffU; ++bits) {
        if ((bits & 0x7c00U) == 0x7c00U) continue;  // infinity and NaN
        const auto exact = static_cast<std::uint16_t>(bits);
        ASSERT_EQ(float16_bits(static_cast<float>(value_of_bits(exact))), exact) << bits;
    }
}

TEST(Float16, WhatLiesBetweenTwoGoesToTheNearerAndTheMiddleToTheEvenOne) {
    for (std::uint16_t below = 0; below < 0x7bffU; ++below) {  // subnormal ones, too
        const auto above = static_cast<std::uint16_t>(below + 1);
        const auto middle = static_cast<float>(0.5 * (value_of_bits(below) + value_of_bits(above)));
        const float low = std::nextafter(middle, 0.0F), high = std::nextafter(middle, 1e6F);
        ASSERT_EQ(float16_bits(low), below);
        ASSERT_EQ(float16_bits(high), above);
        ASSERT_EQ(float16_bits(middle), below % 2 == 0 ? below : above);
        ASSERT_EQ(float16_bits(-high), above | 0x8000U);
    }
}

TEST(Float16, WhatIsTooLargeIsInfiniteAndToldApart) {
    constexpr float kInfinity = std::numeric_limits<float>::infinity();
    EXPECT_EQ(float16_bits(kMostFloat16), 0x7bffU);
    EXPECT_EQ(float16_bits(std::nextafter(65520.0F, 0.0F)), 0x7bffU);
    EXPECT_TRUE(is_float16(std::nextafter(65520.0F, 0.0F)));
    for (const float large : {65520.0F, 1e30F, kInfinity}) {
        EXPECT_EQ(float16_bits(large), 0x7c00U);
        EXPECT_EQ(float16_bits(-large), 0xfc00U);
        EXPECT_FALSE(is_float16(-large));
    }
    const float no_number = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(float16_bits(no_number) & 0x7fffU, 0x7e00U);
    EXPECT_FALSE(is_float16(no_number));
    EXPECT_EQ(float16_bits(std::numeric_limits<float>::denorm_min()), 0U);
    EXPECT_EQ(float16_bits(-0.0F), 0x8000U);
}

}  // namespace
}  // namespace elbow
