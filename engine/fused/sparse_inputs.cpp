#include "engine/fused/sparse_inputs.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/clones.h"
#include "engine/fused/vectors.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace elbow::fused {
namespace {

#if defined(__x86_64__)
#define ELBOW_WIDE __attribute__((target("avx512f")))
#else
#define ELBOW_WIDE
#endif

constexpr std::int64_t kVectors = 4;  // registers that sums are kept in
constexpr std::int64_t kUnits = kVectors * kWidth;
constexpr std::int64_t kGroup = 112;             // pixels at once: their weights are 28 KiB
constexpr std::int64_t kLeastRows = 32;          // fewer are not worth the copy of the weights
constexpr std::int64_t kLeastSparsity = 3;       // at most one pixel in so many is not zero
constexpr std::uint32_t kNotListed = 1U << 31U;  // in the place of a list's length

// to[column][row] = from[row][column], of 16 x 16 at most.
ELBOW_WIDE void transpose(const float* from, std::int64_t stride, std::int64_t rows,
                          std::int64_t columns, const std::array<float*, kWidth>& to) {
    if (rows < kWidth || columns < kWidth) {
        for (std::int64_t column = 0; column < columns; ++column)
            for (std::int64_t row = 0; row < rows; ++row)
                to[static_cast<std::size_t>(column)][row] = from[row * stride + column];
        return;
    }
    Tile16 tile;
    for (std::size_t i = 0; i < kWidth; ++i)
        load(from + static_cast<std::int64_t>(i) * stride, tile[i]);
    transpose_tile(tile);
    for (std::size_t i = 0; i < kWidth; ++i) store(tile[i], to[i]);
}

constexpr std::int64_t kAhead = 4;  // lists

// Asks for the beginning of a list that is needed kAhead lists later: it may lie in another core's
// cache.
ELBOW_PART_OF_WIDE void fetch(const Listed* list) {
    for (int line = 0; line < 3; ++line) __builtin_prefetch(list + 8 * line);
}

// Lists one after another, `stride` apart.
struct Lists {
    const Listed* first;
    std::int64_t stride;
    const std::uint32_t* counts;
    std::int64_t counts_stride;
};

// all += value * row of the table
ELBOW_PART_OF_WIDE void add_row(const Listed& listed, const float* table, std::int64_t first,
                                std::array<Floats, kVectors>& all) {
    const float* row = table + (static_cast<std::int64_t>(listed.index) - first) * kUnits;
    for (std::size_t v = 0; v < kVectors; ++v) {
        Floats own;
        load(row + kWidth * v, own);
        all[v] += listed.value * own;
    }
}

// sums [count, kUnits]: of each list the sum of value * table [index, kUnits], whose first row is
// that of number `first`; added to what is there already, or in its place. Every other number of a
// list has a sum of its own, so that none waits for the one before.
ELBOW_WIDE void add_up(const Lists& lists, std::int64_t count, const float* table,
                       std::int64_t first, bool overwrite, float* sums) {
    for (std::int64_t i = 0; i < count; ++i, sums += kUnits) {
        std::array<Floats, kVectors> all{}, others{};
        if (!overwrite)
            for (std::size_t v = 0; v < kVectors; ++v) load(sums + kWidth * v, all[v]);
        const Listed* listed = lists.first + i * lists.stride;
        fetch(lists.first + std::min(i + kAhead, count - 1) * lists.stride);
        const Listed* end = listed + lists.counts[i * lists.counts_stride];
        for (; end - listed >= 2; listed += 2) {
            add_row(listed[0], table, first, all);
            add_row(listed[1], table, first, others);
        }
        if (listed != end) add_row(*listed, table, first, all);
        for (std::size_t v = 0; v < kVectors; ++v) store(all[v] + others[v], sums + kWidth * v);
    }
}

// tile [pixels, kUnits] = weights [units, pixels]^T, whose rows are d apart. With fewer units, what
// the tile held beside them stays: it is added up with the rest, and nobody takes the sums.
void copy_weights(const float* weights, std::int64_t d, std::int64_t units, std::int64_t pixels,
                  float* tile) {
    std::array<float*, kWidth> to{};
    for (std::int64_t unit = 0; unit < units; unit += kWidth) {
        for (std::int64_t pixel = 0; pixel < pixels; pixel += kWidth) {
            const std::int64_t columns = std::min(kWidth, pixels - pixel);
            for (std::int64_t i = 0; i < columns; ++i)
                to[static_cast<std::size_t>(i)] = tile + (pixel + i) * kUnits + unit;
            transpose(weights + unit * d + pixel, d, std::min(kWidth, units - unit), columns, to);
        }
    }
}

// gradient [unit, D] from pixel `first` on = tile [pixels, kUnits]^T, for each of the units.
void copy_gradient(const float* tile, std::int64_t pixels, std::span<const std::int64_t> units,
                   std::int64_t d, std::int64_t first, float* gradient) {
    std::array<float*, kWidth> to{};
    const auto count = static_cast<std::int64_t>(units.size());
    for (std::int64_t unit = 0; unit < count; unit += kWidth) {
        const std::int64_t columns = std::min(kWidth, count - unit);
        for (std::int64_t pixel = 0; pixel < pixels; pixel += kWidth) {
            for (std::int64_t i = 0; i < columns; ++i)
                to[static_cast<std::size_t>(i)] =
                    gradient + units[static_cast<std::size_t>(unit + i)] * d + first + pixel;
            transpose(tile + pixel * kUnits + unit, kUnits, std::min(kWidth, pixels - pixel),
                      columns, to);
        }
    }
}

// Lists the pixels [first, end) of an image that are not zero; returns their number.
ELBOW_WIDE std::uint32_t list_pixels_of(const float* image, std::int64_t first, std::int64_t end,
                                        Listed* list) {
    std::uint32_t count = 0;
#if defined(__x86_64__)
    // Value and number of the pixel in turn, of the first eight and of the others.
    const __m512i lower = _mm512_set_epi32(23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
    const __m512i upper = _mm512_add_epi32(lower, _mm512_set1_epi32(8));
    const __m512i numbers = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    for (std::int64_t pixel = first; pixel < end; pixel += kWidth) {
        const __m512i values = _mm512_maskz_loadu_epi32(first_of_16(end - pixel), image + pixel);
        const __mmask16 lit = _mm512_test_epi32_mask(values, _mm512_set1_epi32(0x7FFFFFFF));
        if (lit == 0) continue;  // zeros lie side by side
        const __m512i packed = _mm512_maskz_compress_epi32(lit, values);
        const __m512i pixels = _mm512_maskz_compress_epi32(
            lit, _mm512_add_epi32(numbers, _mm512_set1_epi32(static_cast<int>(pixel))));
        const int many = __builtin_popcount(lit);
        _mm512_mask_storeu_epi32(list + count, first_of_16(2 * many),
                                 _mm512_permutex2var_epi32(packed, lower, pixels));
        _mm512_mask_storeu_epi32(list + count + 8, first_of_16(2 * many - kWidth),
                                 _mm512_permutex2var_epi32(packed, upper, pixels));
        count += static_cast<std::uint32_t>(many);
    }
#else
    for (std::int64_t pixel = first; pixel < end; ++pixel) {
        if (image[pixel] == 0.0f) continue;
        list[count++] = {image[pixel], static_cast<std::uint32_t>(pixel)};
    }
#endif
    return count;
}

// How many of an image's pixels are not zero.
ELBOW_CLONES std::int32_t count_nonzero(const float* __restrict image, std::int64_t d) {
    std::int32_t count = 0;
    for (std::int64_t pixel = 0; pixel < d; ++pixel) count += image[pixel] != 0.0f ? 1 : 0;
    return count;
}

ELBOW_CLONES void note_used(const float* __restrict row, std::int64_t count,
                            std::uint8_t* __restrict used) {
    for (std::int64_t i = 0; i < count; ++i) used[i] |= static_cast<std::uint8_t>(row[i] != 0.0f);
}

// Whether each unit of a share has a gradient for any image. Half of a network's rectified units
// may be dead.
std::vector<std::uint8_t> are_used(const float* hidden_gradient, std::int64_t rows,
                                   const Share& units, std::int64_t h) {
    std::vector<std::uint8_t> used(static_cast<std::size_t>(units.size()));
    for (std::int64_t row = 0; row < rows; ++row)
        note_used(hidden_gradient + row * h + units.begin, units.size(), used.data());
    return used;
}

// tile [B, kUnits] = these columns of hidden_gradient [B, h]
void copy_columns(const float* hidden_gradient, std::int64_t rows, std::int64_t h,
                  std::span<const std::int64_t> units, float* tile) {
    for (std::int64_t row = 0; row < rows; ++row) {
        const float* from = hidden_gradient + row * h;
        float* to = tile + row * kUnits;
        for (std::size_t i = 0; i < units.size(); ++i) to[i] = from[units[i]];
    }
}

struct Scratch {
    AlignedFloats tile;  // of weights or of hidden units' gradients
    AlignedFloats sums;
};

Scratch& scratch(std::int64_t tile_rows, std::int64_t sums_rows) {
    static thread_local Scratch own;
    own.tile.resize(std::max(own.tile.size(), static_cast<std::size_t>(tile_rows * kUnits)));
    own.sums.resize(std::max(own.sums.size(), static_cast<std::size_t>(sums_rows * kUnits)));
    return own;
}

}  // namespace

bool has_sparse_products() { return has_wide_registers(); }

SparseInputs::SparseInputs(std::int64_t dimensions)
    : d_(dimensions), groups_((dimensions + kGroup - 1) / kGroup) {}

void SparseInputs::begin(std::int64_t rows) {
    rows_ = 0;
    if (!has_sparse_products() || rows < kLeastRows) return;
    if (rows > reserved_) {
        const auto size = static_cast<std::size_t>(groups_ * kGroup * rows);
        of_rows_ = std::make_unique_for_overwrite<Listed[]>(size);
        of_pixels_ = std::make_unique_for_overwrite<Listed[]>(size);
        row_counts_.resize(static_cast<std::size_t>(rows * groups_));
        pixel_counts_.resize(static_cast<std::size_t>(d_));
        reserved_ = rows;
    }
    rows_ = rows;
    std::fill_n(row_counts_.begin(), rows_ * groups_, kNotListed);
}

// One image of which more than half is not zero leaves the whole minibatch to dense products.
void SparseInputs::list_rows(const float* inputs, const Share& rows) {
    if (rows_ == 0) return;
    std::fill_n(row_counts_.begin() + rows.begin * groups_, rows.size() * groups_, kNotListed);
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
        const float* image = inputs + row * d_;
        if (2 * count_nonzero(image, d_) > d_) return;
        for (std::int64_t group = 0; group < groups_; ++group) {
            const std::int64_t first = group * kGroup;
            row_counts_[static_cast<std::size_t>(row * groups_ + group)] =
                list_pixels_of(image, first, std::min(first + kGroup, d_),
                               of_rows_.get() + row * groups_ * kGroup + first);
        }
    }
}

