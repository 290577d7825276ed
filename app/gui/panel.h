#pragma once

// A panel is a file: it draws itself into the ImGui window that the layout has opened for it, reads
// the newest answers from the context and changes the view state or sends commands. The list is in
// panels.cpp. GUI thread.

#include <memory>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/layout_places.h"

namespace elbow::gui {

// Of which run, where there are two.
enum class Shows { kInHand, kFirst, kSecond, kBoth };

class Panel {
  public:
    virtual ~Panel() = default;
    virtual const char* id() const = 0;     // "map"; also its name in the layout log
    virtual const char* title() const = 0;  // "Latent map"
    // Where it goes when it is first opened.
    virtual Spot home() const = 0;
    // Its name in the layout, where it shares the place of another.
    virtual const char* place() const { return id(); }
    virtual PanelSize least() const { return {}; }
    // What it draws reaches to its borders, and it never scrolls.
    virtual bool edge_to_edge() const { return false; }
    virtual Shows shows() const { return Shows::kInHand; }
    // How wide what it draws may become where it fills the window, design pixels; 0: as wide as
    // there is room.
    virtual float widest() const { return 0.0f; }
    // Every frame before anything is drawn, also while another panel is maximised: its keys, and
    // what moves by itself.
    virtual void tick(Context&) {}
    // Whether the run has something for it. Of no run that is shown: the layout leaves it out.
    virtual bool is_offered(const Context&) const { return true; }
    // A key asks for it in this frame: it comes to the front of its tabs.
    virtual bool is_asked_for() const { return false; }
    // Inside an ImGui child of the place's size, under the panel's title bar.
    virtual void draw(Context&) = 0;
    // Small controls at the right end of the title bar, drawn before draw(); none by default.
    virtual void draw_title_controls(Context&) {}
};

// All panels, in the order in which they are drawn (the map before what shows its cursor). The
// second run's map shares the place of the first run's.
std::vector<std::unique_ptr<Panel>> make_panels();

}  // namespace elbow::gui
