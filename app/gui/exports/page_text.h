#pragma once

// The text of a page for browsers around its data: the files of assets/page put together, in the
// window's colours. Pure functions, for any thread.

#include <string>

#include "engine/core/json.h"

namespace elbow::gui {

// One file that needs no other. Throws Error where the program's own files are missing.
std::string page_text(const std::string& title, const Json& run);

}  // namespace elbow::gui
