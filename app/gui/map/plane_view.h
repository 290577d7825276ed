#pragma once

// A view of the plane of the latent map: from latent units to pixels and back, panning, zooming and
// the movement from one view to another. Pure functions and values, no drawing.

#include "app/gui/view_state.h"
#include "imgui.h"

namespace elbow::gui {

// A place on the plane, latent units, y upwards.
struct PlanePoint {
    double x = 0.0;
    double y = 0.0;
};

// The part of the plane that a rectangle of pixels shows; both axes have the same scale.
class PlaneView {
  public:
    PlaneView(const MapRect& rect, ImVec2 min_px, ImVec2 size_px);

    ImVec2 to_pixel(PlanePoint) const;
    PlanePoint to_plane(ImVec2 pixel) const;
    double pixels_per_unit() const { return pixels_per_unit_; }
    ImVec2 min_px() const { return min_; }
    ImVec2 max_px() const { return {min_.x + size_.x, min_.y + size_.y}; }
    ImVec2 size_px() const { return size_; }
    double aspect() const { return size_.x / size_.y; }
    double x_min() const { return rect_.x_center - 0.5 * size_.x / pixels_per_unit_; }
    double x_max() const { return rect_.x_center + 0.5 * size_.x / pixels_per_unit_; }
    double y_min() const { return rect_.y_center - rect_.half_height; }
    double y_max() const { return rect_.y_center + rect_.half_height; }

  private:
    MapRect rect_;
    ImVec2 min_, size_;
    double pixels_per_unit_;
};

// The same plane at the same scale, with this part of each side more on either end of it, in whole
// pixels.
PlaneView widened(const PlaneView&, float part);
// How much wider what is drawn for a panning view is.
inline constexpr float kPanningSpare = 0.25f;
// How much may be drawn on it, in parts of what a view may have.
inline constexpr int kGroundShare = 3;
// Whether the first shows no more of the plane than the other, to half a pixel, at the same scale.
bool lies_within(const PlaneView&, const PlaneView& other);
// Whether they show different places at the same scale and size.
bool is_panned(const PlaneView& from, const PlaneView& to);

// The view after the plane was pulled by so many pixels.
MapRect panned(const MapRect&, const PlaneView&, ImVec2 by_px);

// Half the height of a view, in latent units.
inline constexpr double kSmallestHeight = 1e-4, kLargestHeight = 1e8;
// The view after zooming in (factor > 1) or out with the place under the pixel staying where it is.
MapRect zoomed(const MapRect&, const PlaneView&, ImVec2 at_px, double factor);

// A part of the way from one view to another, for a movement that settles within about half a
// second; `to` itself once the rest cannot be seen.
MapRect approached(const MapRect& from, const MapRect& to, double elapsed_s);

}  // namespace elbow::gui
