#include <gtest/gtest.h>

#include "tests/engine/torch/one_pixel.h"

namespace elbow {
namespace {

TEST(Logistic, TheProbabilitiesOfTheValuesAddUpToOne) {
    const test::OnePixel pixel("logistic");
    for (const float mean : {-6.0F, -1.0F, 0.0F, 4.0F}) {
        for (const float log_scale : {-20.0F, -3.0F, 0.0F, 2.0F}) {
            SCOPED_TRACE(testing::Message() << mean << ", " << log_scale);
            double sum = 0.0;
            for (const double nats : pixel.log_densities({mean, log_scale})) sum += std::exp(nats);
            EXPECT_NEAR(sum, 1.0, 1e-3);
        }
    }
}

TEST(Logistic, AValueFarFromTheMeanKeepsAFiniteLogProbability) {
    const test::OnePixel pixel("logistic");
    const std::vector<double> nats = pixel.log_densities({8.0F, -20.0F});
    EXPECT_TRUE(std::isfinite(nats[0]));
    EXPECT_LT(nats[0], -100.0);
}

TEST(Logistic, TheMeanThatIsShownIsThatOfANarrowOne) {
    const test::OnePixel pixel("logistic");
    EXPECT_NEAR(pixel.picture({0.4F, -3.0F}), pixel.mean_by_the_density({0.4F, -3.0F}, true), 1.0);
}

}  // namespace
}  // namespace elbow
