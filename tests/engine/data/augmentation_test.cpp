#include "engine/data/augmentation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/data/batch.h"

namespace elbow::data {
namespace {

constexpr ImageShape kShape{3, 20, 32};  // shifts of up to one pixel down and two across

// Every pixel says which it is, by its column plus 40 times the row's number in threes.
std::vector<std::uint8_t> numbered_pixels() {
    std::vector<std::uint8_t> pixels;
    for (int channel = 0; channel < kShape.channels; ++channel)
        for (int y = 0; y < kShape.height; ++y)
            for (int x = 0; x < kShape.width; ++x)
                pixels.push_back(static_cast<std::uint8_t>(x + 40 * ((y + channel) % 3)));
    return pixels;
}

class AugmentationTest : public testing::Test {
  protected:
    std::vector<float> image(const char* how, std::uint64_t seen) const {
        std::vector<float> values(pixels.size());
        write_augmented(augmentation_of(how, kShape, stream), pixels.data(), 1.0F, seen,
                        values.data());
        return values;
    }
    // The stored image, moved; its rim goes on.
    std::vector<float> moved(int right, int down, bool flipped) const {
        std::vector<float> values;
        for (int channel = 0; channel < kShape.channels; ++channel) {
            for (int y = 0; y < kShape.height; ++y) {
                for (int x = 0; x < kShape.width; ++x) {
                    int column = std::clamp(x - right, 0, kShape.width - 1);
                    if (flipped) column = kShape.width - 1 - column;
                    const int row = std::clamp(y - down, 0, kShape.height - 1);
                    const int at = (channel * kShape.height + row) * kShape.width + column;
                    values.push_back(pixels[static_cast<std::size_t>(at)]);
                }
            }
        }
        return values;
    }

    const Stream stream{1, "augment"};
    const std::vector<std::uint8_t> pixels = numbered_pixels();
};

TEST_F(AugmentationTest, ShiftsByUpToASixteenthInEveryDirection) {
    std::set<std::vector<float>> possible;
    for (int right = -2; right <= 2; ++right)
        for (int down = -1; down <= 1; ++down) possible.insert(moved(right, down, false));
    ASSERT_EQ(possible.size(), 15U);
    std::set<std::vector<float>> seen;
    for (std::uint64_t i = 0; i < 300; ++i) {
        seen.insert(image("shifts", i));
        ASSERT_TRUE(possible.contains(image("shifts", i))) << i;
    }
    EXPECT_EQ(seen, possible);
}

TEST_F(AugmentationTest, FlipsHalfOfThem) {
    int flipped = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        const auto now = image("flips", i);
        if (now == moved(0, 0, true)) {
            ++flipped;
        } else {
            ASSERT_EQ(now, moved(0, 0, false)) << i;
        }
    }
    EXPECT_NEAR(flipped, 500, 80);  // five standard deviations
}

TEST_F(AugmentationTest, DoesBothOrNothing) {
    std::set<std::vector<float>> seen;
    for (std::uint64_t i = 0; i < 1000; ++i) seen.insert(image("both", i));
    EXPECT_EQ(seen.size(), 30U);
    EXPECT_EQ(image("off", 7), moved(0, 0, false));
}

TEST_F(AugmentationTest, MovesAPixelAtLeast) {
    EXPECT_EQ(most_shift(8), 1);
    EXPECT_EQ(most_shift(28), 2);
    EXPECT_EQ(most_shift(64), 4);
}

// A row is varied by its place in the run, whoever writes it and beside whatever others.
TEST_F(AugmentationTest, IsTheSameInAnyPartOfABatch) {
    const Augmentation both = augmentation_of("both", kShape, stream);
    const std::vector<std::uint32_t> indices(9, 0);
    Batch batch{pixels.data(), kShape.size(), 1.0F, indices, 500};
    batch.augmentation = &both;
    const auto d = static_cast<std::size_t>(kShape.size());
    std::vector<float> whole(9 * d);
    write_targets(batch, 0, 9, whole.data());
    std::vector<float> last(4 * d);
    write_targets(part_of(batch, 5, 4), 0, 4, last.data());
    EXPECT_TRUE(std::equal(last.begin(), last.end(), whole.end() - static_cast<int>(4 * d)));
    EXPECT_EQ(std::vector<float>(whole.begin(), whole.begin() + static_cast<int>(d)),
              image("both", 500));
    EXPECT_FALSE(is_as_stored(batch));
}

}  // namespace
}  // namespace elbow::data
