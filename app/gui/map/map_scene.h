#pragma once

// What the map shows, for the panel on the screen and for a picture of it: references to what its
// maker holds, made anew for each of them. Any thread.

#include <map>
#include <memory>
#include <span>
#include <string>

#include "app/charts/painter.h"
#include "app/gui/map/map_axes.h"
#include "app/gui/map/map_view.h"
#include "app/gui/map/thinning.h"
#include "app/gui/settings.h"
#include "app/gui/theme.h"
#include "engine/data/dataset.h"
#include "engine/data/sources/latent_codes.h"
#include "engine/io/image_columns.h"
#include "engine/live/questions/estimates.h"
#include "engine/live/questions/map.h"
#include "engine/live/views.h"

namespace elbow::gui {

// What is under the mouse.
struct UnderMouse {
    std::optional<int> hovered_point;
    std::optional<PlanePoint> snap;       // where a dropped handle would land
    bool dot_hot = false;                 // hovered or dragged
    std::optional<std::size_t> waypoint;  // the same, of the path (waypoints.h)
    std::optional<PlanePoint> insertion;  // where a press puts one into the path
    std::span<const PlanePoint> line;     // drawn around what is to be selected
    std::span<const PlanePoint> stroke;   // of a path that is being drawn
};

struct MapScene {
    const ViewState& view_state;
    const Theme& theme;
    const AxisWords& words;
    const std::map<std::string, bool>& layers;  // Settings::layers
    const PlacedPoints& points;
    PlaneView view;
    MapGutters gutters;
    float scale = 1.0f;  // pixels for a design pixel
    Backdrop backdrop = Backdrop::kNone;
    bool points_shown = true;
    float point_size = 4.0f;             // design pixels
    std::string point_colour = "label";  // Settings::point_colour
    bool prior = true;                   // the run has one, N(0, I)
    bool own_prior = false;              // the run has another one
    bool spread_known = true;            // the variances of q(z|x) are trained
    const live::MapView* map = nullptr;  // that the points are of; null: there are none
    const live::Views* views = nullptr;  // the answers to what layers ask; null: none yet
    data::ImageShape image_shape{};
    const data::Dataset* dataset = nullptr;  // whose held-out images the points are; null: unknown
    const io::ImageColumns* columns = nullptr;  // of these images; null: none
    const data::LatentCodes* codes = nullptr;   // of a file, shown beside them; null: none
    // Whose draws from q(z|x) are shown; null: none.
    const live::EstimatesQuery* estimates = nullptr;
    // On the screen alone.
    UnderMouse over{};
    const RankedPoints* ranked = nullptr;  // the same points where they are too many to draw all
    std::uint64_t points_version = 0;      // rises with each change of the points
    const PlaneView* seen = nullptr;       // where `view` is a ground that reaches further
    // In a picture alone, which can wait for what is asked.
    bool in_picture = false;
    std::span<const std::string> legend{};  // the rows of the labels, as legend_rows() has them
    int classes = 0;

    // The newest answer, which may be of another image, of other axes or of other cells than those
    // that are asked for now; null: there is none.
    template <class Wanted>
    std::shared_ptr<const Wanted> answer() const {
        return views != nullptr ? views->get<Wanted>() : nullptr;
    }
    // What of the plane is on the screen.
    const PlaneView& seen_view() const { return seen != nullptr ? *seen : view; }
    bool has_plane() const { return view_state.anchor.size() > 1; }
    charts::Pixel pixel(PlanePoint at) const { return corner(view.to_pixel(at)); }
    charts::Pixel pixel(std::span<const float> z) const { return pixel(projected(view_state, z)); }
    charts::Pixel low() const { return corner(view.min_px()); }
    charts::Pixel high() const { return corner(view.max_px()); }

  private:
    static charts::Pixel corner(ImVec2 at) { return {at.x, at.y}; }
};

}  // namespace elbow::gui
