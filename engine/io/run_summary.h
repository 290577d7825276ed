#pragma once

// What a list of runs shows of one, read without its weights. Pure functions, for any thread.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "engine/io/run_folder.h"

namespace elbow::io {

struct RunSummary {
    RunConfig config;  // as the run was started
    model::ModelSpec spec;
    std::int64_t samples = 0;
    double train_seconds = 0.0;
    std::optional<DatasetFacts> dataset;
    std::optional<train::EvaluationRecord> newest;  // absent where none was made yet
    std::string session;                            // session.json
    std::uintmax_t bytes = 0;                       // on disk
    std::filesystem::file_time_type saved_at;
};

// Throws Error if the folder is not a run or lacks a file that a run needs.
RunSummary load_summary(const std::filesystem::path& folder);

// Copies the files of a run, and nothing else, to a folder that is not there yet. Throws Error
// where the copy is not a whole run; nothing stays then.
void copy_run(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace elbow::io
