#include "engine/core/rng.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numbers>
#include <numeric>

namespace elbow {
namespace {

using Words = std::array<std::uint32_t, 4>;

TEST(Philox, GivesTheKnownAnswersOfItsAuthors) {
    // Random123's kat_vectors, philox4x32 with 10 rounds.
    EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}),
              (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    constexpr std::uint32_t kOnes = 0xffffffff;
    EXPECT_EQ(philox4x32({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}),
              (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(
        philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
        (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Stream, NormalsReadInPiecesEqualTheWhole) {
    const Stream stream(42, "noise");
    std::vector<float> whole(1000);
    stream.normals(0, whole);
    for (const std::size_t piece : {1U, 2U, 3U, 7U, 64U, 129U}) {
        std::vector<float> pieces(1000);
        for (std::size_t begin = 0; begin < pieces.size(); begin += piece) {
            const std::size_t size = std::min(piece, pieces.size() - begin);
            stream.normals(begin, std::span(pieces).subspan(begin, size));
        }
        EXPECT_EQ(whole, pieces) << "pieces of " << piece;
    }
}

TEST(Stream, NormalsFarOutEqualThemselvesAndNothingNear) {
    const Stream stream(42, "noise");
    constexpr std::uint64_t kFar = (std::uint64_t{1} << 40) + 5;  // past what 32 bits could count
    std::vector<float> far(10);
    stream.normals(kFar, far);
    std::vector<float> wrapped(10);
    stream.normals(5, wrapped);
    EXPECT_NE(far, wrapped);
    std::vector<float> one(1);
    stream.normals(kFar + 3, one);
    EXPECT_EQ(one[0], far[3]);
}

TEST(Stream, IsAFunctionOfSeedAndName) {
    EXPECT_EQ(Stream(1, "order").bits(9), Stream(1, "order").bits(9));
    EXPECT_NE(Stream(1, "order").bits(9), Stream(2, "order").bits(9));
    EXPECT_NE(Stream(1, "order").bits(9), Stream(1, "noise").bits(9));
    EXPECT_NE(Stream(1, "order").bits(9), Stream(1, "order").bits(10));
}

double correlation(const std::vector<float>& a, const std::vector<float>& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0) / static_cast<double>(a.size());
}

TEST(Stream, NormalsOfDifferentSeedsNamesAndNeighboursAreUncorrelated) {
    constexpr std::size_t kCount = 100000;
    std::vector<float> a(kCount);
    std::vector<float> other_seed(kCount);
    std::vector<float> other_name(kCount);
    std::vector<float> next(kCount);
    Stream(1, "noise").normals(0, a);
    Stream(2, "noise").normals(0, other_seed);
    Stream(1, "order").normals(0, other_name);
    Stream(1, "noise").normals(1, next);
    const double limit = 4.0 / std::sqrt(static_cast<double>(kCount));
    EXPECT_LT(std::abs(correlation(a, other_seed)), limit);
    EXPECT_LT(std::abs(correlation(a, other_name)), limit);
    EXPECT_LT(std::abs(correlation(a, next)), limit);
}

// Largest distance between the empirical distribution and the given one (Kolmogorov-Smirnov), times
// sqrt(n).
double kolmogorov(std::vector<double> values, const std::function<double(double)>& distribution) {
    std::sort(values.begin(), values.end());
    const auto n = static_cast<double>(values.size());
    double largest = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double expected = distribution(values[i]);
        largest = std::max({largest, std::abs(expected - static_cast<double>(i) / n),
                            std::abs(expected - static_cast<double>(i + 1) / n)});
    }
    return largest * std::sqrt(n);
}

constexpr double kOnceInTenThousand =
    2.23;  // what Kolmogorov's statistic exceeds with probability 1e-4

TEST(Stream, NormalsAreStandardNormal) {
    std::vector<float> draws(200000);
    Stream(7, "noise").normals(0, draws);
    const auto n = static_cast<double>(draws.size());
    double mean = 0.0;
    double variance = 0.0;
    double fourth = 0.0;
    for (const double x : draws) {
        mean += x / n;
        variance += x * x / n;
        fourth += x * x * x * x / n;
    }
    EXPECT_NEAR(mean, 0.0, 4.0 / std::sqrt(n));
    EXPECT_NEAR(variance, 1.0, 4.0 * std::sqrt(2.0 / n));
    EXPECT_NEAR(fourth, 3.0, 4.0 * std::sqrt(96.0 / n));
    const auto normal = [](double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); };
    EXPECT_LT(kolmogorov({draws.begin(), draws.end()}, normal), kOnceInTenThousand);
}

TEST(Stream, UniformsAreUniformBelowOne) {
    const Stream stream(7, "order");
    std::vector<double> draws;
    for (std::uint64_t i = 0; i < 50000; ++i) draws.push_back(stream.uniform(i));
    EXPECT_GE(*std::min_element(draws.begin(), draws.end()), 0.0);
    EXPECT_LT(*std::max_element(draws.begin(), draws.end()), 1.0);
    EXPECT_LT(kolmogorov(draws, [](double x) { return x; }), kOnceInTenThousand);
}

TEST(Stream, NormalsAreNotMadeFromTheWordsThatBitsGives) {
    const Stream stream(7, "noise");
    for (std::uint64_t block = 0; block < 20; ++block) {
        std::vector<float> found(4);
        stream.normals(4 * block, found);
        // Box-Muller on the words of bits(), to 24 binary places each.
        const std::uint64_t word = stream.bits(block);
        const double u = (static_cast<double>((word & 0xffffffff) >> 8) + 1.0) * 0x1p-24;
        const double v = static_cast<double>(word >> 40) * 0x1p-24;
        const double reused = std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * v);
        EXPECT_GT(std::abs(found[0] - reused), 1e-5) << "block " << block;
    }
}

TEST(Stream, BelowReachesEveryValueEvenlyAndNoOther) {
    const Stream stream(7, "order");
    constexpr std::uint64_t kBound = 7;
    constexpr int kDraws = 70000;
    std::array<int, kBound> counts{};
    for (std::uint64_t i = 0; i < kDraws; ++i) {
        const std::uint64_t value = stream.below(i, kBound);
        ASSERT_LT(value, kBound);
        ++counts[value];
    }
    double chi_squared = 0.0;
    for (const int count : counts) chi_squared += std::pow(count - 10000.0, 2) / 10000.0;
    EXPECT_LT(chi_squared, 27.9);  // 6 degrees of freedom, probability 1e-4
    EXPECT_EQ(stream.below(3, 1), 0U);
}

std::vector<float> drawn(std::vector<float> probabilities, const Stream& stream,
                         std::uint64_t position) {
    stream.bernoullis(position, probabilities);
    return probabilities;
}

TEST(Bernoullis, AreTheSameInAnyPieces) {
    const Stream stream(3, "targets");
    std::vector<float> probabilities(3000);
    for (std::size_t i = 0; i < probabilities.size(); ++i)
        probabilities[i] = static_cast<float>(i % 101) / 100.0F;
    const std::vector<float> whole = drawn(probabilities, stream, 1000);
    for (const std::size_t piece : {1, 100, 127, 128, 129, 784}) {
        std::vector<float> pieces;
        for (std::size_t at = 0; at < probabilities.size(); at += piece) {
            const auto begin = probabilities.begin() + static_cast<std::ptrdiff_t>(at);
            const auto end = probabilities.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                         probabilities.size(), at + piece));
            for (const float value : drawn({begin, end}, stream, 1000 + at))
                pieces.push_back(value);
        }
        EXPECT_EQ(pieces, whole) << "pieces of " << piece;
    }
}

