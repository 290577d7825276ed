#pragma once

// Which options a text finds. Pure functions.

#include <string_view>

#include "engine/run/config.h"

namespace elbow::gui {

// Whether every word of the text, in capitals or not, is in the option's title, its name on the
// command line ("--step-size", "step") or its help. An empty text finds every option.
bool is_found(const Option&, std::string_view text);

}  // namespace elbow::gui
