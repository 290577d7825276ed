#pragma once

// A run on disk: run.json (everything needed to repeat it), metrics.csv, model.safetensors (the
// named tensors) and optimizer.safetensors (what the optimiser remembers, so that a run goes on
// exactly), and beside them history.csv (the training curve) and session.json (where the person was
// in the window), without which a run opens as well; docs/run-folder.md describes them. All are
// written beside their places and then renamed, so that a full disk leaves what was there. One
// thread of one program at a time saves to a folder; others may load from it meanwhile.

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
                                         "metrics.csv",       "history.csv",
                                         "session.json",      "run.json"};

// A file name in a run's folder that only an interrupted save leaves behind.
bool is_remnant(const std::string& name);

// What the data set looked like, so that other data under the same name is noticed.
struct DatasetFacts {
    std::string title;
    int train_images = 0;
    int held_out_images = 0;
};

// What belongs to a run and does not decide whether it opens.
struct Companions {
    std::vector<train::TrainRecord> training;  // history.csv, oldest first
    std::vector<std::string> readings;         // the columns of their readings
    std::string session;                       // session.json; empty: nothing is known
};

struct SavedRun {
    train::Checkpoint checkpoint;
    std::vector<train::EvaluationRecord> evaluations;
    std::optional<DatasetFacts> dataset;  // absent where it was saved without
    // With which all of its steps were made: how the sums of a step are shared out decides their
    // last bits. Absent where it is not known or was not one number.
    std::optional<int> threads;
    Companions companions;
    std::string remark;  // what was left out because it is damaged, and why; empty: nothing
};

// Creates the folder where it is missing and replaces a run that it holds. Throws Error where the
// folder holds something that is not a run (never overwrites foreign files) or cannot be written.
// `dataset` may be null; `threads` as in SavedRun. Of the training, what is later than the
// checkpoint is left out.
void save_run(const std::filesystem::path& folder, const train::Checkpoint&,
              const std::vector<train::EvaluationRecord>&, const data::Dataset* dataset = nullptr,
              std::optional<int> threads = std::nullopt, const Companions& = {});

// The same without what weighs: its parameters and states are empty, and the training curve is.
SavedRun load_description(const std::filesystem::path& folder);

// The session.json of a saved run alone; empty where there is none. Throws Error where it cannot be
// read or written.
std::string load_session(const std::filesystem::path& folder);
void replace_session(const std::filesystem::path& folder, const std::string& session);

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
