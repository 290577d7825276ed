#pragma once

// Numbers of 16 bits (IEEE 754 binary16), half the size of a float, for files that are handed
// round. Pure functions.

#include <bit>
#include <cmath>
#include <cstdint>

namespace elbow {

inline constexpr float kMostFloat16 = 65504.0F;  // the largest finite one
inline constexpr int kFloat16Steps = 24;         // the smallest above 0 is 2^-24

// The nearest one, of two that are as near the even one. From 65520 on that is infinity, and NaN
// stays NaN: whoever wants finite numbers asks is_float16() first.
inline std::uint16_t float16_bits(float value) {
    constexpr std::uint32_t kInfinity = 0x7f800000U, kTooLarge = 0x477ff000U;
    constexpr std::uint32_t kSmallestNormal = 0x38800000U, kBias = 0x38000000U;
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t sign = bits >> 16U & 0x8000U;
    std::uint32_t size = bits & 0x7fffffffU;
    if (size > kInfinity) return static_cast<std::uint16_t>(sign | 0x7e00U);
    if (size >= kTooLarge) return static_cast<std::uint16_t>(sign | 0x7c00U);
    if (size < kSmallestNormal) {  // a whole number of the smallest ones, below 2^-14
        const double steps = std::ldexp(std::abs(static_cast<double>(value)), kFloat16Steps);
        return static_cast<std::uint16_t>(sign | static_cast<std::uint32_t>(std::nearbyint(steps)));
    }
    size += 0xfffU + (size >> 13U & 1U);  // 13 bits go; a carry lifts the exponent
    return static_cast<std::uint16_t>(sign | (size - kBias) >> 13U);
}

// Whether there is a finite one near it.
inline bool is_float16(float value) { return std::abs(value) < kMostFloat16 + 16.0F; }

}  // namespace elbow
