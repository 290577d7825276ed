#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "engine/core/memory.h"
#include "engine/data/datasets.h"
#include "engine/data/shapes_size.h"

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

// Runs on them are compared over years.
TEST_F(Shapes, AreThoseOfEarlierVersions) {
    const auto sum = [](const ImageSet& set) {
        return std::accumulate(set.pixels.begin(), set.pixels.end(), std::int64_t{0});
    };
    EXPECT_EQ(drawn->train.count, 20'000);
    EXPECT_EQ(drawn->held_out.count, 4'000);
    EXPECT_NEAR(static_cast<double>(sum(drawn->train)), 510213985.0, 100);
    EXPECT_NEAR(static_cast<double>(sum(drawn->held_out)), 102889340.0, 100);
    EXPECT_NEAR(factor("size").train[7], 4.71426249f, 1e-5f);
    EXPECT_NEAR(factor("rotation").held_out[9], 45.1135178f, 1e-4f);
}

TEST_F(Shapes, BeginALargerSet) {
    Progress progress;
    const auto more = load_dataset("shapes:train=30000,held-out=5000", {}, progress);
    EXPECT_EQ(more->name, "shapes:train=30000,held-out=5000");
    EXPECT_EQ(more->train.count, 30'000);
    EXPECT_EQ(more->held_out.count, 5000);
    EXPECT_TRUE(std::equal(drawn->train.pixels.begin(), drawn->train.pixels.end(),
                           more->train.pixels.begin()));
    EXPECT_TRUE(std::equal(drawn->held_out.pixels.begin(), drawn->held_out.pixels.end(),
                           more->held_out.pixels.begin()));
}

TEST_F(Shapes, GrowWithTheSide) {
    Progress progress;
    const auto large = load_dataset("shapes:side=56,train=1e4,held-out=1000", {}, progress);
    EXPECT_EQ(large->height, 56);
    EXPECT_EQ(large->width, 56);
    EXPECT_EQ(large->train.pixels.size(), std::size_t{10'000} * 56 * 56);
    EXPECT_EQ(large->title, "Shapes, 56 x 56");
    for (std::size_t i = 0; i < 200; ++i) {
        ASSERT_EQ(large->train.labels[i], drawn->train.labels[i]);
        for (std::size_t f = 1; f < 4; ++f)  // size and place, in pixels
            ASSERT_FLOAT_EQ(large->factors[f].train[i], 2.0f * drawn->factors[f].train[i]);
        const auto image = large->image(large->train, static_cast<int>(i));
        const double area = std::accumulate(image.begin(), image.end(), 0.0) / 255.0;
        EXPECT_NEAR(area / (4.0 * mass(static_cast<int>(i))), 1.0, 0.05) << "image " << i;
    }
}

TEST(ShapesNames, HaveOneTextASize) {
    EXPECT_EQ(canonical_name("shapes"), "shapes");
    EXPECT_EQ(canonical_name("shapes:side=28,train=2e4"), "shapes");
    EXPECT_EQ(canonical_name("shapes:held-out=1e4,train=100000,side=64"),
              "shapes:side=64,train=100000,held-out=10000");
    EXPECT_EQ(canonical_name(canonical_name("shapes:train=1e5")), "shapes:train=100000");
    EXPECT_EQ(name_for_files("shapes:side=64,train=100000"), "shapes-side-64-train-100000");
    EXPECT_EQ(name_for_files("fashion-mnist"), "fashion-mnist");
}

TEST(ShapesNames, AreRefusedWithTheRange) {
    const auto refusal = [](const char* name) {
        try {
            canonical_name(name);
        } catch (const UsageError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    using ::testing::HasSubstr;
    EXPECT_THAT(refusal("shapes:side=27"), HasSubstr("28 to 128"));
    EXPECT_THAT(refusal("shapes:side=129"), HasSubstr("28 to 128"));
    EXPECT_THAT(refusal("shapes:train=100"), HasSubstr("10000 to 2000000"));
    EXPECT_THAT(refusal("shapes:train=3e6"), HasSubstr("10000 to 2000000"));
    EXPECT_THAT(refusal("shapes:held-out=2e6"), HasSubstr("1000 to 1000000"));
    EXPECT_THAT(refusal("shapes:side=large"), HasSubstr("whole number"));
    EXPECT_THAT(refusal("shapes:side="), HasSubstr("whole number"));
    EXPECT_THAT(refusal("shapes:"), HasSubstr("side=28 to 128"));
    EXPECT_THAT(refusal("shapes:side"), HasSubstr("found 'side'"));
    EXPECT_THAT(refusal("shapes:colour=3"), HasSubstr("found 'colour=3'"));
    EXPECT_THAT(refusal("shapes:side=32,"), HasSubstr("side=28 to 128"));
    EXPECT_THAT(refusal("shapes:side=32,side=64"), HasSubstr("side once"));
    EXPECT_THAT(refusal("mnist:side=32"), HasSubstr("no parameters"));
    EXPECT_THAT(refusal("circles:side=32"), HasSubstr("shapes"));
}

// 33 GB of images and 16 GB of held-out ones: refused by any desktop, before any of it is touched.
TEST(ShapesNames, AskForNoMoreThanTheMemoryThereIs) {
    const std::string name = "shapes:side=128,train=2000000,held-out=1000000";
    EXPECT_EQ(memory_of(parse_shapes_size("side=128,train=2e6,held-out=1e6")),
              3'000'000ULL * (128 * 128 + 21));
    const auto available = available_memory();
    if (!available || *available > 49'000'000'000ULL) GTEST_SKIP() << "a machine with much memory";
    Progress progress;
    try {
        load_dataset(name, {}, progress);
        FAIL() << "was drawn";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), ::testing::AllOf(::testing::HasSubstr("need 49 GB"),
                                                   ::testing::HasSubstr("Choose fewer images")));
    }
}

}  // namespace
}  // namespace elbow::data
