#include "engine/core/rng.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <numeric>

#include "engine/core/clones.h"
#include "engine/core/fast_math.h"

namespace elbow {
namespace {

constexpr std::uint32_t kMultiplier0 = 0xD2511F53;
constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85;
constexpr int kRounds = 10;

// splitmix64's finaliser: spreads every input bit over the result.
std::uint64_t mix(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

// What a value is used for keeps its draws apart from the other uses of the same stream.
enum Use : std::uint32_t { kBits = 0, kNormals = 1, kPermutation = 2, kBernoullis = 3 };

std::array<std::uint32_t, 4> counter_of(std::uint64_t block, std::uint32_t use,
                                        std::uint32_t sub = 0) {
    return {static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), use, sub};
}

// kBlocks blocks of four normals at a time, in arrays so that the compiler can use wide registers.
constexpr int kBlocks = 16;
constexpr int kBatch = 4 * kBlocks;

// words[w][b]: word w of block first_block + b.
inline __attribute__((always_inline)) void philox_batch(std::uint64_t first_block,
                                                        std::uint32_t use, std::uint32_t key0,
                                                        std::uint32_t key1,
                                                        std::uint32_t (&words)[4][kBlocks]) {
    for (int b = 0; b < kBlocks; ++b) {
        const std::uint64_t block = first_block + static_cast<std::uint64_t>(b);
        words[0][b] = static_cast<std::uint32_t>(block);
        words[1][b] = static_cast<std::uint32_t>(block >> 32);
        words[2][b] = use;
        words[3][b] = 0;
    }
    for (int round = 0; round < kRounds; ++round) {
        for (int b = 0; b < kBlocks; ++b) {
            const std::uint64_t product0 = static_cast<std::uint64_t>(kMultiplier0) * words[0][b];
            const std::uint64_t product1 = static_cast<std::uint64_t>(kMultiplier1) * words[2][b];
            words[0][b] = static_cast<std::uint32_t>(product1 >> 32) ^ words[1][b] ^ key0;
            words[1][b] = static_cast<std::uint32_t>(product1);
            words[2][b] = static_cast<std::uint32_t>(product0 >> 32) ^ words[3][b] ^ key1;
            words[3][b] = static_cast<std::uint32_t>(product0);
        }
        key0 += kWeyl0;
        key1 += kWeyl1;
    }
}

// normals [kBatch]: numbers 4 * first_block and on.
ELBOW_CLONES void normal_batch(std::uint64_t first_block, std::uint32_t key0, std::uint32_t key1,
                               float* normals) {
    alignas(64) std::uint32_t words[4][kBlocks];
    philox_batch(first_block, kNormals, key0, key1, words);
    // Box-Muller: two uniforms make two normals. The first lies in (0, 1], so that its logarithm is
    // finite.
    constexpr float kUnit = 0x1p-24f;
    for (int pair = 0; pair < 2; ++pair) {
        for (int b = 0; b < kBlocks; ++b) {
            const float u = (static_cast<float>(words[2 * pair][b] >> 8) + 1.0f) * kUnit;
            const float v = static_cast<float>(words[2 * pair + 1][b] >> 8) * kUnit;
            const float radius = std::sqrt(-2.0f * fast::log(u));
            float sine = 0.0f;
            float cosine = 0.0f;
            fast::sincos_turn(v, sine, cosine);
            normals[4 * b + 2 * pair] = radius * cosine;
            normals[4 * b + 2 * pair + 1] = radius * sine;
        }
    }
}

// Half a word a draw.
constexpr int kDraws = 8 * kBlocks;

// thresholds [kDraws] in (0, 1): numbers 8 * first_block and on.
ELBOW_CLONES void threshold_batch(std::uint64_t first_block, std::uint32_t key0, std::uint32_t key1,
                                  float* thresholds) {
    alignas(64) std::uint32_t words[4][kBlocks];
    philox_batch(first_block, kBernoullis, key0, key1, words);
    constexpr float kUnit = 0x1p-16f;
    for (int w = 0; w < 4; ++w) {
        for (int b = 0; b < kBlocks; ++b) {
            const std::uint32_t word = words[w][b];
            thresholds[2 * w * kBlocks + b] = (static_cast<float>(word >> 16) + 0.5f) * kUnit;
            thresholds[(2 * w + 1) * kBlocks + b] =
                (static_cast<float>(word & 0xFFFFU) + 0.5f) * kUnit;
        }
    }
}

ELBOW_CLONES void decide(const float* __restrict thresholds, std::size_t count,
                         float* __restrict values) {
    for (std::size_t i = 0; i < count; ++i) values[i] = thresholds[i] < values[i] ? 1.0f : 0.0f;
}

// use(thresholds, done, take) for numbers position + done and on, a piece at a time.
template <class UseThresholds>
void for_thresholds(std::uint64_t position, std::size_t count,
                    const std::array<std::uint32_t, 2>& key, const UseThresholds& use) {
    alignas(64) float thresholds[kDraws];
    std::size_t done = 0;
    while (done < count) {
        const std::uint64_t number = position + done;
        threshold_batch(number / kDraws * kBlocks, key[0], key[1], thresholds);
        const std::size_t skip = number % kDraws;
        const std::size_t take = std::min<std::size_t>(kDraws - skip, count - done);
        use(thresholds + skip, done, take);
        done += take;
    }
}

}  // namespace

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < kRounds; ++round) {
        const std::uint64_t product0 = static_cast<std::uint64_t>(kMultiplier0) * counter[0];
        const std::uint64_t product1 = static_cast<std::uint64_t>(kMultiplier1) * counter[2];
        counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(product1),
                   static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(product0)};
        key[0] += kWeyl0;
        key[1] += kWeyl1;
    }
    return counter;
}

