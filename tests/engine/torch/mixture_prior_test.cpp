#include <gtest/gtest.h>

#include <cmath>

#include "tests/engine/torch/members.h"

namespace elbow {
namespace {

TEST(MixturePrior, IsTheWrittenOutSumOfItsParts) {
    test::ModelProblem problem(test::small_spec({{"prior", "mixture"}, {"components", "3"}}));
    const auto model = model::make_model(problem.spec);
    const auto block = [&](const char* name) {
        return problem.parameters.data() + model->layout().view(name).offset;
    };
    const float means[] = {0, 1, -2, 0.5F, 3, -1}, variances[] = {0.1F, -1, 0.5F, 0, -2, 1},
                logits[] = {0, 1, -1};
    std::copy_n(means, 6, block("prior.mean"));
    std::copy_n(variances, 6, block("prior.log_variance"));
    std::copy_n(logits, 3, block("prior.logits"));
    const std::vector<float> z{0.7F, -0.3F, 4.0F, -1.5F};
    std::vector<double> nats(2);
    model->log_prior(problem.parameters, z, nats, {});
    for (std::size_t row = 0; row < 2; ++row) {
        double sum = 0.0, weights = 0.0;
        for (std::size_t k = 0; k < 3; ++k) {
            double log_density = 0.0;
            for (std::size_t n = 0; n < 2; ++n) {
                const double v = variances[2 * k + n], away = z[2 * row + n] - means[2 * k + n];
                log_density -= 0.5 * (1.8378770664 + v + away * away * std::exp(-v));
            }
            sum += std::exp(logits[k] + log_density);
            weights += std::exp(logits[k]);
        }
        EXPECT_NEAR(nats[row], std::log(sum / weights), 1e-5);
    }
}

TEST(MixturePrior, DrawsEachPartAsOftenAsItWeighs) {
    test::ModelProblem problem(test::small_spec({{"prior", "mixture"}, {"components", "2"}}));
    const auto model = model::make_model(problem.spec);
    const auto at = [&](const char* name) {
        return problem.parameters.data() + model->layout().view(name).offset;
    };
    const float means[] = {-5, 0, 5, 0};
    std::copy_n(means, 4, at("prior.mean"));
    at("prior.logits")[1] = std::log(3.0F);
    std::vector<float> z(2 * 10'000);
    model->sample_prior(problem.parameters, Stream(1, "samples"), 0, z);
    int right = 0;
    for (std::size_t i = 0; i < z.size(); i += 2) right += z[i] > 0;
    EXPECT_NEAR(right / 10'000.0, 0.75, 0.02);
}

}  // namespace
}  // namespace elbow
