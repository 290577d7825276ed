#pragma once

// Draws the panels into their slots: title bars, splitters, and one panel over all of it when it is
// maximised. GUI thread.

#include <memory>
#include <span>
#include <vector>

#include "app/gui/layout.h"
#include "app/gui/panel.h"

namespace elbow::gui {

class Workspace {
  public:
    explicit Workspace(std::vector<std::unique_ptr<Panel>> panels);

    // Inside the window that covers everything. contexts: of the one run, or of the two of a race.
    void draw(std::span<Context> contexts, std::size_t in_hand, const Area& space);

    // Maximises the panel at the place, or restores the one that is maximised.
    void toggle_maximised(ImVec2 place);
    // What the window has to fill with the panels' colour under this frame.
    std::span<const Area> grounds() const { return grounds_; }
    void restore() { maximised_ = kNone; }
    bool is_maximised() const { return maximised_ != kNone; }

  private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    struct Held {
        std::unique_ptr<Panel> panel;
        Area area;                     // as last drawn; empty while it is hidden
        float controls_width_px = 0;   // of the title's controls, as last drawn
        bool controls_folded = false;  // there is no room for them beside the title
    };

    void draw_slot(std::span<Context>, std::size_t in_hand, std::size_t index, const Area&);
    void draw_panel(Context&, std::size_t index, const Area&);
    void draw_frame_and_content(Context&, std::size_t index, const Area&);
    void draw_title(Context&, std::size_t index, const Area& bar);
    void draw_title_controls(Context&, Held&, const Area& room);
    void draw_maximise_button(Context&, std::size_t index, const Area&);
    static void draw_splitters(Context&, const LayoutAreas&, const Area& space);

    std::vector<Held> held_;
    std::vector<Area> grounds_;
    Area column_, next_column_;  // of the panel that the keyboard is in; empty: of none
    std::size_t maximised_ = kNone;
    std::size_t toggle_ = kNone;  // asked for by the mouse while drawing
};

}  // namespace elbow::gui
