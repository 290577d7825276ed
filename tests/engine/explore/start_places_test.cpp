// Where the dot, A and B begin: apart, on the data, however wide the codes are.

#include "engine/explore/start_places.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace elbow::explore {
namespace {

constexpr int kImages = 400;

// A cloud around `middle` with a deviation along each latent; ten labels in turn.
struct CodesOf {
    LatentMap map;
    std::vector<std::uint8_t> labels;
    CodesOf(std::vector<double> middle, std::vector<double> deviation) {
        std::mt19937 random(7);
        std::normal_distribution<double> normal;
        map.latents = static_cast<int>(middle.size());
        map.count = kImages;
        for (int i = 0; i < kImages; ++i) {
            labels.push_back(static_cast<std::uint8_t>(i % 10));
            for (std::size_t n = 0; n < middle.size(); ++n)
                map.mean.push_back(static_cast<float>(middle[n] + deviation[n] * normal(random)));
        }
    }
    double apart(int a, int b, std::vector<double> deviation) const {
        return std::hypot((code_of(map, a)[0] - code_of(map, b)[0]) / deviation[0],
                          (code_of(map, a)[1] - code_of(map, b)[1]) / deviation[1]);
    }
};

TEST(PathImages, LieApartInCloudsOfAnyWidthAndHaveDifferentLabels) {
    for (const double width : {1e-3, 1.0, 50.0, 1e5}) {
        SCOPED_TRACE(width);
        const std::vector<double> deviation{width, 3 * width};
        const CodesOf codes({10 * width, -width}, deviation);
        const std::vector<float> dot = middle_of_codes(codes.map, {});
        const auto found = path_images(codes.map, codes.labels, {}, {0, 1}, dot, {});
        ASSERT_TRUE(found.has_value());
        EXPECT_GT(codes.apart(found->a, found->b, deviation), 1.5);
        EXPECT_NE(codes.labels[static_cast<std::size_t>(found->a)],
                  codes.labels[static_cast<std::size_t>(found->b)]);
        for (const int image : {found->a, found->b}) {
            EXPECT_GT(std::hypot((code_of(codes.map, image)[0] - dot[0]) / deviation[0],
                                 (code_of(codes.map, image)[1] - dot[1]) / deviation[1]),
                      0.6);
        }
    }
}

TEST(PathImages, KeepAwayFromTheDotWhereverItIs) {
    const CodesOf codes({0, 0}, {1, 1});
    const std::vector<float> dot{-1.2f, -0.8f};  // where A would be
    const auto found = path_images(codes.map, codes.labels, {}, {0, 1}, dot, {});
    ASSERT_TRUE(found.has_value());
    for (const int image : {found->a, found->b})
        EXPECT_GT(std::hypot(code_of(codes.map, image)[0] - dot[0],
                             code_of(codes.map, image)[1] - dot[1]),
                  0.6);
}

TEST(PathImages, StayUnderADotThatIsNotHeeded) {
    const CodesOf codes({0, 0}, {1, 1});
    const std::vector<float> middle(2, 0.0f);
    const auto first = path_images(codes.map, codes.labels, {}, {0, 1}, middle, {});
    ASSERT_TRUE(first.has_value());
    const auto on_a = code_of(codes.map, first->a);
    EXPECT_NE(path_images(codes.map, codes.labels, {}, {0, 1}, on_a, first), first);
    EXPECT_EQ(path_images(codes.map, codes.labels, {}, {0, 1}, {}, first), first);
}

TEST(PathImages, StayWhileTheyAreApart) {
    CodesOf codes({0, 0}, {1, 1});
    const std::vector<float> dot(2, 0.0f);
    const auto first = path_images(codes.map, codes.labels, {}, {0, 1}, dot, {});
    ASSERT_TRUE(first.has_value());
    for (float& value : codes.map.mean) value = 1.5f * value;  // the run has learnt
    EXPECT_EQ(path_images(codes.map, codes.labels, {}, {0, 1}, dot, first), first);
    // Now the two have come together.
    for (std::size_t n = 0; n < 2; ++n)
        codes.map.mean[2 * static_cast<std::size_t>(first->a) + n] =
            code_of(codes.map, first->b)[n];
    EXPECT_NE(path_images(codes.map, codes.labels, {}, {0, 1}, dot, first), first);
}

TEST(PathImages, AreFoundWithoutLabelsWithOneLatentAndOnAnyAxes) {
    const CodesOf one({5}, {2});
    EXPECT_TRUE(path_images(one.map, {}, {}, {0, 0}, std::vector<float>{0.0f}, {}).has_value());
    const CodesOf three({0, 0, 0}, {0.01, 1, 4});
    const auto found = path_images(three.map, {}, {}, {2, 1}, std::vector<float>(3, 0.0f), {});
    ASSERT_TRUE(found.has_value());
    EXPECT_GT(code_of(three.map, found->b)[2] - code_of(three.map, found->a)[2], 5.0f);
    const std::vector<std::uint8_t> alike(kImages, 3);
    EXPECT_TRUE(path_images(three.map, alike, {}, {2, 1}, std::vector<float>(3, 0.0f), {}));
}

TEST(PathImages, NeedTwoFiniteCodes) {
    const LatentMap nothing{2, 0, {}, {}};
    EXPECT_FALSE(path_images(nothing, {}, {}, {0, 1}, std::vector<float>(2, 0.0f), {}));
    const LatentMap one{2, 2, {1, 1, NAN, NAN}, {}};
    EXPECT_FALSE(path_images(one, {}, {}, {0, 1}, std::vector<float>(2, 0.0f), {}));
    const LatentMap heap{2, 3, {1, 1, 1, 1, 1, 1}, {}};
    EXPECT_TRUE(path_images(heap, {}, {}, {0, 1}, std::vector<float>(2, 0.0f), {}));
}

TEST(PathImages, LookAtAFairSampleOfVeryMany) {
    LatentMap map{1, 100'000, {}, {}};
    for (int i = 0; i < map.count; ++i) map.mean.push_back(i < 50'000 ? -1.0f : 1.0f);
    std::vector<std::uint32_t> order(100'000);
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = (i * 50'021U) % 100'000U;
    const auto found = path_images(map, {}, order, {0, 0}, std::vector<float>{0.0f}, {});
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(code_of(map, found->a)[0], -1.0f);
    EXPECT_EQ(code_of(map, found->b)[0], 1.0f);
}

TEST(MiddleOfCodes, IsTheMedianOfEachLatent) {
    const LatentMap map{2, 3, {1, -5, 2, NAN, 900, -7}, {}};
    const std::vector<float> middle = middle_of_codes(map, {});
    EXPECT_EQ(middle[0], 2.0f);
    EXPECT_TRUE(middle[1] == -5.0f || middle[1] == -7.0f);
    const LatentMap none{2, 1, {NAN, NAN}, {}};
    EXPECT_EQ(middle_of_codes(none, {}), std::vector<float>(2, 0.0f));
}

}  // namespace
}  // namespace elbow::explore
