#pragma once

// The two files of a run that hold tensors: the model, and what the optimiser and the estimator
// remember. Pure functions on files; run_folder.h is what others use. All answer the SHA-256 of the
// file, as written or as read.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "engine/model/layout.h"
#include "engine/train/checkpoint.h"

namespace elbow::io {

std::string write_model(const std::filesystem::path&, const train::Checkpoint&);
std::string write_optimizer(const std::filesystem::path&, const train::Checkpoint&);

// Into the checkpoint, whose other parts are as run.json has them. Throw Error where the file is
// not of that network and that step, or holds a value that is not finite.
std::string load_model(const std::filesystem::path&, const model::ParameterLayout&,
                       train::Checkpoint&);
// `train_images`: of the data set that the run was trained on, for an estimator may remember
// something of each; absent where the run does not say.
std::string load_optimizer(const std::filesystem::path&, const model::ParameterLayout&,
                           std::optional<std::int64_t> train_images, train::Checkpoint&);

}  // namespace elbow::io
