#pragma once

// What lies on the plane of the latent map: points on the chosen axes, which of them is near, the
// view that fits them, and the cells of what is computed behind them. Pure functions and values, no
// drawing.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "app/gui/map/plane_view.h"
#include "app/gui/view_state.h"
#include "engine/explore/latent_map.h"
#include "engine/explore/manifold.h"
#include "imgui.h"

namespace elbow::gui {

// Where 99 % of the points xy [count, 2] lie along each axis; not `any` where none is finite.
struct PointExtent {
    bool any = false;
    PlanePoint low, high;
};
PointExtent point_extent(std::span<const float> xy);

// What a view has to show to fit.
struct FitWish {
    PointExtent points;
    bool prior = true;             // the middle of N(0, I), too
    std::vector<PlanePoint> held;  // the dot, A and B: inside with all of their discs
};
// The view of the canvas that fits. held_px: the radius of a disc.
MapRect fitted(const FitWish&, ImVec2 size_px, float held_px);
// The discs lie inside the view.
bool holds(const MapRect&, const FitWish&, ImVec2 size_px, float held_px);

// The cells of the manifold behind the points: no narrower, at scale 1, for a digit can still be
// read; and no more of them, however fast they are decoded.
inline constexpr float kSmallestCellPx = 20.0f;
inline constexpr int kMostManifoldCells = 2500;

// The next size on, in steps of the square root of two: what has such a size keeps it over a range
// of zooms and then changes at once.
double size_in_steps(double least);

// The finest grid of square cells that covers the view with at most so many cells, none narrower
// than smallest_px. They lie at whole multiples of their size in latent units, so that they stay on
// their places while the view pans.
explore::ManifoldRequest aligned_grid(const PlaneView&, double smallest_px, int most_cells);

// The cells at whose middles the density of a prior is looked up for its lines: a few pixels wide,
// and one more all around the view, so that lines reach its border. Without a plane (one latent), a
// row of narrower ones. scale: pixels for a design pixel.
explore::ManifoldRequest density_cells(const PlaneView&, double scale, bool has_plane);

// The finest grid of square cells over the part of the unit square that is in view, by the same
// rule.
explore::ManifoldRequest unit_square_grid(const PlaneView&, double smallest_px, int most_cells);

// The cells on the plane of the map: its axes (one latent lies along x, and y means nothing), the
// other latents at the anchor, the decoder told the label.
explore::ManifoldRequest on_plane(const ViewState&, explore::ManifoldRequest cells);
// Whether they lie along the axes that the map has now.
bool along_axes(const ViewState&, const explore::ManifoldRequest& cells);

// How fine the manifold may be for a new one to follow every frame, from what decoding has cost.
class ManifoldFineness {
  public:
    void took(int cells, double seconds);
    int most_cells() const { return most_cells_; }

  private:
    double seconds_per_cell_ = 0.0;  // smoothed; 0: not known yet
    int most_cells_ = 400;
};

// Where the points of a map lie on the plane. With one latent, y carries the label: a row for each
// class, the first one at the top, with a jitter that depends on the point's number alone.
struct PlacedPoints {
    std::vector<float> xy;             // [count, 2]
    std::vector<std::uint8_t> labels;  // [count], or empty
    double row_unit = 1.0;             // with one latent: see row_unit() below
    int count() const { return static_cast<int>(xy.size() / 2); }
    PlanePoint at(int index) const;
    int label(int index) const;
};
PlacedPoints place_points(const explore::LatentMap&, std::span<const std::uint8_t> labels,
                          int classes, int x_axis, int y_axis);

// The posterior mean of an image of the map. [N]
std::vector<float> mean_of(const explore::LatentMap&, int index);

// Where the values of the two axes' latents lie on the plane: there, but in the paper's view at
// Phi of each.
PlanePoint on_map(const ViewState&, PlanePoint z);
// A latent vector on the plane; with one latent it lies on the middle line.
PlanePoint projected(const ViewState&, std::span<const float> z);
// Around a place of the latent space, with radii along the axes in latent units.
std::vector<PlanePoint> ellipse_on_map(const ViewState&, PlanePoint z, double x_radius,
                                       double y_radius, std::size_t corners);
// All points to Phi of their places.
void into_unit_square(PlacedPoints&);
// What a fitted paper's view shows.
PointExtent unit_square();

// The latent vector at a place of the plane: the anchor with the two axes' values replaced. [N]
std::vector<float> lifted(const ViewState&, PlanePoint);

// How far a latent vector lies from the plane that the map shows: the Euclidean distance over the
// latents that are not on its axes.
double off_plane(const ViewState&, std::span<const float> z);

// The y of the row of a class when there is one latent, where the codes are as wide as a prior
// N(0, 1); else times the unit of rows.
double label_row(int label, int classes);
// A power of two, at least 1: rows grow with the codes, which without a prior may be of any size,
// and not with every small change of them.
double row_unit(const explore::LatentMap&);

// The nearest point within the radius (latent units) whose label is not hidden.
std::optional<int> point_near(const PlacedPoints&, std::uint32_t hidden_labels, PlanePoint,
                              double radius);

}  // namespace elbow::gui
