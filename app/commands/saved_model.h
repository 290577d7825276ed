#pragma once

// What the commands that look at a saved run have in common. Main thread only.

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/commands/command.h"
#include "engine/data/dataset.h"
#include "engine/io/run_folder.h"

namespace elbow::commands {

// RUN, the positional argument.
void add_run_folder(Command, std::filesystem::path& run);

// -o FILE and --pixel-scale.
struct PictureOptions {
    std::filesystem::path file;
    std::int64_t pixel_scale = 1;
};
void add_picture_options(Command, PictureOptions&);

// As io::load_run; what of the folder is not used stands on stderr.
io::SavedRun load_saved(const std::filesystem::path& run);

// The data set that the run was trained on; throws Error where what is found is another.
std::shared_ptr<const data::Dataset> dataset_of(const io::SavedRun&,
                                                const std::filesystem::path& data_dir);

// Decodes z [count, N] and writes the images as one PNG of `columns` columns; says so on stderr.
void write_decoded(const io::SavedRun&, std::span<const float> z, int count, int columns,
                   const PictureOptions&);

}  // namespace elbow::commands
