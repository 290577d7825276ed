#pragma once

// Vector registers of 16 floats, as GCC and clang have them: for products that no library has.
// Functions that are compiled for them must not be called where has_wide_registers() is false.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

// Before what is inlined into such functions.
#define ELBOW_PART_OF_WIDE inline __attribute__((always_inline))

namespace elbow::fused {

// Whether this processor has AVX-512, and the person has not kept oneDNN from using it.
bool has_wide_registers();

constexpr std::int64_t kWidth = 16;  // floats of a register

using Floats [[gnu::vector_size(4 * kWidth)]] = float;
using Tile16 = std::array<Floats, kWidth>;

// A mask of the first so many of 16.
inline std::uint16_t first_of_16(std::int64_t count) {
    return static_cast<std::uint16_t>((1U << std::clamp<std::int64_t>(count, 0, kWidth)) - 1U);
}

template <class Vector>
ELBOW_PART_OF_WIDE void load(const void* from, Vector& values) {
    std::memcpy(&values, from, sizeof values);
}
template <class Vector>
ELBOW_PART_OF_WIDE void store(const Vector& values, void* to) {
    std::memcpy(to, &values, sizeof values);
}

// Interleaves row i with row i + 8.
ELBOW_PART_OF_WIDE void interleave(const Tile16& from, Tile16& to) {
    for (std::size_t i = 0; i < kWidth / 2; ++i) {
        const Floats& a = from[i];
        const Floats& b = from[i + kWidth / 2];
        to[2 * i] =
            __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        to[2 * i + 1] = __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29,
                                                14, 30, 15, 31);
    }
}

// Four times over, that transposes 16 x 16.
ELBOW_PART_OF_WIDE void transpose_tile(Tile16& tile) {
    Tile16 other;
    interleave(tile, other);
    interleave(other, tile);
    interleave(tile, other);
    interleave(other, tile);
}

}  // namespace elbow::fused