bool SparseInputs::is_faster() const {
    if (rows_ == 0) return false;
    const auto end = row_counts_.begin() + rows_ * groups_;
    const std::int64_t listed = std::accumulate(row_counts_.begin(), end, std::int64_t{0});
    return listed * kLeastSparsity <= rows_ * d_;
}

void SparseInputs::list_pixels(int member, int team_size) {
    if (!is_faster()) return;
    const Share pixels = share_of(d_, member, team_size);
    std::fill_n(pixel_counts_.begin() + pixels.begin, pixels.size(), 0U);
    for (std::int64_t group = pixels.begin / kGroup; group * kGroup < pixels.end; ++group) {
        for (std::int64_t row = 0; row < rows_; ++row) {
            const Listed* listed = of_rows_.get() + (row * groups_ + group) * kGroup;
            fetch(of_rows_.get() + (std::min(row + kAhead, rows_ - 1) * groups_ + group) * kGroup);
            const Listed* end =
                listed + row_counts_[static_cast<std::size_t>(row * groups_ + group)];
            for (; listed != end; ++listed) {
                if (listed->index < pixels.begin || listed->index >= pixels.end) continue;
                std::uint32_t& count = pixel_counts_[listed->index];
                of_pixels_[static_cast<std::size_t>(listed->index * reserved_ + count)] = {
                    listed->value, static_cast<std::uint32_t>(row)};
                ++count;
            }
        }
    }
}

