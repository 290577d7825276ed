#include "engine/explore/attributes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "engine/explore/manifold.h"
#include "tests/engine/explore/drawn_model.h"

namespace elbow::explore {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

LatentMap codes(std::vector<float> mean) {
    LatentMap map;
    map.latents = 2;
    map.count = static_cast<int>(mean.size() / 2);
    map.mean = std::move(mean);
    return map;
}

TEST(Attributes, LeadFromTheMeanCodeOfSomeImagesToThatOfOthers) {
    const LatentMap map = codes({0, 0, 2, 0, 4, 1, 4, 3, 100, 100});
    const Direction direction = direction_of(map, {"", {2, 3}, {0, 1}});
    EXPECT_THAT(direction.from, ElementsAre(1, 0));
    EXPECT_THAT(direction.step, ElementsAre(3, 2));
    EXPECT_EQ(direction.amount(direction.from), 0.0);
    EXPECT_NEAR(direction.amount(std::vector<float>{4, 2}), 1.0, 1e-12);
    EXPECT_NEAR(direction.amount(std::vector<float>{-1, 3}), 0.0, 1e-12) << "across";
    const std::vector<float> moved = direction.with_amount(std::vector<float>{-1, 3}, 2.0);
    EXPECT_THAT(moved, ElementsAre(5, 7)) << "what lies across stays";
}

TEST(Attributes, AwayFromAllOthersWhereNothingElseIsSaid) {
    const LatentMap map = codes({0, 0, 2, 2, 4, 1});
    const Direction direction = direction_of(map, {"", {2}, {}});
    EXPECT_THAT(direction.from, ElementsAre(1, 1));
    EXPECT_THAT(direction.step, ElementsAre(3, 0));
}

TEST(Attributes, WhatIsNowhereOrNotThereDoesNotCount) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const LatentMap map = codes({1, 1, nan, 0, 3, 3});
    EXPECT_THAT(mean_code(map, std::vector<int>{0, 1, 2, 7}), ElementsAre(2, 2));
    EXPECT_THAT(mean_code(map, std::vector<int>{1}), IsEmpty());
    EXPECT_THAT(direction_of(map, {"", {1}, {0}}).step, IsEmpty());
    EXPECT_THAT(direction_of(map, {"", {0}, {0}}).step, IsEmpty()) << "both have one mean";
    EXPECT_THAT(direction_of(map, {"", {0, 1, 2}, {}}).step, IsEmpty()) << "there are no others";
}

// Of a decoder that is linear, an attribute adds the difference of the mean images, whatever image
// it is added to.
TEST(Attributes, AreExactWhereTheDecoderIsLinear) {
    test::DrawnModel model(2, 3, [](std::span<const float> z, std::span<float> x) {
        x[0] = 0.5F + 0.25F * z[0];
        x[1] = 0.5F - 0.125F * z[1];
        x[2] = 0.5F + 0.125F * z[0] + 0.5F * z[1];
    });
    const auto image = [&](std::span<const float> z) {
        std::vector<float> x(3);
        decode_means(model, {}, z, 0, x);
        return x;
    };
    const LatentMap map = codes({0, 0, 1, 1, 0.5F, -0.5F, 1, 0.25F});
    const Direction direction = direction_of(map, {"", {1, 3}, {0, 2}});
    const std::vector<float> without = image(direction.from);
    const std::vector<float> with = image(mean_code(map, std::vector<int>{1, 3}));
    const std::vector<float> z{0.25F, 0.75F};
    const std::vector<float> before = image(z);
    const std::vector<float> after = image(direction.with_amount(z, direction.amount(z) + 1.0));
    for (std::size_t d = 0; d < 3; ++d)
        EXPECT_NEAR(after[d] - before[d], with[d] - without[d], 1e-6);
    const std::vector<float> a{0, 0}, b{1, 0.5F};
    const std::vector<float> d = image(analogous(a, b, z));
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_NEAR(d[i] - before[i], image(b)[i] - image(a)[i], 1e-6);
}

}  // namespace
}  // namespace elbow::explore
