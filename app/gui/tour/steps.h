#pragma once

// The steps of the guided tour: each points at something in the live window and says what it is.
// The list is in steps.cpp. GUI thread.

#include <span>
#include <string>
#include <vector>

#include "app/gui/context.h"

namespace elbow::gui {

struct TourStep {
    const char* id;          // "encode"
    const char* title;       // "Encode"
    const char* text;        // a sentence or two
    const char* equation;    // with its number in the paper; empty: there is none
    const char* invitation;  // what the person may try
    // What it is about, by the names in the layout log (layout_log.h); a ring is drawn around each.
    std::vector<std::string> marks;
    std::vector<std::string> panels;  // their places in the layout; they come to the front
    const char* layer;                // of the map, by its toggle's name; empty: none
    // Whether what it invites to has been done since the step began.
    bool (*done)(const ViewState& then, const Context& now);
};

std::span<const TourStep> tour_steps();

}  // namespace elbow::gui
