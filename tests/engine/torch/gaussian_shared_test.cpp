#include <gtest/gtest.h>

#include "tests/engine/torch/one_pixel.h"

namespace elbow {
namespace {

TEST(GaussianShared, HasTheOneVarianceThatIsLearned) {
    test::OnePixel pixel("gaussian-shared");
    const auto& block = pixel.model->layout().view("likelihood.log_variance");
    float& log_variance = pixel.parameters[static_cast<std::size_t>(block.offset)];
    for (const float v : {-4.0F, -5.0F}) {
        log_variance = v;
        const std::vector<double> nats = pixel.log_densities({0.3F});
        const double mean = 1.0 / (1.0 + std::exp(-0.3));
        for (const int value : {0, 100, 255}) {
            const double error = value / 255.0 - mean;
            const double expected = -0.5 * (1.8378770664 + v + error * error * std::exp(-v));
            EXPECT_NEAR(nats[static_cast<std::size_t>(value)], expected, 1e-3 * std::abs(expected))
                << value;
        }
        EXPECT_NEAR(pixel.integral({0.3F}), 1.0, 0.01);
    }
    log_variance = -60.0F;  // below that of rounding to a grey value a density means nothing
    EXPECT_LT(pixel.log_densities({0.0F})[128], 8.0);
}

}  // namespace
}  // namespace elbow
