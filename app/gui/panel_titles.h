#pragma once

// The titles in the bar at the top of a group: that of the panel in front and, where there are
// more, of those behind it; and the button at its right end. GUI thread.

#include <span>
#include <string>

#include "app/gui/area.h"
#include "app/gui/context.h"
#include "app/gui/panel.h"

namespace elbow::gui {

// The panel's title, and in a race whose panel it is.
struct PanelTitle {
    std::string text;
    std::string run;  // empty where there is one run, or both are shown
    ImU32 colour = 0;
};
PanelTitle title_of(const Context&, const Panel&);

struct PanelTab {
    std::size_t panel = 0;  // as the caller counts
    std::string name;       // for ImGui and, with ".title", for the layout log
    PanelTitle title;
    bool in_front = false;
    Area area{};  // as drawn
};

// How wide the titles are where nothing is shortened, pixels.
float titles_width(const Context&, std::span<const PanelTab>);
// Draws them from the left end of `bar` and says where each lies. Where they have less room than
// that, those behind are dots, which say their titles when they are hovered.
void draw_titles(const Context&, std::span<PanelTab>, const Area& bar, float room_px);
// Whether it was clicked.
bool draw_maximise_button(Context&, const char* panel, bool maximised, const Area&);

}  // namespace elbow::gui
