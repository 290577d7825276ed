#include "engine/data/mean_image.h"

#include <gtest/gtest.h>

#include <utility>

namespace elbow::data {
namespace {

// Images of two pixels: the first grows with the image's number, the second is white.
Dataset growing(int count) {
    Dataset made;
    made.height = 1;
    made.width = 2;
    made.train.count = count;
    std::vector<std::uint8_t> pixels(2 * static_cast<std::size_t>(count), 255);
    for (std::size_t i = 0; 2 * i < pixels.size(); ++i)
        pixels[2 * i] = static_cast<std::uint8_t>(i % 100);
    made.train.pixels = std::move(pixels);
    return made;
}

TEST(MeanImage, IsOfAsManyTrainingImagesAsAreAskedFor) {
    const Dataset made = growing(100);
    const std::vector<float> mean = mean_image(made, 5);
    ASSERT_EQ(mean.size(), 2U);
    EXPECT_NEAR(mean[0], 2.0 / 255.0, 1e-6);
    EXPECT_NEAR(mean[1], 1.0, 1e-6);
}

TEST(MeanImage, OfManyIsOfSomeThatAreEvenlySpread) {
    const std::vector<float> mean = mean_image(growing(1'000'000), 1'000'000);
    EXPECT_NEAR(mean[0] * 255.0F, 0.0, 1e-3) << "each hundredth";
    const std::vector<float> odd = mean_image(growing(990'000), 990'000);
    EXPECT_NEAR(odd[0] * 255.0F, 49.5, 0.6);
}

TEST(MeanImage, OfNoImagesIsBlack) {
    EXPECT_EQ(mean_image(growing(3), 0), (std::vector<float>{0.0F, 0.0F}));
}

}  // namespace
}  // namespace elbow::data
