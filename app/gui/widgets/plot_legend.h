#pragma once

// The legend of a plot: in the corner where it hides least of the lines or, where it would reach
// across most of the plot, in brief above it. GUI thread.

#include <vector>

#include "app/gui/widgets/plot.h"
#include "app/gui/widgets/plot_frame.h"

namespace elbow::gui {

// Of those that are not hidden.
std::vector<LineView> visible_lines(const std::vector<PlotSeries>&);

class PlotLegend {
  public:
    // Takes the room that it needs above off the frame's area.
    PlotLegend(PlotFrame&, const std::vector<PlotSeries>&);
    // Over the lines. A click on an entry hides its line. Says whether the mouse is on it.
    bool draw(const PlotFrame&, std::vector<PlotSeries>&, bool hovered) const;

  private:
    enum class Place { kCorner, kAbove, kNowhere };
    bool draw_in_corner(const PlotFrame&, std::vector<PlotSeries>&, bool hovered) const;
    bool draw_above(const PlotFrame&, std::vector<PlotSeries>&, bool hovered) const;

    Place place_ = Place::kNowhere;
    ImVec2 size_{};  // of the one in a corner
    // Of the one above: where each entry begins, from the upper left corner of the first, and how
    // wide it is.
    struct Entry {
        ImVec2 at;
        float width;
    };
    std::vector<Entry> entries_;
    ImVec2 above_{};
};

}  // namespace elbow::gui
