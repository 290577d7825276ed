#pragma once

// Loads a data set for a command, with a bar on the terminal where that takes long. Ctrl-C ends the
// program as usual meanwhile: nothing is lost yet.

#include <filesystem>
#include <memory>
#include <string>

#include "engine/data/dataset.h"

namespace elbow::commands {

// As data::load_dataset; data_dir may be empty. check_content: then also as
// data::check_imported_content, for a run that goes on with the images it was trained on.
std::shared_ptr<const data::Dataset> load_data(const std::string& name,
                                               const std::filesystem::path& data_dir,
                                               bool check_content = false);

}  // namespace elbow::commands
