#pragma once

// What the mouse does on the map: drags the dot and the path's points, selects points, pans and
// zooms; and, where waypoints are placed (Settings::placing_waypoints), leads the path elsewhere.
// Owned by the map panel. GUI thread.

#include <functional>
#include <optional>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/map/map_scene.h"
#include "app/gui/map/map_view.h"
#include "app/gui/map/path_line.h"
#include "app/gui/map/selecting.h"

namespace elbow::gui {

// What is under the mouse to be caught.
struct MapTargets {
    const PlacedPoints& points;
    const explore::LatentMap* map;  // null: there is none yet
    // The picture of an image lies there: a click is meant for it, and not for a dot under it.
    std::function<std::optional<int>(ImVec2)> image_at = {};
};

// As the keys that are held say: Shift adds, Alt takes away.
Selecting how_to_select();

class MapMouse {
  public:
    // After the map's button was drawn; `view` as it is before this frame's panning.
    void interact(Context&, const PlaneView& view, const MapTargets&, bool hovered);

    const UnderMouse& over() const { return over_; }
    // Where the right button was pressed and let go of without moving, in this frame.
    const std::optional<ImVec2>& asked_for_menu() const { return menu_at_; }
    // The point that a click there would select.
    static std::optional<int> point_at(const Context&, const PlaneView&, const MapTargets&,
                                       ImVec2 at);
    bool rests() const { return grab_ == Grab::kNothing; }
    // The dot or a point of the path is being dragged, or a path drawn: the view must not move
    // meanwhile.
    bool holds_a_disc() const {
        return grab_ == Grab::kDot || grab_ == Grab::kWaypoint || grab_ == Grab::kDraw;
    }

  private:
    enum class Grab { kNothing, kDot, kWaypoint, kPoint, kPan, kSelect, kDraw };

    void hover_what_is_there(const Context&, const PlaneView&, const MapTargets&, bool hovered);
    void hover_waypoint_or_dot(const Context&, const PlaneView&, const MapTargets&);
    void press(Context&, const PlaneView&);
    void hold(Grab, const Context&, const PlaneView&, const std::vector<float>& z);
    bool press_on_path(Context&, const PlaneView&);
    void drag(Context&, const PlaneView&, const MapTargets&);
    void pan(Context&, const PlaneView&);
    void draw_line(const Context&, const PlaneView&);
    void draw_path(const Context&, const PlaneView&);
    void finish_path(Context&, const PlaneView&, const MapTargets&);
    void select(Context&, const MapTargets&);
    static void take(Context&);
    void release(Context&, const PlaneView&, const MapTargets&);
    bool moved(const Context&) const;
    static void wheel(Context&, const PlaneView&);
    std::vector<float> landed(const Context&, const PlaneView&, const MapTargets&, ImVec2 at);

    Grab grab_ = Grab::kNothing;
    bool dot_held_ = false;  // grabbed itself, not called from where the mouse was pressed
    ImVec2 grab_offset_{}, pressed_at_{}, panned_to_{};
    int button_ = 0;  // that was pressed
    bool panned_ = false;
    std::optional<ImVec2> menu_at_;
    std::optional<int> pressed_point_;
    std::vector<PlanePoint> line_;     // around what is being selected, or of a path
    std::size_t waypoint_ = 0;         // that is held
    std::optional<OnPath> insertion_;  // where a press puts a waypoint into the path
    std::optional<ViewState> before_;  // the first click of a double click
    UnderMouse over_;
};

}  // namespace elbow::gui
