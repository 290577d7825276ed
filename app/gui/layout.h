#pragma once

// Where the panels and the splitters between them lie: a pure function of the settings, the space
// and the scale, so that it can be tested without a window. Lengths in pixels. GUI thread.

#include <array>

#include "app/gui/panel.h"
#include "app/gui/settings.h"

namespace elbow::gui {

struct Area {
    float x = 0, y = 0, width = 0, height = 0;
    float right() const { return x + width; }
    float bottom() const { return y + height; }
    bool contains(float px, float py) const {
        return px >= x && px < right() && py >= y && py < bottom();
    }
    bool operator==(const Area&) const = default;
};

constexpr std::size_t kSlots = 7;  // as in Slot

// Each lies between two neighbours: left | centre, centre | right, upper / bottom, map / strip, and
// the two of the bottom row.
enum class Splitter { kLeft, kRight, kBottom, kStrip, kBottomFirst, kBottomSecond };
constexpr std::size_t kSplitters = 6;
const char* splitter_name(Splitter);
// Moves left and right (true) or up and down.
bool splitter_is_upright(Splitter);

struct LayoutAreas {
    std::array<Area, kSlots> slots;
    std::array<Area, kSplitters> splitters;
    const Area& slot(Slot s) const { return slots[static_cast<std::size_t>(s)]; }
    const Area& splitter(Splitter s) const { return splitters[static_cast<std::size_t>(s)]; }
};

// Fills `space` with the seven panels and the gaps between them. Each panel keeps a minimum size;
// where the space is too small for all minimums they shrink together, so nothing ever has a
// negative size or lies outside.
LayoutAreas layout_areas(const Settings&, const Area& space, float scale);

// Moves a splitter by so many pixels as far as the minimum sizes allow, and remembers it in the
// settings.
void drag_splitter(Settings&, Splitter, float delta_px, const Area& space, float scale);
void reset_splitter(Settings&, Splitter);

}  // namespace elbow::gui
