#pragma once

// A panel is a file: it draws itself into the ImGui window that the layout has opened for it, reads
// the newest answers from the context and changes the exploration or sends commands. The list is in
// panels.cpp. GUI thread.

#include <memory>
#include <vector>

#include "app/gui/context.h"

namespace elbow::gui {

// Where the layout puts it.
enum class Slot { kLeft, kCentre, kCentreStrip, kRight, kBottomFirst, kBottomSecond, kBottomThird };

// Of which run, where there are two.
enum class Shows { kInHand, kFirst, kSecond, kBoth };

class Panel {
  public:
    virtual ~Panel() = default;
    virtual const char* id() const = 0;     // "map"; also its name in the layout log
    virtual const char* title() const = 0;  // "Latent map"
    virtual Slot slot() const = 0;
    virtual Shows shows() const { return Shows::kInHand; }
    // How wide what it draws may become where it fills the window, design pixels; 0: as wide as
    // there is room.
    virtual float widest() const { return 0.0f; }
    // Every frame before anything is drawn, also while another panel is maximised: its keys, and
    // what moves by itself.
    virtual void tick(Context&) {}
    // Inside an ImGui child of the slot's size, under the panel's title bar.
    virtual void draw(Context&) = 0;
    // Small controls at the right end of the title bar, drawn before draw(); none by default.
    virtual void draw_title_controls(Context&) {}
};

// All panels, in the order in which they are drawn (the map before what shows its cursor). One
// panel a slot; the second run's shares the slot with the first run's.
std::vector<std::unique_ptr<Panel>> make_panels();

}  // namespace elbow::gui
