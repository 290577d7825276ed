#pragma once

// What `elbow reproduce` was asked for, and the trainings that this comes to: one for each model
// and method of a figure, with the paper's settings.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/io/run_lock.h"
#include "engine/run/config.h"

namespace elbow::commands {

// As on the command line; an empty text and a negative number were not given.
struct ReproduceOptions {
    std::string figure;   // "fig2" to "fig5"
    std::string models;   // "mnist-20,frey-2"
    std::string methods;  // "aevb,wake-sleep"
    std::int64_t samples = 10'000'000;
    double step_size = -1.0;
    std::filesystem::path data_dir;
    std::filesystem::path out;
    std::int64_t threads = 1;
};

// One training of a figure. Figures 2, 4 and 5 share theirs where the model is the same.
struct PlannedCurve {
    std::string name;    // of its run folder under OUT/runs: "mnist-20-aevb"
    std::string model;   // "mnist-20", or "mnist-3-1000" with the number of training images
    std::string method;  // "aevb"
    std::string panel;   // the columns of the figure's CSV before `method`: "mnist,20"
    std::string title;   // of its panel: "MNIST, N_z = 20"
    RunConfig config;
    std::filesystem::path run_folder(const std::filesystem::path& out) const {
        return out / "runs" / name;
    }
    std::filesystem::path points_file(const std::filesystem::path& out) const {
        return out / "runs" / (name + ".csv");
    }
};

struct ReproducePlan {
    std::string figure;
    std::vector<PlannedCurve> curves;  // to be trained, in this order
    std::vector<PlannedCurve> shown;   // those and all others of the figure, which may be there
                                       // already
    std::int64_t samples = 0;          // of each training
};

// Throws UsageError for a figure, a model or a method that there is not or that does not belong to
// the figure. Touches no file.
ReproducePlan make_reproduce_plan(const ReproduceOptions&);

// Locks the run folder of each curve, by the curve's name. Throws Error for one that cannot be
// written, that another program saves to, or whose run was made with other settings (says which).
std::map<std::string, io::RunLock> lock_runs(const ReproducePlan&,
                                             const std::filesystem::path& out);

// The sample counts at which curves are measured, ascending, about twenty a decade from 1e5 on;
// all are multiples of kRound. The first one above `samples`.
std::int64_t next_point(std::int64_t samples);

// Trainings stop, are saved and measured only at multiples of so many samples.
inline constexpr std::int64_t kRound = 1000;

// "AEVB" for "aevb".
std::string method_title(const std::string& method);

}  // namespace elbow::commands
