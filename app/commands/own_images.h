#pragma once

// Pictures of a person's own under a saved run: made as large as its images are, and looked at one
// by one. Main thread only.

#include <filesystem>
#include <string>
#include <vector>

#include "app/commands/command.h"
#include "engine/data/dataset.h"
#include "engine/explore/point.h"
#include "engine/io/run_folder.h"

namespace elbow::commands {

struct OwnImages {
    data::Dataset dataset;           // they are its held-out images, with the run's targets
    std::vector<std::string> names;  // [held_out.count], "cats/tom.png"
};

// RUN and PATH, the positional arguments, and --noise-samples.
struct OwnImageOptions {
    std::filesystem::path run;
    std::filesystem::path path;
    std::int64_t noise_samples = 1;
};
void add_own_image_options(const Command&, OwnImageOptions&);

// Throws Error where there are none, and UsageError where the run has no encoder, or is told labels
// that the pictures do not have. What is left out stands on stderr.
OwnImages own_images(const io::SavedRun&, const std::filesystem::path&);

// Each image under the run's model, in their order.
std::vector<explore::PointDetail> details_of(const io::SavedRun&, const OwnImages&,
                                             int noise_samples);

}  // namespace elbow::commands
