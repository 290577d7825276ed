// The optimisers' tensor forms beside the loops that they repeat.

#include "engine/torch/optimizers.h"

#include <gtest/gtest.h>

#include "engine/core/rng.h"
#include "engine/optim/average.h"

namespace elbow::torch_models {
namespace {

constexpr std::int64_t kSize = 1000;

torch::Tensor tensor_of(std::span<const float> values) {
    return torch::tensor(std::vector<float>(values.begin(), values.end()));
}

// Relative to the largest.
void expect_equal(std::span<const float> expected, const torch::Tensor& found) {
    float largest = 0.0F;
    for (const float value : expected) largest = std::max(largest, std::abs(value));
    for (std::size_t i = 0; i < expected.size(); ++i) {
        ASSERT_NEAR(found[static_cast<std::int64_t>(i)].item<float>(), expected[i], 1e-6 * largest)
            << i;
    }
}

class TensorOptimizers : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(WithAndWithoutAMean, TensorOptimizers, ::testing::Bool());

TEST_P(TensorOptimizers, MoveWeightsAndStateAsTheLoopsDo) {
    for (const optim::OptimizerEntry& entry : optim::optimizers()) {
        SCOPED_TRACE(entry.name);
        std::vector<float> parameters(kSize);
        Stream(1, "parameters").normals(0, parameters);
        const std::vector<float> start = parameters;
        const torch::Tensor on_device = tensor_of(parameters);
        auto loop = entry.make(kSize);
        if (GetParam()) loop = optim::with_average(std::move(loop), kSize);
        const auto tensors = make_tensor_optimizer(entry.name, on_device, GetParam());
        ASSERT_NE(tensors, nullptr);
        for (int step = 1; step <= 10; ++step) {
            std::vector<float> gradients(kSize);
            Stream(static_cast<std::uint64_t>(step), "gradients").normals(0, gradients);
            const optim::StepSettings settings{.step_size = 3e-3 * step,
                                               .step = step,
                                               .weight_prior = step % 2 == 0 ? 0.1 : 0.0,
                                               .minibatch = 20,
                                               .warmup_steps = 4,
                                               .average_share = step % 3 == 0 ? 1.0 / step : 0.0};
            loop->update(parameters, gradients, 0, kSize, settings);
            tensors->update(on_device, tensor_of(gradients), settings);
        }
        EXPECT_NE(parameters, start);
        expect_equal(parameters, on_device);
        const auto expected = loop->state();
        const auto found = tensors->state();
        ASSERT_EQ(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            EXPECT_EQ(found[i].name, expected[i].name);
            expect_equal(*expected[i].values, found[i].values);
        }
    }
}

TEST(TensorOptimizer, AnUnknownOneIsNone) {
    EXPECT_EQ(make_tensor_optimizer("newton", torch::zeros({3})), nullptr);
}

}  // namespace
}  // namespace elbow::torch_models
