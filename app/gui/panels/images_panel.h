#pragma once

// Every held-out image with what the model makes of it, sorted by any of that: by the bound, the
// list of what the model does not know. GUI thread.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/panel.h"
#include "engine/explore/scores.h"

namespace elbow::gui {

enum class ImageColumn { kPicture, kImage, kLabel, kBound, kReconstruction, kKl, kWidth };

// The images in the order of a column; what is not a number comes last. Where something was typed,
// those whose label is called so and the one of that number. labels: [count], or empty.
std::vector<int> listed_images(const explore::ImageScores&, std::span<const std::uint8_t> labels,
                               const std::vector<std::string>& class_names, ImageColumn,
                               bool descending, std::string_view typed);

std::unique_ptr<Panel> make_images_panel();

}  // namespace elbow::gui
