#pragma once

// What the panel of the curves can show, and over what: its tabs, and its horizontal axes. GUI
// thread.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/window_action.h"

namespace elbow::gui {

enum class CurveTab { kBound, kReconstruction, kKl, kKlPerLatent, kReading };

struct CurveTabEntry {
    CurveTab tab;
    const char* name;
    const char* label;
    const char* help;
    std::size_t reading = 0;  // of CurveTab::kReading: its place among the estimator's
};

std::span<const CurveTabEntry> curve_tabs_of_every_run();
// Those, then one for each of the estimator's readings.
std::vector<CurveTabEntry> curve_tabs(const Context&);
std::string layout_name(const CurveTabEntry&);

struct CurveAxisEntry {
    CurveAxis axis;
    const char* name;     // in the layout log
    const char* label;    // on the button
    const char* x_label;  // under the plot
    const char* help;
};

std::span<const CurveAxisEntry> curve_axes();
const CurveAxisEntry& axis_entry(CurveAxis);

// One for each of curve_axes(). why_not: of all of them.
std::vector<WindowAction> axis_actions(Context&, const std::string& why_not);
WindowAction log_axis_action(Context&, const std::string& why_not);
// Takes the curve of a compared run away.
WindowAction stop_comparing_action(Context&, std::size_t number);

}  // namespace elbow::gui
