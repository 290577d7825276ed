#pragma once

// What `elbow train` was asked for, and what that comes to: a new run, one that goes on, or one
// repeated.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/io/run_folder.h"
#include "engine/run/config.h"
#include "engine/train/session.h"

namespace elbow::commands {

// As on the command line; an empty path and a negative number were not given.
struct TrainOptions {
    RunConfig config;
    std::string preset;                // of a new run
    std::vector<const Option*> given;  // those of `config` that stand on the command line
    std::filesystem::path data_dir;
    std::filesystem::path out;
    std::filesystem::path resume;
    std::filesystem::path repeat;
    std::filesystem::path start_log;
    std::int64_t threads = 1;
    bool threads_given = false;
    double epochs = -1.0;
    std::int64_t samples = -1;
    double seconds = -1.0;
    bool json = false;
    bool force = false;
};

// When to end; one of them is set.
struct Limit {
    std::optional<double> epochs;
    std::optional<std::int64_t> samples;
    std::optional<double> seconds;
};

struct TrainPlan {
    RunConfig config;                      // of a new run
    std::optional<io::SavedRun> resumed;   // the run that goes on
    std::optional<io::SavedRun> repeated;  // the run that is done again, on the same data
    std::vector<train::LoggedChange>
        changes;                      // made at their steps: those of a run that is repeated
    int threads = 1;                  // as given, else those of the run that goes on or is repeated
    Limit limit;                      // counted from where training starts
    std::filesystem::path out;        // empty: nothing is saved
    std::optional<io::RunLock> lock;  // of `out`, until the training has ended
    std::filesystem::path resumed_from;  // the folder of the run that goes on
    std::filesystem::path data_dir;      // as given
};

// Throws UsageError for options that contradict each other and Error for a run that cannot be read
// or a folder that cannot be saved to; nothing is written.
TrainPlan make_plan(const TrainOptions&);

// Training images from where training starts to its end; absent where seconds end it.
std::optional<double> images_until_end(const Limit&, std::int64_t train_images);

// A schedule that was given no length ends with the training. Throws UsageError where seconds end
// that.
void fit_schedule(RunConfig&, const TrainPlan&, const data::Dataset&);
// And that of a run that goes on is extended where it would end before.
void extend_schedule(train::Session&, const TrainPlan&, const TrainOptions&);

// Sets what a resumed run may still change. Throws UsageError for a given option that it may not.
void change_given_options(train::Session&, const TrainOptions&);

}  // namespace elbow::commands
