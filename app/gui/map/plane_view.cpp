#include "app/gui/map/plane_view.h"

#include <algorithm>
#include <cmath>

namespace elbow::gui {
namespace {

constexpr double kSettleSeconds = 0.12;  // time constant of a moving view

bool have_same_scale(const PlaneView& one, const PlaneView& other) {
    constexpr double kRounding = 1e-9;
    return std::abs(one.pixels_per_unit() / other.pixels_per_unit() - 1.0) < kRounding;
}

}  // namespace

PlaneView::PlaneView(const MapRect& rect, ImVec2 min_px, ImVec2 size_px)
    : rect_(rect),
      min_(min_px),
      size_(std::max(size_px.x, 1.0f), std::max(size_px.y, 1.0f)),
      pixels_per_unit_(size_.y / (2.0 * rect.half_height)) {}

ImVec2 PlaneView::to_pixel(PlanePoint p) const {
    return {static_cast<float>(min_.x + 0.5 * size_.x + (p.x - rect_.x_center) * pixels_per_unit_),
            static_cast<float>(min_.y + 0.5 * size_.y - (p.y - rect_.y_center) * pixels_per_unit_)};
}

PlanePoint PlaneView::to_plane(ImVec2 pixel) const {
    return {rect_.x_center + (pixel.x - min_.x - 0.5 * size_.x) / pixels_per_unit_,
            rect_.y_center - (pixel.y - min_.y - 0.5 * size_.y) / pixels_per_unit_};
}

PlaneView widened(const PlaneView& view, float part) {
    const ImVec2 size = view.size_px();
    const ImVec2 more{std::round(part * size.x), std::round(part * size.y)};
    const ImVec2 wide{size.x + 2.0f * more.x, size.y + 2.0f * more.y};
    return {{.x_center = 0.5 * (view.x_min() + view.x_max()),
             .y_center = 0.5 * (view.y_min() + view.y_max()),
             .half_height = 0.5 * double{wide.y} / view.pixels_per_unit()},
            {view.min_px().x - more.x, view.min_px().y - more.y},
            wide};
}

bool lies_within(const PlaneView& view, const PlaneView& other) {
    const double half = 0.5 / other.pixels_per_unit();
    return have_same_scale(view, other) && view.x_min() >= other.x_min() - half &&
           view.x_max() <= other.x_max() + half && view.y_min() >= other.y_min() - half &&
           view.y_max() <= other.y_max() + half;
}

bool is_panned(const PlaneView& from, const PlaneView& to) {
    const bool same_size = from.size_px().x == to.size_px().x && from.size_px().y == to.size_px().y;
    return same_size && have_same_scale(from, to) &&
           (from.x_min() != to.x_min() || from.y_min() != to.y_min());
}

MapRect panned(const MapRect& rect, const PlaneView& view, ImVec2 by_px) {
    MapRect result = rect;
    result.x_center -= by_px.x / view.pixels_per_unit();
    result.y_center += by_px.y / view.pixels_per_unit();
    return result;
}

MapRect zoomed(const MapRect& rect, const PlaneView& view, ImVec2 at_px, double factor) {
    MapRect result = rect;
    result.half_height = std::clamp(rect.half_height / factor, kSmallestHeight, kLargestHeight);
    const double kept = result.half_height / rect.half_height;
    const PlanePoint fixed = view.to_plane(at_px);
    result.x_center = fixed.x + (rect.x_center - fixed.x) * kept;
    result.y_center = fixed.y + (rect.y_center - fixed.y) * kept;
    return result;
}

MapRect approached(const MapRect& from, const MapRect& to, double elapsed_s) {
    const double part = 1.0 - std::exp(-std::max(elapsed_s, 0.0) / kSettleSeconds);
    const auto between = [part](double a, double b) { return a + part * (b - a); };
    const MapRect result{.x_center = between(from.x_center, to.x_center),
                         .y_center = between(from.y_center, to.y_center),
                         .half_height = between(from.half_height, to.half_height)};
    const double rest = std::abs(result.x_center - to.x_center) +
                        std::abs(result.y_center - to.y_center) +
                        std::abs(result.half_height - to.half_height);
    return rest < 1e-3 * to.half_height ? to : result;
}

}  // namespace elbow::gui
