#include "engine/data/ground.h"

#include <gtest/gtest.h>

namespace elbow::data {
namespace {

TEST(Ground, IsWhatMostOfTheRimsAre) {
    Dataset dataset;
    dataset.channels = 3;
    dataset.height = 4;
    dataset.width = 5;
    EXPECT_EQ(ground_of(dataset), (std::vector<std::uint8_t>{0, 0, 0})) << "there is no image";
    dataset.held_out.count = 2;
    // A thing of 255 in the middle, on a ground that each channel has to itself.
    for (int image = 0; image < 2; ++image) {
        for (int channel = 0; channel < 3; ++channel) {
            for (int y = 0; y < 4; ++y) {
                for (int x = 0; x < 5; ++x) {
                    const bool inside = y > 0 && y < 3 && x > 0 && x < 4;
                    dataset.held_out.pixels.own().push_back(
                        static_cast<std::uint8_t>(inside ? 255 : 40 * channel + 7));
                }
            }
        }
    }
    dataset.held_out.pixels.own()[0] = 255;  // it touches the rim
    EXPECT_EQ(ground_of(dataset), (std::vector<std::uint8_t>{7, 47, 87}));
    dataset.width = 1;
    dataset.height = 20;
    EXPECT_EQ(ground_of(dataset).size(), 3u) << "a line has a rim, too";
}

}  // namespace
}  // namespace elbow::data
