#include <gtest/gtest.h>

#include "tests/engine/torch/one_pixel.h"

namespace elbow {
namespace {

TEST(ContinuousBernoulli, IntegratesToOneAndHasTheMeanThatIsShown) {
    const test::OnePixel pixel("continuous-bernoulli");
    for (const float l : {-40.0F, -3.0F, -0.02F, -0.005F, 0.0F, 0.005F, 0.02F, 1.0F, 25.0F}) {
        SCOPED_TRACE(l);
        EXPECT_NEAR(pixel.integral({l}), 1.0, 0.003);
        EXPECT_NEAR(pixel.picture({l}), pixel.mean_by_the_density({l}, false), 0.6);
    }
    for (const double nats : pixel.log_densities({0.0F})) EXPECT_NEAR(nats, 0.0, 1e-6);
}

TEST(ContinuousBernoulli, StaysFiniteForALogitOfAnySize) {
    const test::OnePixel pixel("continuous-bernoulli");
    for (const float l : {-500.0F, 500.0F})
        for (const double nats : pixel.log_densities({l})) EXPECT_TRUE(std::isfinite(nats));
}

}  // namespace
}  // namespace elbow