void SparseInputs::multiply(const float* weights, const Share& rows, const Share& units,
                            std::int64_t h, float* hidden) const {
    Scratch& own = scratch(kGroup, rows.size());
    for (std::int64_t unit = units.begin; unit < units.end; unit += kUnits) {
        const std::int64_t count = std::min(kUnits, units.end - unit);
        for (std::int64_t group = 0; group < groups_; ++group) {
            const std::int64_t first = group * kGroup;
            copy_weights(weights + unit * d_ + first, d_, count, std::min(kGroup, d_ - first),
                         own.tile.data());
            const Lists lists{of_rows_.get() + rows.begin * groups_ * kGroup + first,
                              groups_ * kGroup, row_counts_.data() + rows.begin * groups_ + group,
                              groups_};
            add_up(lists, rows.size(), own.tile.data(), first, group == 0, own.sums.data());
        }
        for (std::int64_t row = 0; row < rows.size(); ++row)
            std::copy_n(own.sums.data() + row * kUnits, count,
                        hidden + (rows.begin + row) * h + unit);
    }
}

void SparseInputs::weight_gradient(const float* hidden_gradient, const Share& units, std::int64_t h,
                                   float* gradient) const {
    const std::vector<std::uint8_t> is_used = are_used(hidden_gradient, rows_, units, h);
    std::vector<std::int64_t> used;
    used.reserve(is_used.size());
    for (std::int64_t unit = units.begin; unit < units.end; ++unit) {
        if (is_used[static_cast<std::size_t>(unit - units.begin)] != 0)
            used.push_back(unit);
        else
            std::fill_n(gradient + unit * d_, d_, 0.0f);
    }
    Scratch& own = scratch(rows_, kGroup);
    for (std::size_t unit = 0; unit < used.size(); unit += kUnits) {
        const auto some =
            std::span(used).subspan(unit, std::min<std::size_t>(kUnits, used.size() - unit));
        copy_columns(hidden_gradient, rows_, h, some, own.tile.data());
        for (std::int64_t first = 0; first < d_; first += kGroup) {
            const std::int64_t pixels = std::min(kGroup, d_ - first);
            const Lists lists{of_pixels_.get() + first * reserved_, reserved_,
                              pixel_counts_.data() + first, 1};
            add_up(lists, pixels, own.tile.data(), 0, true, own.sums.data());
            copy_gradient(own.sums.data(), pixels, some, d_, first, gradient);
        }
    }
}

}  // namespace elbow::fused

#undef ELBOW_WIDE
