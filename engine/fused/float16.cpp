#include "engine/fused/float16.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/error.h"
#include "engine/fused/vectors.h"

// No library has these products: oneDNN 2.6 has none in float16, and later versions make floats of
// the factors first.
#if defined(__x86_64__) && (__clang_major__ >= 18 || (!defined(__clang__) && __GNUC__ >= 12))
#define ELBOW_HAS_FLOAT16
#define ELBOW_WIDE __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512fp16")))
#include <immintrin.h>
#endif

namespace elbow::fused {

#if defined(ELBOW_HAS_FLOAT16)
namespace {

constexpr std::int64_t kHalvesWidth = 2 * kWidth;  // halves of a register
constexpr std::int64_t kPanel = 2 * kHalvesWidth;  // columns of C at once
constexpr std::int64_t kPanelVectors = kPanel / kWidth;
constexpr std::int64_t kMostRows = 12;       // of C at once: as many sums as registers can hold
constexpr std::int64_t kMostInFloat16 = 64;  // products that are added up in float16

using AlignedWords = std::vector<std::uint32_t, AlignedAllocator<std::uint32_t>>;
using AlignedHalves = std::vector<std::uint16_t, AlignedAllocator<std::uint16_t>>;

std::int64_t rounded_up(std::int64_t count, std::int64_t to) { return (count + to - 1) / to * to; }

// A power of two that brings numbers of this magnitude to between 1 and 4, but for those close to
// the smallest floats; 1 for zero, infinity and what is no number.
float scale_for(float most) {
    constexpr std::uint32_t kExponentBits = 0x7F800000U, kOne = 0x3F800000U;
    const std::uint32_t exponent = std::bit_cast<std::uint32_t>(most) & kExponentBits;
    if (exponent == 0 || exponent == kExponentBits) return 1.0f;
    return std::bit_cast<float>(std::max(2 * kOne - exponent, 1U << 23U));
}

// The same for a column of B, which may stay as it is in nearly all cases.
float column_scale_for(float most) {
    return most >= 1.0f / 1024 && most <= 64.0f ? 1.0f : scale_for(most);
}

// As many of 16 as there are, and zeros.
ELBOW_WIDE inline void load_some(const float* from, std::int64_t count, Floats& values) {
    values = _mm512_maskz_loadu_ps(first_of_16(count), from);
}

ELBOW_WIDE inline void take_largest(const Floats& values, Floats& most) {
    most = _mm512_max_ps(most, _mm512_abs_ps(values));
}

// Its rounding mode is that of the processor: to the nearest.
ELBOW_WIDE inline __m256i rounded(const Floats& values) {
    return _mm512_cvtps_ph(values, _MM_FROUND_CUR_DIRECTION);
}

// A, each number twice, so that a pair of them is loaded into all lanes by one instruction.
struct Pairs {
    AlignedWords words;     // as A lies in memory, transposed or not
    std::int64_t step = 0;  // from one of its rows to the next
    AlignedFloats scales;   // [m], powers of two
};

ELBOW_WIDE inline void store_pairs(const Floats& values, std::uint32_t* to) {
    const __m512i words = _mm512_cvtepu16_epi32(rounded(values));
    store(_mm512_or_si512(words, _mm512_slli_epi32(words, 16)), to);
}

ELBOW_WIDE float largest_of_row(const float* row, std::int64_t count) {
    Floats most{}, values;
    for (std::int64_t i = 0; i < count; i += kWidth) {
        load_some(row + i, count - i, values);
        take_largest(values, most);
    }
    float largest = 0.0f;
    for (std::int64_t i = 0; i < kWidth; ++i) largest = std::max(largest, most[i]);
    return largest;
}

// A [m, k]
ELBOW_WIDE void take_rows(const float* a, std::int64_t lda, std::int64_t m, std::int64_t k,
                          Pairs& pairs) {
    pairs.step = rounded_up(k, kWidth);
    pairs.words.resize(static_cast<std::size_t>(m * pairs.step));
    Floats values;
    for (std::int64_t i = 0; i < m; ++i) {
        const float scale = scale_for(largest_of_row(a + i * lda, k));
        pairs.scales[static_cast<std::size_t>(i)] = scale;
        for (std::int64_t q = 0; q < k; q += kWidth) {
            load_some(a + i * lda + q, k - q, values);
            store_pairs(values * scale, pairs.words.data() + i * pairs.step + q);
        }
    }
}

// A [k, m], transposed
ELBOW_WIDE void take_columns(const float* a, std::int64_t lda, std::int64_t m, std::int64_t k,
                             Pairs& pairs) {
    pairs.step = rounded_up(m, kWidth);
    pairs.words.resize(static_cast<std::size_t>(k * pairs.step));
    Floats values, scales;
    for (std::int64_t i = 0; i < m; i += kWidth) {
        Floats most{};
        for (std::int64_t q = 0; q < k; ++q) {
            load_some(a + q * lda + i, m - i, values);
            take_largest(values, most);
        }
        for (std::int64_t lane = 0; lane < kWidth; ++lane) scales[lane] = scale_for(most[lane]);
        store(scales, pairs.scales.data() + i);
        for (std::int64_t q = 0; q < k; ++q) {
            load_some(a + q * lda + i, m - i, values);
            store_pairs(values * scales, pairs.words.data() + q * pairs.step + i);
        }
    }
}

// B in panels [k, kPanel] of its columns. Where there are fewer, what lies beside them is added up
// with the rest, and nobody takes the sums.
struct Panels {
    AlignedHalves halves;
    AlignedFloats scales, unscales;  // [n]: powers of two, and one over them
    AlignedFloats largest;           // [n]
};

// Where 16 numbers of a row from column `first` on are.
ELBOW_PART_OF_WIDE std::uint16_t* place(Panels& panels, std::int64_t k, std::int64_t row,
                                        std::int64_t first) {
    return panels.halves.data() + first / kPanel * kPanel * k + row * kPanel + first % kPanel;
}

// B [k, n]. Unscaled, to see the largest of each column, or scaled.
template <bool kScaled>
ELBOW_WIDE void copy_whole_rows(const float* b, std::int64_t ldb, std::int64_t k, std::int64_t n,
                                Panels& panels) {
    Floats values, of_columns;
    for (std::int64_t row = 0; row < k; ++row, b += ldb) {
        for (std::int64_t first = 0; first < n; first += kWidth) {
            load_some(b + first, n - first, values);
            load((kScaled ? panels.scales : panels.largest).data() + first, of_columns);
            if (kScaled) {
                values *= of_columns;
            } else {
                take_largest(values, of_columns);
                store(of_columns, panels.largest.data() + first);
            }
            store(rounded(values), place(panels, k, row, first));
        }
    }
}

// B [n, k], transposed
template <bool kScaled>
ELBOW_WIDE void copy_transposed(const float* b, std::int64_t ldb, std::int64_t k, std::int64_t n,
                                Panels& panels) {
    Tile16 tile;
    Floats scales;
    for (std::int64_t first = 0; first < n; first += kWidth, b += kWidth * ldb) {
        const std::int64_t last = std::min(kWidth, n - first) - 1;
        load(panels.scales.data() + first, scales);
        Floats largest{};
        for (std::int64_t row = 0; row < k; row += kWidth) {
#pragma GCC unroll 16
            for (std::int64_t i = 0; i < kWidth; ++i) {
                const float* from = b + std::min(i, last) * ldb + row;
                load_some(from, k - row, tile[static_cast<std::size_t>(i)]);
            }
            transpose_tile(tile);
            for (std::int64_t i = 0; i < std::min(kWidth, k - row); ++i) {
                Floats& values = tile[static_cast<std::size_t>(i)];
                if (kScaled)
                    values *= scales;
                else
                    take_largest(values, largest);
                store(rounded(values), place(panels, k, row + i, first));
            }
        }
        if (!kScaled) store(largest, panels.largest.data() + first);
    }
}

// Copies B, and once more where a column has to be scaled.
void take_panels(bool transposed, const float* b, std::int64_t ldb, std::int64_t k, std::int64_t n,
                 Panels& panels) {
    const auto columns = static_cast<std::size_t>(rounded_up(n, kPanel));
    panels.halves.resize(static_cast<std::size_t>(k) * columns);
    panels.scales.resize(columns);
    panels.unscales.resize(columns);
    panels.largest.assign(columns, 0.0f);
    (transposed ? copy_transposed<false> : copy_whole_rows<false>)(b, ldb, k, n, panels);
    bool scaled = false;
    for (std::size_t i = 0; i < columns; ++i) {
        const float scale = column_scale_for(panels.largest[i]);
        panels.scales[i] = scale;
        panels.unscales[i] = 1.0f / scale;
        scaled = scaled || scale != 1.0f;
    }
    if (scaled) (transposed ? copy_transposed<true> : copy_whole_rows<true>)(b, ldb, k, n, panels);
}

using Sums = std::array<Floats, kMostRows * kPanelVectors>;  // [rows, kPanel]

// sum = halves, or sum += halves
ELBOW_WIDE inline void add_halves(const __m512h& halves, bool first, Floats* sum) {
    const __m512i bits = _mm512_castph_si512(halves);
    __m512 left = _mm512_cvtph_ps(_mm512_castsi512_si256(bits));
    __m512 right = _mm512_cvtph_ps(_mm512_extracti64x4_epi64(bits, 1));
    if (!first) {
        left += sum[0];
        right += sum[1];
    }
    sum[0] = left;
    sum[1] = right;
}

// sums = the rows of A times the panel, in pieces of so many products.
template <std::int64_t kRows, bool kTransposed>
ELBOW_WIDE void multiply_rows(const std::uint32_t* a, std::int64_t step, const std::uint16_t* panel,
                              std::int64_t k, std::int64_t piece, Sums& sums) {
    for (std::int64_t begin = 0; begin < k; begin += piece) {
        __m512h left[kRows], right[kRows];
#pragma GCC unroll 12
        for (std::int64_t i = 0; i < kRows; ++i) left[i] = right[i] = _mm512_setzero_ph();
        const std::int64_t end = std::min(begin + piece, k);
        for (std::int64_t q = begin; q < end; ++q) {
            const __m512h b_left = _mm512_load_ph(panel + q * kPanel);
            const __m512h b_right = _mm512_load_ph(panel + q * kPanel + kHalvesWidth);
#pragma GCC unroll 12
            for (std::int64_t i = 0; i < kRows; ++i) {
                const std::uint32_t pair = kTransposed ? a[q * step + i] : a[i * step + q];
                const __m512h factor =
                    _mm512_castsi512_ph(_mm512_set1_epi32(static_cast<int>(pair)));
                left[i] = _mm512_fmadd_ph(factor, b_left, left[i]);
                right[i] = _mm512_fmadd_ph(factor, b_right, right[i]);
            }
        }
#pragma GCC unroll 12
        for (std::int64_t i = 0; i < kRows; ++i) {
            Floats* sum = sums.data() + i * kPanelVectors;
            add_halves(left[i], begin == 0, sum);
            add_halves(right[i], begin == 0, sum + 2);
        }
    }
}

using Multiply = void (*)(const std::uint32_t*, std::int64_t, const std::uint16_t*, std::int64_t,
                          std::int64_t, Sums&);
using ByRows = std::array<Multiply, kMostRows>;  // by the number of rows less one

template <bool kTransposed, std::size_t... kCounts>
constexpr ByRows one_for_each(std::index_sequence<kCounts...>) {
    return {multiply_rows<kCounts + 1, kTransposed>...};
}

template <bool kTransposed>
const ByRows& multiply_by_rows() {
    static constexpr ByRows kAll =
        one_for_each<kTransposed>(std::make_index_sequence<static_cast<std::size_t>(kMostRows)>());
    return kAll;
}

// c [rows, columns] = sums without the scales.
ELBOW_WIDE void take_sums(const Sums& sums, const float* row_scales, const float* unscales,
                          std::int64_t rows, std::int64_t columns, float* c, std::int64_t ldc) {
    const Floats* sum = sums.data();
    for (std::int64_t i = 0; i < rows; ++i, c += ldc, sum += kPanelVectors) {
        const float row_unscale = 1.0f / row_scales[i];
        for (std::int64_t v = 0; v * kWidth < columns; ++v) {
            Floats unscale;
            load(unscales + v * kWidth, unscale);
            const Floats values = sum[v] * row_unscale * unscale;
            _mm512_mask_storeu_ps(c + v * kWidth, first_of_16(columns - v * kWidth), values);
        }
    }
}

struct Factors {
    Pairs a;
    Panels b;
};

}  // namespace

bool has_float16_products() {
    __builtin_cpu_init();
    return has_wide_registers() && __builtin_cpu_supports("avx512fp16") != 0;
}

void multiply_float16(char transpose_a, char transpose_b, std::int64_t m, std::int64_t n,
                      std::int64_t k, const float* a, std::int64_t lda, const float* b,
                      std::int64_t ldb, float* c, std::int64_t ldc) {
    static thread_local Factors own;
    const bool a_transposed = transpose_a == 'T';
    own.a.scales.resize(static_cast<std::size_t>(rounded_up(m, kWidth)));
    if (a_transposed)
        take_columns(a, lda, m, k, own.a);
    else
        take_rows(a, lda, m, k, own.a);
    take_panels(transpose_b == 'T', b, ldb, k, n, own.b);
    const auto pieces = (k + kMostInFloat16 - 1) / kMostInFloat16;
    const auto tiles = (m + kMostRows - 1) / kMostRows;
    const ByRows& by_rows = a_transposed ? multiply_by_rows<true>() : multiply_by_rows<false>();
    Sums sums;
    for (std::int64_t tile = 0; tile < tiles; ++tile) {
        const std::int64_t row = m * tile / tiles;
        const std::int64_t rows = m * (tile + 1) / tiles - row;
        for (std::int64_t first = 0; first < n; first += kPanel) {
            by_rows[static_cast<std::size_t>(rows - 1)](
                own.a.words.data() + (a_transposed ? row : row * own.a.step), own.a.step,
                own.b.halves.data() + first * k, k, (k + pieces - 1) / pieces, sums);
            take_sums(sums, own.a.scales.data() + row, own.b.unscales.data() + first, rows,
                      std::min(kPanel, n - first), c + row * ldc + first, ldc);
        }
    }
}

#else

bool has_float16_products() { return false; }

void multiply_float16(char, char, std::int64_t, std::int64_t, std::int64_t, const float*,
                      std::int64_t, const float*, std::int64_t, float*, std::int64_t) {
    throw Error("This program was built without products in float16. Use --gradients fused.");
}

#endif

}  // namespace elbow::fused

#undef ELBOW_WIDE
