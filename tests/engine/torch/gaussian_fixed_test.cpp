#include <gtest/gtest.h>

#include "tests/engine/torch/one_pixel.h"

namespace elbow {
namespace {

TEST(GaussianFixed, HasTheDeviationThatWasGiven) {
    for (const double deviation : {0.05, 0.1}) {
        const test::OnePixel pixel("gaussian-fixed",
                                   {{"pixel-deviation", deviation < 0.07 ? "0.05" : "0.1"}});
        const std::vector<double> nats = pixel.log_densities({-0.2F});
        const double mean = 1.0 / (1.0 + std::exp(0.2));
        for (const int value : {10, 115, 200}) {
            const double away = (value / 255.0 - mean) / deviation;
            EXPECT_NEAR(nats[static_cast<std::size_t>(value)],
                        -0.5 * (1.8378770664 + away * away) - std::log(deviation), 1e-3);
        }
        EXPECT_NEAR(pixel.integral({-0.2F}), 1.0, 0.01);
        EXPECT_NEAR(pixel.picture({-0.2F}), pixel.mean_by_the_density({-0.2F}, false), 1.0);
    }
}

}  // namespace
}  // namespace elbow
