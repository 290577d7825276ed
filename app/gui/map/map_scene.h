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
#include "engine/explore/amortisation.h"
#include "engine/explore/latent_map.h"
#include "engine/explore/manifold.h"
#include "engine/explore/prior_density.h"

namespace elbow::gui {

// What is under the mouse.
struct UnderMouse {
    std::optional<int> hovered_point;
    std::optional<PlanePoint> snap;                      // where a dropped handle would land
    bool dot_hot = false, a_hot = false, b_hot = false;  // hovered or dragged
};

// q(z|x) of the selected image, and the best q(z) of it; empty and null where they are not known.
struct SelectedPosterior {
    std::span<const float> mean, deviation;  // [N]
    const explore::RefinedPoint* refined = nullptr;
    std::span<const float> cloud = {};  // [draws, N], where the deviations do not tell its shape
};

// The decoded images behind the points; none where there are none for these axes.
struct DecodedTiles {
    explore::ManifoldRequest grid;
    std::span<const std::uint8_t> images;  // [rows * columns, C, H, W]
    data::ImageShape shape;
    std::shared_ptr<const void> held;  // what holds them on the screen: other images, another
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
    float point_size = 4.0f;                    // design pixels
    bool prior = true;                          // the run has one, N(0, I)
    bool spread_known = true;                   // the variances of q(z|x) are trained
    const explore::LatentMap* codes = nullptr;  // of the points; null: there are none
    DecodedTiles tiles{};
    const explore::PriorDensity* density = nullptr;  // of another prior; null: not known
    SelectedPosterior selected{};
    // On the screen alone.
    UnderMouse over{};
    const RankedPoints* ranked = nullptr;  // the same points where they are too many to draw all
    std::uint64_t points_version = 0;      // rises with each change of the points
    // In a picture alone: the rows of the labels, as legend_rows() has them.
    std::span<const std::string> legend{};
    int classes = 0;

    bool shows_images() const { return !tiles.images.empty(); }
    bool has_plane() const { return view_state.anchor.size() > 1; }
    charts::Pixel pixel(PlanePoint at) const { return corner(view.to_pixel(at)); }
    charts::Pixel pixel(std::span<const float> z) const { return pixel(projected(view_state, z)); }
    charts::Pixel low() const { return corner(view.min_px()); }
    charts::Pixel high() const { return corner(view.max_px()); }

  private:
    static charts::Pixel corner(ImVec2 at) { return {at.x, at.y}; }
};

}  // namespace elbow::gui
