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

// tanh x = x P(x^2) / Q(x^2), a minimax fit of relative error 2e-8 on |x| <= 9, where tanh x rounds
// to 1.
inline float tanh(float x) {
    x = x < -9.0f ? -9.0f : x;
    x = x > 9.0f ? 9.0f : x;
    const float x2 = x * x;
    float p = 1.335486808e-8f;
    p = p * x2 + 2.060932632e-5f;
    p = p * x2 + 3.495607902e-3f;
    p = p * x2 + 0.1338104437f;
    p = p * x2 + 0.99999998f;
    float q = 7.776669722e-7f;
    q = q * x2 + 3.285663472e-4f;
    q = q * x2 + 2.587706353e-2f;
    q = q * x2 + 0.4671436017f;
    q = q * x2 + 1.0f;
    const float result = x * p / q;
    return result > 1.0f ? 1.0f : result < -1.0f ? -1.0f : result;
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
