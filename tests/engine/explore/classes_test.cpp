#include "engine/explore/classes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "engine/core/rng.h"

namespace elbow::explore {
namespace {

struct Codes {
    LatentMap map;
    std::vector<std::uint8_t> labels;
};
Codes random_codes(int count, int latents, int classes) {
    const Stream stream(11, "codes");
    Codes codes;
    codes.map.size_for(count, latents);
    for (std::size_t i = 0; i < codes.map.mean.size(); ++i)
        codes.map.mean[i] = static_cast<float>(4.0 * stream.uniform(i) - 2.0);
    for (int i = 0; i < count; ++i)
        codes.labels.push_back(static_cast<std::uint8_t>(stream.below(
            1'000'000 + static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(classes))));
    return codes;
}

// By sorting all of them.
ClassVote counted(const Codes& codes, std::span<const float> z) {
    std::vector<int> order(codes.labels.size());
    std::iota(order.begin(), order.end(), 0);
    const auto squared = [&](int image) {
        double sum = 0.0;
        for (std::size_t n = 0; n < z.size(); ++n) {
            const double off =
                codes.map.mean[static_cast<std::size_t>(image) * z.size() + n] - double{z[n]};
            sum += off * off;
        }
        return sum;
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return squared(a) < squared(b); });
    order.resize(std::min(order.size(), std::size_t{kNearestCodes}));
    std::map<int, int> votes;
    for (const int image : order) ++votes[codes.labels[static_cast<std::size_t>(image)]];
    ClassVote most;
    for (const int image : order) {
        const std::uint8_t label = codes.labels[static_cast<std::size_t>(image)];
        if (votes[label] > most.votes) most = {label, static_cast<std::uint8_t>(votes[label])};
    }
    return most;
}

TEST(ClassLookup, IsTheLabelOfMostOfTheNearestCodes) {
    for (const int latents : {1, 2, 7}) {
        const Codes codes = random_codes(1300, latents, 5);
        ClassLookup lookup(codes.map, codes.labels);
        EXPECT_EQ(lookup.voters(), kNearestCodes);
        const Stream stream(3, "places");
        for (std::uint64_t i = 0; i < 40; ++i) {
            std::vector<float> z;
            z.reserve(static_cast<std::size_t>(latents));
            for (int n = 0; n < latents; ++n)
                z.push_back(static_cast<float>(
                    5.0 * stream.uniform(i * 7 + static_cast<std::uint64_t>(n)) - 2.5));
            const ClassVote found = lookup.at(z), expected = counted(codes, z);
            EXPECT_EQ(int{found.label}, int{expected.label}) << latents << ' ' << i;
            EXPECT_EQ(int{found.votes}, int{expected.votes});
        }
    }
}

TEST(ClassLookup, OnAPlaneIsTheSameAsInAllLatents) {
    const Codes codes = random_codes(900, 5, 4);
    const std::vector<float> held{0.3F, -0.2F, 0.9F, 0.0F, -1.0F};
    const std::vector<int> free{3, 1};
    ClassLookup plane(codes.map, codes.labels, free, held);
    ClassLookup all(codes.map, codes.labels);
    for (float x = -2; x <= 2; x += 0.37F) {
        for (float y = -2; y <= 2; y += 0.41F) {
            std::vector<float> z = held;
            z[3] = x;
            z[1] = y;
            const ClassVote found = plane.at(std::vector<float>{x, y}), expected = all.at(z);
            EXPECT_EQ(int{found.label}, int{expected.label});
            EXPECT_EQ(int{found.votes}, int{expected.votes});
        }
    }
}

TEST(ClassLookup, OfFewCodesAllVoteAndTheNearerClassWinsATie) {
    Codes codes;
    codes.map.size_for(4, 1);
    codes.map.mean = {0.0F, 1.0F, 2.0F, 3.0F};
    codes.labels = {7, 7, 9, 9};
    ClassLookup lookup(codes.map, codes.labels);
    EXPECT_EQ(lookup.voters(), 4);
    EXPECT_EQ(int{lookup.at(std::vector<float>{0.2F}).label}, 7);
    EXPECT_EQ(int{lookup.at(std::vector<float>{2.9F}).label}, 9);
    EXPECT_EQ(int{lookup.at(std::vector<float>{2.9F}).votes}, 2);
}

}  // namespace
}  // namespace elbow::explore
