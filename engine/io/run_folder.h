#pragma once

// A run on disk: run.json (everything needed to repeat it), metrics.csv, model.safetensors (the
// named tensors) and optimizer.safetensors (what the optimiser remembers, so that a run goes on
// exactly); docs/run-folder.md describes them. All four are written beside their places and then
// renamed, so that a full disk leaves what was there. One thread of one program at a time saves to
// a folder; others may load from it meanwhile.

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/train/session.h"

namespace elbow::io {

// The files of a run, in the order in which a save puts them in place: run.json makes it whole.
inline constexpr std::array kRunFiles = {"model.safetensors", "optimizer.safetensors",
                                         "metrics.csv", "run.json"};

// A file name in a run's folder that only an interrupted save leaves behind.
bool is_remnant(const std::string& name);

// What the data set looked like, so that other data under the same name is noticed.
struct DatasetFacts {
    std::string title;
    int train_images = 0;
    int held_out_images = 0;
};

struct SavedRun {
    train::Checkpoint checkpoint;
    std::vector<train::EvaluationRecord> evaluations;
    std::optional<DatasetFacts> dataset;  // absent where it was saved without
    // With which all of its steps were made: how the sums of a step are shared out decides their
    // last bits. Absent where it is not known or was not one number.
    std::optional<int> threads;
};

// Creates the folder where it is missing and replaces a run that it holds. Throws Error where the
// folder holds something that is not a run (never overwrites foreign files) or cannot be written.
// `dataset` may be null; `threads` as in SavedRun.
void save_run(const std::filesystem::path& folder, const train::Checkpoint&,
              const std::vector<train::EvaluationRecord>&, const data::Dataset* dataset = nullptr,
              std::optional<int> threads = std::nullopt);

// Throws Error for a missing or foreign file (what was expected, what was found, what to do).
SavedRun load_run(const std::filesystem::path& folder);

// Throws Error at once, before any training, where save_run would fail for the folder. Leaves
// nothing behind.
void check_run_folder_writable(const std::filesystem::path& folder);

// True where the folder has a run.json that Elbow wrote, whole or not.
bool holds_run(const std::filesystem::path& folder);

// Throws Error where the data set is not the one that the run was trained on, as far as its sizes
// tell.
void check_dataset(const SavedRun&, const data::Dataset&);

}  // namespace elbow::io
