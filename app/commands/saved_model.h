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

// The label that images of a conditional model are to have, --label.
constexpr std::int64_t kNoLabel = -1;  // none was given
CommandOption add_label(const Command&, std::int64_t& label, const char* what);
// So many of it, or of `otherwise` where none was given; empty for a model that is told none.
// Throws UsageError for a label that the model does not know.
std::vector<std::uint8_t> labels_of(const model::ModelSpec&, std::int64_t label, int count,
                                    int otherwise = 0);

// What is decoded into a picture of so many columns. labels [count]: of a model that is told them.
struct Decoded {
    std::vector<float> z;  // [count, N]
    int count;
    int columns;
    std::vector<std::uint8_t> labels = {};
};
// As one PNG; says so on stderr.
void write_decoded(const io::SavedRun&, const Decoded&, const PictureOptions&);

}  // namespace elbow::commands
