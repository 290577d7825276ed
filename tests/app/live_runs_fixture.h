#pragma once

// The runs of a window that keeps them in a folder of its own.

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "app/gui/live_runs.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {

class LiveRunsTest : public testing::Test {
  protected:
    KeepingRule rule() const {
        KeepingRule rule;
        rule.state = folder.path();
        rule.worth_keeping_s = rule.worth_undoing_s = 0.0;
        return rule;
    }
    bool becomes(const std::function<bool()>& condition) {
        return test::comes_true([&] {
            runs.collect(std::nullopt, toasts);
            return condition();
        });
    }
    bool learns(std::size_t number) {
        return becomes([&] {
            const auto& snapshot = runs.run(number).state->snapshot;
            return snapshot && snapshot->step > 0;
        });
    }
    void begin(const RunConfig& config, const std::optional<RunConfig>& rival = std::nullopt) {
        runs.begin(live::Restart{config, tiny}, rival);
        ASSERT_TRUE(learns(0));
        if (rival) {
            ASSERT_TRUE(learns(1));
        }
    }
    std::size_t kept() const {
        const std::filesystem::path kept_runs = folder / "runs";
        if (!std::filesystem::exists(kept_runs)) return 0;
        return static_cast<std::size_t>(std::distance(
            std::filesystem::directory_iterator(kept_runs), std::filesystem::directory_iterator()));
    }

    testing_support::TemporaryFolder folder;
    std::shared_ptr<const data::Dataset> tiny = test::tiny_dataset();
    Toasts toasts;
    LiveRuns runs{{2, 1}, rule()};
};

}  // namespace elbow::gui
