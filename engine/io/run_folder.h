#pragma once

// A run on disk: run.json (everything needed to repeat it), metrics.csv, model.safetensors (the
// named tensors) and optimizer.safetensors (what the optimiser remembers, so that a run goes on
// exactly), and beside them history.csv (the training curve) and session.json (where the person was
// in the window), without which a run opens as well; docs/run-folder.md describes them. All are
// written beside their places and then renamed, so that a full disk leaves what was there; run.json
// has the hashes of the others, so that files of two saves never pass as one run. One program at a
// time saves to a folder, the one that holds its RunLock; others may load from it meanwhile, and
// change nothing there.

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/io/run_lock.h"
#include "engine/train/checkpoint.h"

namespace elbow::io {

inline constexpr const char* kSessionFile = "session.json";
// The files of a run, in the order in which a save puts them in place: run.json makes it whole.
inline constexpr std::array kRunFiles = {"model.safetensors", "optimizer.safetensors",
                                         "metrics.csv",       "history.csv",
                                         kSessionFile,        "run.json"};

inline constexpr const char* kStaged = ".new";  // a file that is whole, but not yet in its place

// A file name in a run's folder that is there while a program saves to it, and that only an
// interrupted one leaves behind.
bool is_remnant(const std::string& name);

// What the data set looked like, so that other data under the same name is noticed.
struct DatasetFacts {
    std::string title;
    int train_images = 0;
    int held_out_images = 0;
    std::string fingerprint = {};  // as Dataset has it; empty where it has none or is not known
};

// Tells whose metrics.csv one is that a spreadsheet has saved, numbers rounded: of the last line.
struct EvaluationMark {
    std::int64_t samples = 0;
    double seconds = 0.0;
    double test_reconstruction = 0.0;  // NaN where there is none
};

struct SavedRun {
    train::Checkpoint checkpoint;
    std::optional<DatasetFacts> dataset;  // absent where it was saved without
    std::string session;                  // session.json; empty: nothing is known
    std::string remark;  // what was left out because it is damaged, and why; empty: nothing
    // Of the other files, by their names, in hexadecimal digits; none in runs of older versions.
    std::map<std::string, std::string> sha256;
    std::optional<EvaluationMark> last_evaluation;
};

// Takes the lock of the folder, which may be missing, empty or a run's. Throws Error where it holds
// something else (foreign files are never overwritten), cannot be written to, or is locked by
// another program. What the folder holds stays as it is.
RunLock lock_run_folder(const std::filesystem::path& folder);

// Replaces what the folder holds of a run. Throws Error where it cannot be written. `dataset` may
// be null; `session` as in SavedRun. The second form locks the folder while it saves.
void save_run(RunLock&, const train::Checkpoint&, const data::Dataset* dataset = nullptr,
              const std::string& session = {});
void save_run(const std::filesystem::path& folder, const train::Checkpoint&,
              const data::Dataset* dataset = nullptr, const std::string& session = {});

// The same without the bulk: the parameters, the states and the training curve are empty.
SavedRun load_description(const std::filesystem::path& folder);

// Puts in place what a killed program saved whole but did not put in place, unless somebody is
// saving to the folder now. Reading a run does not need this.
void finish_save(const std::filesystem::path& folder);

// The session.json of a saved run alone; empty where there is none. Throws Error where it cannot be
// read or written.
std::string load_session(const std::filesystem::path& folder);
void replace_session(const std::filesystem::path& folder, const std::string& session);

// Throws Error for a missing or foreign file (what was expected, what was found, what to do). A
// metrics.csv that another program has spoilt is left out, as the remark says: the weights are
// whole.
SavedRun load_run(const std::filesystem::path& folder);

// Throws Error at once, before any training, where save_run would fail for the folder. Leaves
// nothing behind.
void check_run_folder_writable(const std::filesystem::path& folder);

// True where the folder has a run.json that Elbow wrote, whole or not.
bool holds_run(const std::filesystem::path& folder);

// Throws Error where the data set is not the one that the run was trained on, as far as its sizes
// and, where both are known, its fingerprint tell.
void check_dataset(const SavedRun&, const data::Dataset&);

}  // namespace elbow::io
