#pragma once

// What lies over the map's picture on ImGui's draw list: the path with its handles, the dot,
// the posterior of the selected point. Pure drawing; the map panel decides what happens with the
// mouse. GUI thread.

#include "app/gui/context.h"
#include "app/gui/panels/map_view.h"

namespace elbow::gui {

// What the map panel knows about the mouse.
struct OverlayState {
    std::optional<int> hovered_point;
    std::optional<PlanePoint> snap;                      // where a dropped handle would land
    bool dot_hot = false, a_hot = false, b_hot = false;  // hovered or dragged
};

// Sizes at scale 1.
inline constexpr float kDotRadiusPx = 8.0f;
inline constexpr float kHandleRadiusPx = 9.0f;

// With one latent: the prior's density as a curve over the axis.
void draw_prior_curve(const Context&, ImDrawList*, const PlaneView&);

void draw_path(const Context&, ImDrawList*, const PlaneView&);
void draw_posterior(const Context&, ImDrawList*, const PlaneView&, const PlacedPoints&);
void draw_hovered_point(const Context&, ImDrawList*, const PlaneView&, const PlacedPoints&,
                        const OverlayState&);
// Marks map.handle_a, map.handle_b and map.dot.
void draw_handles(Context&, ImDrawList*, const PlaneView&, const OverlayState&);
void draw_dot(Context&, ImDrawList*, const PlaneView&, const OverlayState&);

}  // namespace elbow::gui
