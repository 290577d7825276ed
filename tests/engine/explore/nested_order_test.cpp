#include "engine/explore/nested_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace elbow::explore {
namespace {

// One label has half of the images, the last one two of a thousand.
std::vector<std::uint8_t> uneven_labels(int count) {
    std::vector<std::uint8_t> labels(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const int of_thousand = i % 1000;
        labels[static_cast<std::size_t>(i)] = of_thousand < 500 ? 0 : of_thousand < 998 ? 1 : 7;
    }
    return labels;
}

TEST(NestedOrder, NamesEveryImageOnce) {
    for (const int count : {0, 1, 2, 999, 5000}) {
        for (const auto& labels : {uneven_labels(count), std::vector<std::uint8_t>()}) {
            std::vector<std::uint32_t> order = nested_order(count, labels);
            std::sort(order.begin(), order.end());
            std::vector<std::uint32_t> all(static_cast<std::size_t>(count));
            std::iota(all.begin(), all.end(), 0U);
            EXPECT_EQ(order, all);
        }
    }
}

TEST(NestedOrder, HoldsEveryLabelInItsShareInEachBeginning) {
    const auto labels = uneven_labels(20'000);
    const auto order = nested_order(20'000, labels);
    std::array<int, 8> found{};
    for (std::size_t n = 0; n < order.size(); ++n) {
        ++found[labels[order[n]]];
        const auto taken = static_cast<double>(n + 1);
        ASSERT_LE(std::abs(found[0] - 0.5 * taken), 1.5) << n;
        ASSERT_LE(std::abs(found[1] - 0.498 * taken), 1.5) << n;
        ASSERT_LE(std::abs(found[7] - 0.002 * taken), 1.5) << n;
    }
}

TEST(NestedOrder, DrawsAtRandomWithinALabel) {
    const std::vector<std::uint8_t> labels(20'000, 3);
    const auto order = nested_order(20'000, labels);
    const double mean = std::accumulate(order.begin(), order.begin() + 2000, 0.0) / 2000;
    EXPECT_NEAR(mean, 10'000, 500);
    EXPECT_EQ(order, nested_order(20'000, labels)) << "the same every time";
}

}  // namespace
}  // namespace elbow::explore
