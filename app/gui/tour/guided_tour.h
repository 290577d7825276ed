#pragma once

// The guided tour: a card that goes from one thing in the window to the next (steps.h) and says
// what it is, with the rest of the window dimmed. The window stays as alive as ever. What a step
// switches on is off again after it. GUI thread.

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/gui/area.h"
#include "app/gui/context.h"
#include "app/gui/tour/lent.h"
#include "app/gui/tour/steps.h"
#include "app/gui/window_action.h"
#include "app/gui/workspace.h"

namespace elbow::gui {

class GuidedTour {
  public:
    // These take effect when it is drawn next.
    void toggle();
    void close() { wished_.reset(); }
    // At once.
    void end(Settings&, Workspace&);
    void go_to(std::size_t step) { wished_ = step; }
    bool is_open() const { return wished_.has_value(); }
    // Left and Right; whether one of them was pressed.
    bool take_keys();

    // After the panels, which it points at. actions: those of this frame.
    void draw(Context&, Workspace&, const std::function<WindowActions()>& actions);

    // The settings as they would be had the tour never been.
    Settings without(const Settings&) const;
    // Puts the map's layers back until it is drawn next.
    void put_back(MapLook& look) { look_.end(look); }

  private:
    void go_on(int by);
    void begin_step(Context&, Workspace&);
    void end_step(Settings&, Workspace&);
    void switch_layer_on(Context&, const WindowActions&);
    std::vector<Area> targets(const Context&) const;
    static void dim(Context&, std::span<const Area> targets);
    void place_card(float scale, std::span<const Area> targets);
    void draw_card(Context&, std::span<const Area> targets);
    void draw_words(Context&, bool found) const;
    void draw_invitation(Context&) const;
    void draw_dots(Context&);
    void draw_buttons(Context&);

    std::optional<std::size_t> wished_, at_;  // a step; absent: it is closed
    Lent<MapLook> look_;
    Lent<Layout> layout_;
    std::string filling_;  // the panel that filled the window before the step; empty: none
    std::string why_not_;  // the step's layer cannot be switched on; empty: it can
    ViewState then_;       // when the step began
    bool begun_ = false;   // the step is seen
    bool done_ = false;    // what it invites to
    int frames_ = 0;       // since the step began
    Area card_;            // as last drawn; no height: not yet in this step
};

}  // namespace elbow::gui
