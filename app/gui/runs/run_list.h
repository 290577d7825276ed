#pragma once

// The runs that can be opened: those that the window keeps, those that were saved, and those that
// were opened from elsewhere. Pure functions, for any thread; reading folders takes a while.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/core/progress.h"

namespace elbow::gui {

enum class RunPlace { kAutosaved, kSaved, kElsewhere };

// A row of the list; texts as they are shown.
struct RunEntry {
    std::filesystem::path folder;
    RunPlace place = RunPlace::kAutosaved;
    std::string problem;  // why it cannot be opened; empty: it can, and all below is known
    std::string name;     // as the person called it, else the folder's
    bool named = false;
    bool pinned = false;
    std::string dataset;    // "MNIST"
    std::string model;      // "2 latents"
    std::string learns_by;  // the estimator's title
    int latents = 0;
    double score = 0.0;    // held-out, nats per image; NaN where there is none
    std::string score_of;  // "Held-out bound, grey targets, 10 000 images"
    std::int64_t samples = 0;
    double train_seconds = 0.0;
    std::uintmax_t bytes = 0;
    std::filesystem::file_time_type saved_at;
    std::string day, time;  // local: "2026-01-31", "23:59"
};

struct RunPlaces {
    std::filesystem::path kept;                 // the folders of the runs are in it
    std::filesystem::path saved;                // likewise
    std::vector<std::filesystem::path> opened;  // runs, newest first
};

// Each folder once. What is damaged or gone has a problem.
std::vector<RunEntry> find_runs(const RunPlaces&, const Progress&);

enum class RunColumn { kName, kDataset, kModel, kScore, kImages, kSize, kDate };
struct RunOrder {
    RunColumn column = RunColumn::kDate;
    bool descending = true;
};

// The indices of the rows to show: those in which every word of the search stands, pinned ones
// first, what has no value in the column last.
std::vector<std::size_t> shown_runs(const std::vector<RunEntry>&, const std::string& search,
                                    const RunOrder&);

}  // namespace elbow::gui
