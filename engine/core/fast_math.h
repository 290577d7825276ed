#pragma once

// Elementary functions in single precision without branches or library calls, so that loops over
// them vectorise. Accuracy is a few units in the last place; formulas are minimax or Taylor
// polynomials on a reduced range.

#include <bit>
#include <cmath>
#include <cstdint>

namespace elbow::fast {

// e^x; clamped to the range in which the result is finite and normal.
inline float exp(float x) {
    x = x < -87.0f ? -87.0f : x;
    x = x > 88.0f ? 88.0f : x;
    // x = n ln 2 + r, |r| <= ln 2 / 2; adding 1.5 * 2^23 rounds to the nearest whole number.
    constexpr float kRound = 12582912.0f;
    const float shifted = x * 1.44269504f + kRound;
    const float n = shifted - kRound;
    const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
    float p = 1.0f / 5040.0f;
    p = p * r + 1.0f / 720.0f;
    p = p * r + 1.0f / 120.0f;
    p = p * r + 1.0f / 24.0f;
    p = p * r + 1.0f / 6.0f;
    p = p * r + 0.5f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    const std::int32_t exponent = static_cast<std::int32_t>(std::bit_cast<std::uint32_t>(shifted)) -
                                  static_cast<std::int32_t>(std::bit_cast<std::uint32_t>(kRound));
    return p * std::bit_cast<float>((exponent + 127) << 23);
}

// ln x for normal x > 0.
inline float log(float x) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
    // x = m 2^e with m in [sqrt(1/2), sqrt(2)).
    const std::int32_t e = static_cast<std::int32_t>(bits - 0x3F3504F3U) >> 23;
    const float m = std::bit_cast<float>(bits - (static_cast<std::uint32_t>(e) << 23));
    // ln m = 2 artanh(s), s = (m - 1) / (m + 1), |s| < 0.172.
    const float s = (m - 1.0f) / (m + 1.0f);
    const float s2 = s * s;
    float p = 2.0f / 9.0f;
    p = p * s2 + 2.0f / 7.0f;
    p = p * s2 + 2.0f / 5.0f;
    p = p * s2 + 2.0f / 3.0f;
    p = p * s2 * s + 2.0f * s;
    return p + static_cast<float>(e) * 0.693147181f;
}

// ln(1 + u) for u in [0, 1], accurate for small u, too.
inline float log1p_unit(float u) {
    // 2 artanh(u / (2 + u)); the argument is at most 1/3.
    const float s = u / (2.0f + u);
    const float s2 = s * s;
    float p = 2.0f / 15.0f;
    p = p * s2 + 2.0f / 13.0f;
    p = p * s2 + 2.0f / 11.0f;
    p = p * s2 + 2.0f / 9.0f;
    p = p * s2 + 2.0f / 7.0f;
    p = p * s2 + 2.0f / 5.0f;
    p = p * s2 + 2.0f / 3.0f;
    return p * s2 * s + 2.0f * s;
}

// tanh x = (1 - u) / (1 + u), u = e^(-2|x|), with the series near zero where that would cancel.
inline float tanh(float x) {
    const float magnitude = x < 0.0f ? -x : x;
    const float u = exp(-2.0f * magnitude);
    const float far = (1.0f - u) / (1.0f + u);
    const float x2 = x * x;
    const float near =
        magnitude *
        (1.0f + x2 * (-1.0f / 3.0f +
                      x2 * (2.0f / 15.0f + x2 * (-17.0f / 315.0f + x2 * (62.0f / 2835.0f)))));
    return std::copysign(magnitude < 0.25f ? near : far, x);
}

// sine and cosine of 2 pi v, v in [0, 1).
inline void sincos_turn(float v, float& sine, float& cosine) {
    // Quarter turns q and a rest in [-1/8, 1/8] of a turn.
    constexpr float kRound = 12582912.0f;
    const float shifted = 4.0f * v + kRound;
    const float q = shifted - kRound;
    const float r = (v - 0.25f * q) * 6.28318531f;
    const float r2 = r * r;
    float s = -1.0f / 5040.0f;
    s = s * r2 + 1.0f / 120.0f;
    s = s * r2 - 1.0f / 6.0f;
    s = s * r2 * r + r;
    float c = 1.0f / 40320.0f;
    c = c * r2 - 1.0f / 720.0f;
    c = c * r2 + 1.0f / 24.0f;
    c = c * r2 - 0.5f;
    c = c * r2 + 1.0f;
    const std::uint32_t quarter = std::bit_cast<std::uint32_t>(shifted) & 3U;
    const bool swapped = (quarter & 1U) != 0;
    const float sine_magnitude = swapped ? c : s;
    const float cosine_magnitude = swapped ? s : c;
    sine = (quarter & 2U) != 0 ? -sine_magnitude : sine_magnitude;
    cosine = ((quarter + 1U) & 2U) != 0 ? -cosine_magnitude : cosine_magnitude;
}

}  // namespace elbow::fast
