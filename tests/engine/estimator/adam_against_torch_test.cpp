// LibTorch's Adam as a witness for ours: it descends on the mean loss, ours ascends on a summed
// bound.

#include <ATen/core/ivalue.h>  // before torch.h: clang 14 in C++20 needs the complete type
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "engine/core/rng.h"
#include "engine/optim/optimizer.h"

namespace elbow::optim {
namespace {

TEST(Adam, MovesAsLibTorchsDoesOverTenSteps) {
    constexpr std::int64_t kSize = 1000;
    constexpr int kMinibatch = 100;
    constexpr double kStepSize = 3e-3;
    std::vector<float> ours(kSize);
    Stream(1, "parameters").normals(0, ours);
    const std::vector<float> start = ours;
    torch::Tensor theirs = torch::tensor(ours).set_requires_grad(true);
    torch::optim::Adam torch_adam(
        {theirs}, torch::optim::AdamOptions(kStepSize).betas({0.9, 0.999}).eps(1e-8));
    const auto adam = optimizers().at("adam").make(kSize);

    for (int step = 1; step <= 10; ++step) {
        std::vector<float> gradients(kSize);
        Stream(static_cast<std::uint64_t>(step), "gradients").normals(0, gradients);
        theirs.mutable_grad() = -torch::tensor(gradients) / kMinibatch;
        torch_adam.step();
        adam->update(ours, gradients, 0, kSize,
                     {.step_size = kStepSize,
                      .step = step,
                      .weight_prior = 0.0,
                      .minibatch = kMinibatch,
                      .warmup_steps = 0});
        const torch::Tensor expected = theirs.detach();
        for (std::size_t i = 0; i < kSize; ++i) {
            // Half a unit in the last place of a weight around 4, for each step so far.
            ASSERT_NEAR(ours[i], expected[static_cast<std::int64_t>(i)].item<float>(), 3e-7 * step)
                << "step " << step << ", parameter " << i;
        }
    }
    EXPECT_NE(ours, start);
}

}  // namespace
}  // namespace elbow::optim
