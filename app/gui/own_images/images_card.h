#pragma once

// What was found, in words, and what may be chosen about it. GUI thread.

#include <string>
#include <vector>

#include "app/gui/context.h"
#include "engine/data/sources/choices.h"
#include "engine/data/sources/finding.h"

namespace elbow::gui {

// Counts, what was left out and why, and the histogram of the values.
void draw_finding(Context&, const data::Finding&);

// A row for each choice; says whether one was changed. What the finding does not leave open is
// disabled, with the reason.
bool draw_choices(Context&, const data::Finding&, data::Choices&);

// How large the images may become: "28 x 28", "178 x 218, as most are".
struct OfferedSize {
    int width, height;
    std::string label;
};
std::vector<OfferedSize> offered_sizes(const data::Finding&);

}  // namespace elbow::gui
