#include "engine/data/one_image.h"

#include <gtest/gtest.h>

#include "engine/core/error.h"

namespace elbow::data {
namespace {

Dataset like() {
    Dataset dataset;
    dataset.title = "Tiny";
    dataset.height = 1;
    dataset.width = 4;
    dataset.scale = 1.0F / 256.0F;
    dataset.held_out.count = 2;
    dataset.held_out.labels = {0, 1};
    return dataset;
}

TEST(OneImage, TakesThePlaceOfTheHeldOutOnes) {
    const std::vector<std::uint8_t> image{0, 100, 200, 255};
    const Dataset one = with_one_image(like(), image, 7);
    EXPECT_EQ(one.held_out.count, 1);
    EXPECT_EQ(one.held_out.pixels, image);
    EXPECT_EQ(one.held_out.labels, (std::vector<std::uint8_t>{7}));
    EXPECT_EQ(one.scale, 1.0F / 256.0F);
    EXPECT_EQ(one.train.count, 0);
}

TEST(OneImage, IsBlackAndWhiteWhereTheTargetsAre) {
    Dataset dataset = like();
    dataset.targets = Targets::kRedrawn;
    dataset.held_out.labels.clear();
    const Dataset one = with_one_image(dataset, std::vector<std::uint8_t>{0, 127, 128, 255}, 7);
    EXPECT_EQ(one.held_out.pixels, (std::vector<std::uint8_t>{0, 0, 255, 255}));
    EXPECT_TRUE(one.held_out.labels.empty());
}

TEST(OneImage, OfAnotherShapeIsRefused) {
    EXPECT_THROW(with_one_image(like(), std::vector<std::uint8_t>{1, 2, 3}, 0), UsageError);
}

}  // namespace
}  // namespace elbow::data
