#pragma once

// What the tests of the train room share: a small run, and waiting for a thread.

#include <chrono>
#include <functional>
#include <thread>

#include "engine/model/families.h"
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

// A run of each member of each family, the other parts as usual.
inline std::vector<RunConfig> a_run_of_each() {
    std::vector<RunConfig> runs;
    for (const model::Family& family : model::families()) {
        for (const model::MemberEntry& entry : family.members) {
            RunConfig config = tiny_config();
            set_option_from_text(config, *find_run_option(family.name), entry.name);
            for (const model::MemberOption& option : entry.options) {
                const std::string_view name = option.name;
                if (name == "components" || name == "flow-steps")
                    set_option_from_text(config, *find_run_option(name), "3");
                if (name == "widths" || name == "channels")
                    set_option_from_text(config, *find_run_option(name), "6,5");
            }
            runs.push_back(config);
        }
    }
    return runs;
}

inline std::string name_of(const RunConfig& config) {
    return config.network + ", " + config.posterior + ", " + config.prior + ", " +
           config.likelihood + ", " + config.condition;
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