TEST(Bernoullis, AreOneAboveTheirThresholds) {
    const Stream stream(3, "targets");
    std::vector<float> probabilities(1000), thresholds(1000), decided;
    for (std::size_t i = 0; i < probabilities.size(); ++i)
        probabilities[i] = static_cast<float>(i) / 999.0F;
    stream.thresholds(77, thresholds);
    for (std::size_t i = 0; i < probabilities.size(); ++i)
        decided.push_back(thresholds[i] < probabilities[i] ? 1.0F : 0.0F);
    EXPECT_EQ(decided, drawn(probabilities, stream, 77));
}

TEST(Bernoullis, DifferByStreamAndPosition) {
    const std::vector<float> halves(784, 0.5F);
    const std::vector<float> first = drawn(halves, Stream(3, "targets"), 0);
    EXPECT_NE(first, drawn(halves, Stream(4, "targets"), 0));
    EXPECT_NE(first, drawn(halves, Stream(3, "other"), 0));
    EXPECT_NE(first, drawn(halves, Stream(3, "targets"), 784));
    EXPECT_NE(first, drawn(halves, Stream(3, "targets"), std::uint64_t{1} << 40));
}

TEST(Bernoullis, HaveTheirProbabilityAndKeepNoughtAndOne) {
    const Stream stream(9, "targets");
    constexpr std::size_t kCount = 1'000'000;
    for (const double p : {0.0, 0.004, 0.25, 0.5, 0.996, 1.0}) {
        double ones = 0.0;
        for (const float value :
             drawn(std::vector<float>(kCount, static_cast<float>(p)), stream, 5))
            ones += value;
        EXPECT_NEAR(ones / kCount, p, 5 * std::sqrt(p * (1.0 - p) / kCount)) << p;
    }
}

TEST(Bernoullis, AreNotCorrelated) {
    constexpr std::size_t kCount = 1'000'000;
    const auto values = drawn(std::vector<float>(kCount, 0.5F), Stream(2, "targets"), 0);
    for (const std::size_t lag : {1, 16, 28, 32, 64, 128, 784}) {
        double sum = 0.0;
        for (std::size_t i = 0; i + lag < kCount; ++i)
            sum += (2.0 * values[i] - 1.0) * (2.0 * values[i + lag] - 1.0);
        EXPECT_NEAR(sum / kCount, 0.0, 5e-3) << "lag " << lag;
    }
}

TEST(Stream, APermutationHoldsEveryIndexOnce) {
    const Stream stream(3, "order");
    for (const std::uint32_t count : {0U, 1U, 2U, 10U, 1000U}) {
        auto order = stream.permutation(5, count);
        ASSERT_EQ(order.size(), count);
        std::sort(order.begin(), order.end());
        for (std::uint32_t i = 0; i < count; ++i) EXPECT_EQ(order[i], i);
    }
}

TEST(Stream, PermutationsDifferByNumberAndRepeat) {
    const Stream stream(3, "order");
    EXPECT_EQ(stream.permutation(4, 100), stream.permutation(4, 100));
    EXPECT_NE(stream.permutation(4, 100), stream.permutation(5, 100));
}

TEST(Stream, AllPermutationsOfThreeComeEquallyOften) {
    const Stream stream(3, "order");
    std::map<std::vector<std::uint32_t>, int> counts;
    for (std::uint64_t number = 0; number < 6000; ++number) ++counts[stream.permutation(number, 3)];
    ASSERT_EQ(counts.size(), 6U);
    double chi_squared = 0.0;
    for (const auto& [order, count] : counts) chi_squared += std::pow(count - 1000.0, 2) / 1000.0;
    EXPECT_LT(chi_squared, 25.8);  // 5 degrees of freedom, probability 1e-4
}

}  // namespace
}  // namespace elbow