Stream::Stream(std::uint64_t seed, std::string_view name) {
    std::uint64_t hash = mix(seed);
    for (const char c : name) hash = mix(hash ^ static_cast<unsigned char>(c));
    key_ = {static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)};
}

std::uint64_t Stream::bits(std::uint64_t position) const {
    const auto words = philox4x32(counter_of(position, kBits), key_);
    return (static_cast<std::uint64_t>(words[1]) << 32) | words[0];
}

double Stream::uniform(std::uint64_t position) const {
    return static_cast<double>(bits(position) >> 11) * 0x1p-53;
}

std::uint64_t Stream::below(std::uint64_t position, std::uint64_t bound) const {
    // The bias of the multiplication is at most bound / 2^64.
    return static_cast<std::uint64_t>((static_cast<unsigned __int128>(bits(position)) * bound) >>
                                      64);
}

void Stream::normals(std::uint64_t position, std::span<float> out) const {
    alignas(64) float batch[kBatch];
    std::size_t done = 0;
    while (done < out.size()) {
        const std::uint64_t number = position + done;
        const std::uint64_t first_block = number / kBatch * kBlocks;
        normal_batch(first_block, key_[0], key_[1], batch);
        const std::size_t skip = number % kBatch;
        const std::size_t take = std::min<std::size_t>(kBatch - skip, out.size() - done);
        std::memcpy(out.data() + done, batch + skip, take * sizeof(float));
        done += take;
    }
}

void Stream::bernoullis(std::uint64_t position, std::span<float> values) const {
    for_thresholds(position, values.size(), key_,
                   [&](const float* thresholds, std::size_t done, std::size_t take) {
                       decide(thresholds, take, values.data() + done);
                   });
}

void Stream::thresholds(std::uint64_t position, std::span<float> out) const {
    for_thresholds(position, out.size(), key_,
                   [&](const float* thresholds, std::size_t done, std::size_t take) {
                       std::memcpy(out.data() + done, thresholds, take * sizeof(float));
                   });
}

std::vector<std::uint32_t> Stream::permutation(std::uint64_t number, std::uint32_t count) const {
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    // Fisher-Yates; the fourth counter word carries the element, so permutations never share a
    // block.
    for (std::uint32_t last = count; last > 1; --last) {
        const auto words = philox4x32(counter_of(number, kPermutation, last), key_);
        const std::uint64_t word = (static_cast<std::uint64_t>(words[1]) << 32) | words[0];
        const auto chosen =
            static_cast<std::uint32_t>((static_cast<unsigned __int128>(word) * last) >> 64);
        std::swap(order[last - 1], order[chosen]);
    }
    return order;
}

}  // namespace elbow
