#pragma once

// What the tests of the train room share: a small run, and waiting for a thread.

#include <chrono>
#include <functional>
#include <thread>

#include "engine/train/session.h"
#include "tests/engine/explore/tiny_dataset.h"

namespace elbow::test {

// A run on tiny_dataset() that makes a step in far less than a millisecond.
inline RunConfig tiny_config() {
    RunConfig config;
    config.dataset = "tiny";
    config.latents = 2;
    config.hidden = 16;
    config.minibatch = 20;
    config.step_size = 2e-3;
    config.seed = 7;
    return config;
}

inline void run_steps(train::Session& session, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) session.step();
}

// The weights that a run without a thread has after so many steps.
inline std::vector<float> weights_after(const RunConfig& config,
                                        const std::shared_ptr<const data::Dataset>& dataset,
                                        std::int64_t steps, int threads = 1) {
    train::Session session(config, dataset, threads);
    run_steps(session, steps);
    return session.snapshot()->parameters;
}

// False when the condition does not come true for so long that it never will.
inline bool comes_true(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

}  // namespace elbow::test
