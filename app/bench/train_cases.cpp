#include "app/bench/train_cases.h"

#include "app/bench/memory_images.h"
#include "engine/fused/rounded_products.h"

namespace elbow::bench {
namespace {

RunConfig paper_config(int hidden, int latents) {
    RunConfig config;
    config.hidden = hidden;
    config.latents = latents;
    config.minibatch = 100;
    config.optimizer = "adam";
    config.estimator = "sgvb_b";
    return config;
}

}  // namespace

std::vector<TrainCase> train_cases() {
    const auto like_mnist = images_in_memory({.train = 60'000, .black_percent = 81});
    const auto without_black = images_in_memory({.train = 60'000});
    const auto frey_sized =
        images_in_memory({.height = 28, .width = 20, .train = 1'700, .continuous = true});
    const RunConfig plain = paper_config(500, 20);
    RunConfig relu = plain;
    relu.activation = "relu";
    RunConfig monte_carlo = plain;
    monte_carlo.estimator = "sgvb_a";
    RunConfig wake_sleep = plain;
    wake_sleep.estimator = "wake_sleep";
    RunConfig frey = paper_config(200, 10);
    frey.likelihood = "gaussian";
    std::vector<TrainCase> all = {
        {"784-500-20 tanh, SGVB B", plain, Schedule::kTogether, like_mnist},
        {"784-500-20 tanh, SGVB B, no black", plain, Schedule::kTogether, without_black},
        {"784-500-20 ReLU, SGVB B", relu, Schedule::kTogether, like_mnist},
        {"784-500-20 tanh, SGVB A", monte_carlo, Schedule::kTogether, like_mnist},
        {"784-500-20 tanh, wake-sleep", wake_sleep, Schedule::kWakeAndSleep, like_mnist},
        {"560-200-10 tanh, Gaussian, SGVB B", frey, Schedule::kTogether, frey_sized}};
    for (const fused::RoundedProducts& products : fused::rounded_products()) {
        if (!products.are_there()) continue;
        RunConfig rounded = plain;
        rounded.gradients = products.name;
        all.push_back({std::string("784-500-20 tanh, SGVB B in ") + products.name, rounded,
                       Schedule::kTogether, like_mnist});
    }
    return all;
}

}  // namespace elbow::bench
