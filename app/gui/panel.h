#pragma once

// A panel is a file: it draws itself into the ImGui window that the layout has opened for it, reads
// the newest answers from the context and changes the view state or sends commands. The list is in
// panels.cpp. GUI thread.

#include <cstddef>
#include <memory>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/layout_places.h"
#include "app/gui/window_action.h"

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
    // What its keys and its controls do. Its title is their place. Asked of the panels that show
    // the run in hand, also while they are behind others.
    virtual void add_actions(Context&, WindowActions&) {}
    // Every frame before anything is drawn, also while another panel is maximised: what moves by
    // itself.
    virtual void tick(Context&) {}
    // Before that, where it was not drawn in the frame before, behind another tab or maximised
    // panel: takes back what it asks for, for nobody looks.
    virtual void unseen(Context&) {}
    // Whether the run has something for it. Of no run that is shown: the layout leaves it out.
    virtual bool is_offered(const Context&) const { return true; }
    // Inside an ImGui child of the place's size, under the panel's title bar.
    virtual void draw(Context&) = 0;
    // Small controls at the right end of the title bar, drawn before draw(); none by default.
    virtual void draw_title_controls(Context&) {}
};

// The number of the run that it shows. in_hand: that of the run in hand.
std::size_t run_shown_by(const Panel&, std::size_t in_hand);

// All panels, in the order in which they are drawn (the map before what shows its cursor). The
// second run's map shares the place of the first run's.
std::vector<std::unique_ptr<Panel>> make_panels();

}  // namespace elbow::gui
