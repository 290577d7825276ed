#pragma once

// Draws the panels where the layout puts them: title bars, splitters, and one panel over all of it
// when it is maximised. A title that is dragged takes its panel elsewhere. GUI thread.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/layout_drop.h"
#include "app/gui/panel.h"
#include "app/gui/panel_titles.h"

namespace elbow::gui {

class Workspace {
  public:
    explicit Workspace(std::vector<std::unique_ptr<Panel>> panels);

    // Inside the window that covers everything. contexts: of the one run, or of the two of a race.
    void draw(std::span<Context> contexts, std::size_t in_hand, const Area& space);

    // What its panels can do.
    void add_panel_actions(std::span<Context> contexts, std::size_t in_hand, WindowActions&);
    // Which panel is to be seen, and how large.
    void add_layout_actions(std::span<const Context> contexts, WindowActions&);
    // Brings the panel to the front of its tabs in the next frame; another one that is maximised
    // makes room.
    void show(const std::string& place) { asked_for_ = place; }

    // Maximises the panel at the place, or restores the one that is maximised.
    void toggle_maximised(ImVec2 place);
    // What the window has to fill with the panels' colour under this frame.
    std::span<const Area> grounds() const { return grounds_; }
    void restore() { maximised_ = kNone; }
    bool is_maximised() const { return maximised_ != kNone; }
    // The place of the panel that is maximised; empty: none is.
    std::string filling() const { return is_maximised() ? held_[maximised_].panel->place() : ""; }
    // Maximises the panel at the place.
    void fill(const std::string& place);
    // From now on those at these places alone; none: all.
    void show_only(std::vector<std::string> places) { only_ = std::move(places); }
    // Every panel where it was drawn last.
    const Layout& layout() const { return layout_; }
    // Whether a panel was being carried, which now stays where it was.
    bool cancel_move();

  private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    struct Held {
        std::unique_ptr<Panel> panel;
        Area area;                     // as last drawn; empty while it is hidden
        float controls_width = 0;      // of the title's controls, as last drawn; design pixels
        bool controls_folded = false;  // there is no room for them beside the title
        bool drawn = false;            // its contents, since the last frame began
    };
    // Of a panel whose title the mouse holds.
    struct Move {
        std::size_t index;
        ImVec2 from;  // where the mouse took it
        bool under_way = false;
    };

    void adopt(const Layout&, std::span<const Context>);
    // Why there is nothing of it to be seen; empty: there is.
    std::string why_not_there(const std::string& place, std::span<const Context>) const;
    void bring_up(const std::string& place);
    void add_actions_of(std::size_t index, std::span<const Context>, WindowActions&);
    void draw_panels(std::span<Context>, std::size_t in_hand, const LayoutPlaces&,
                     const Area& space);
    void draw_place(std::span<Context>, std::size_t in_hand, std::size_t index, const GroupPlace&);
    void draw_panel(Context&, std::size_t index, const GroupPlace&);
    void draw_frame_and_content(Context&, std::size_t index, const GroupPlace&);
    void draw_content(Context&, Held&, float title_height);
    void draw_title(Context&, std::size_t index, const GroupPlace&, const Area& bar);
    std::vector<PanelTab> tabs_in(const Context&, std::size_t index, const GroupPlace&) const;
    void draw_title_controls(Context&, Held&, const Area& room);
    void take_titles(Context&, std::size_t index, std::span<const PanelTab>, const Area& bar);
    bool grip(const PanelTab&, const Area&);
    void draw_splitters(Context&, const LayoutPlaces&);
    void follow_move(Context&, const LayoutPlaces&, const Area& space);
    void draw_preview(Context&, const Layout& moved, const std::optional<Spot>&,
                      const Area& space) const;
    void draw_insertion(const Context&, const Spot&) const;

    std::vector<Held> held_;
    std::vector<PanelHome> homes_;
    std::vector<bool> offered_;      // of each home, whether its panel is in the layout now
    std::vector<std::string> only_;  // places; empty: all
    PanelSizes least_;
    Layout defaults_;
    Layout adopted_;  // from the settings
    Layout layout_;   // the same with every panel in it
    bool changed_ = false;
    std::vector<Area> grounds_;
    std::vector<TabPlace> titles_;  // as drawn in this frame
    Area column_, next_column_;     // of the panel that the keyboard is in; empty: of none
    std::size_t maximised_ = kNone;
    std::size_t toggle_ = kNone;  // asked for by the mouse while drawing
    std::string asked_for_;       // to be brought to the front; empty: none
    std::optional<Move> move_;
    bool gripped_ = false;      // the title that the mouse holds was drawn
    bool was_gripped_ = false;  // in the frame before
};

}  // namespace elbow::gui
