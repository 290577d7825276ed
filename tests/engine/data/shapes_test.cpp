#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "engine/data/datasets.h"

namespace elbow::data {
namespace {

// Drawn once for all tests of this file; drawing is what they are about, so nothing is read from
// disk.
class Shapes : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        Progress progress;
        drawn = load_dataset("shapes", {}, progress);
    }
    static void TearDownTestSuite() { drawn.reset(); }

    static const Factor& factor(const std::string& start) {
        for (const Factor& one : drawn->factors) {
            if (one.name.rfind(start, 0) == 0) return one;
        }
        throw Error("no factor " + start);
    }
    static double mass(int index) {
        const auto image = drawn->image(drawn->train, index);
        return std::accumulate(image.begin(), image.end(), 0.0) / 255.0;
    }
    static std::shared_ptr<const Dataset> drawn;
};
std::shared_ptr<const Dataset> Shapes::drawn;

TEST_F(Shapes, HaveConsistentSizes) {
    EXPECT_EQ(drawn->dimensions(), 28 * 28);
    for (const ImageSet* set : {&drawn->train, &drawn->held_out}) {
        EXPECT_EQ(set->pixels.size(), static_cast<std::size_t>(set->count) * 784);
        EXPECT_EQ(set->labels.size(), static_cast<std::size_t>(set->count));
    }
    ASSERT_EQ(drawn->factors.size(), 5U);
    for (const Factor& one : drawn->factors) {
        EXPECT_EQ(one.train.size(), static_cast<std::size_t>(drawn->train.count));
        EXPECT_EQ(one.held_out.size(), static_cast<std::size_t>(drawn->held_out.count));
    }
    EXPECT_THAT(drawn->note, ::testing::HasSubstr("drawn in code"));
}

TEST_F(Shapes, AreTheSameEveryTime) {
    Progress progress;
    const auto again = load_dataset("shapes", {}, progress);
    EXPECT_EQ(again->train.pixels, drawn->train.pixels);
    EXPECT_EQ(again->held_out.pixels, drawn->held_out.pixels);
    EXPECT_EQ(again->train.labels, drawn->train.labels);
}

TEST_F(Shapes, ShowEveryKindAboutEquallyOften) {
    ASSERT_EQ(drawn->class_names.size(), 4U);
    for (int kind = 0; kind < 4; ++kind) {
        const auto count = std::count(drawn->train.labels.begin(), drawn->train.labels.end(), kind);
        EXPECT_NEAR(static_cast<double>(count) / drawn->train.count, 0.25, 0.02);
    }
}

TEST_F(Shapes, CarryTheirKindAsLabelAndFactor) {
    for (int i = 0; i < drawn->train.count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        ASSERT_EQ(factor("kind").train[at], static_cast<float>(drawn->train.labels[at]));
    }
}

TEST_F(Shapes, LieWhereTheirFactorsSay) {
    for (int i = 0; i < 500; ++i) {
        const auto image = drawn->image(drawn->train, i);
        double sum = 0.0, sum_x = 0.0, sum_y = 0.0;
        for (int pixel = 0; pixel < 784; ++pixel) {
            const double value = image[static_cast<std::size_t>(pixel)];
            sum += value;
            const int row = pixel / 28;
            sum_x += value * (pixel % 28 + 0.5);
            sum_y += value * (row + 0.5);
        }
        const auto at = static_cast<std::size_t>(i);
        EXPECT_NEAR(sum_x / sum, factor("x").train[at], 0.15) << "image " << i;
        EXPECT_NEAR(sum_y / sum, factor("y").train[at], 0.15) << "image " << i;
    }
}

TEST_F(Shapes, CoverTheAreaOfTheirSize) {
    // Areas over the square of the radius of the circle around each: pi, 2, 3 sqrt(3) / 4, 4 (2 -
    // 1/3) 0.9 / 3.
    const double area[] = {3.14159, 2.0, 1.29904, 2.0};
    for (int i = 0; i < 500; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const double size = factor("size").train[at];
        const double expected = area[drawn->train.labels[at]] * size * size;
        EXPECT_NEAR(mass(i) / expected, 1.0, 0.06)
            << "image " << i << ", a " << drawn->class_names[drawn->train.labels[at]];
    }
}

TEST_F(Shapes, TouchNoBorder) {
    for (int i = 0; i < drawn->train.count; ++i) {
        const auto image = drawn->image(drawn->train, i);
        for (std::size_t k = 0; k < 28; ++k) {
            ASSERT_LT(image[k], 140) << "image " << i;
            ASSERT_LT(image[27 * 28 + k], 140) << "image " << i;
            ASSERT_LT(image[28 * k], 140) << "image " << i;
            ASSERT_LT(image[28 * k + 27], 140) << "image " << i;
        }
    }
}

TEST_F(Shapes, HaveSmoothEdges) {
    const auto image = drawn->image(drawn->train, 0);
    EXPECT_GT(std::set<int>(image.begin(), image.end()).size(), 8U);
    EXPECT_EQ(*std::max_element(image.begin(), image.end()), 255);
}

TEST_F(Shapes, OfTheHeldOutSetAreOthers) {
    for (int i = 0; i < 20; ++i) {
        const auto train = drawn->image(drawn->train, i);
        const auto held_out = drawn->image(drawn->held_out, i);
        EXPECT_FALSE(std::equal(train.begin(), train.end(), held_out.begin()));
    }
}

TEST_F(Shapes, StopDrawingOnRequest) {
    Progress progress;
    progress.cancel();
    EXPECT_THROW(load_dataset("shapes", {}, progress), Cancelled);
}

}  // namespace
}  // namespace elbow::data
