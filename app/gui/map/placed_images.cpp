#include "app/gui/map/placed_images.h"

#include <cmath>
#include <cstdlib>
#include <unordered_map>

namespace elbow::gui {

namespace {

// Cells as large as an image: each holds the middle of one image at the most.
class Occupied {
  public:
    explicit Occupied(const ImageRoom& room) : room_(room) {}

    // Whether there was room, which is taken now.
    bool take(PlanePoint at) {
        const auto column = static_cast<std::int64_t>(std::floor(at.x / room_.width));
        const auto row = static_cast<std::int64_t>(std::floor(at.y / room_.height));
        for (std::int64_t r = row - 1; r <= row + 1; ++r) {
            for (std::int64_t c = column - 1; c <= column + 1; ++c) {
                const auto found = middles_.find(key(c, r));
                if (found == middles_.end()) continue;
                if (std::abs(found->second.x - at.x) < room_.width &&
                    std::abs(found->second.y - at.y) < room_.height)
                    return false;
            }
        }
        middles_.emplace(key(column, row), at);
        return true;
    }

  private:
    static std::uint64_t key(std::int64_t column, std::int64_t row) {
        return static_cast<std::uint64_t>(column) << 32U ^ static_cast<std::uint32_t>(row);
    }
    const ImageRoom room_;
    std::unordered_map<std::uint64_t, PlanePoint> middles_;
};

}  // namespace

ImageRoom image_room(const PlaneView& view, ImVec2 least_px) {
    const double width = size_in_steps(double{least_px.x} / view.pixels_per_unit());
    return {width, width * double{least_px.y} / double{least_px.x}};
}

std::vector<int> images_with_room(const PlacedPoints& points, std::span<const std::uint32_t> order,
                                  std::uint32_t hidden_labels, const ImageRoom& room,
                                  std::span<const int> before) {
    std::vector<int> placed;
    std::vector<bool> had(static_cast<std::size_t>(points.count()), false);
    Occupied occupied(room);
    const auto place = [&](int image) {
        if (image >= points.count() || is_hidden(hidden_labels, points.label(image))) return;
        const PlanePoint at = points.at(image);
        const auto i = static_cast<std::size_t>(image);
        if (had[i] || !std::isfinite(at.x) || !std::isfinite(at.y)) return;
        had[i] = true;
        if (occupied.take(at)) placed.push_back(image);
    };
    for (const int image : before) place(image);
    const bool ordered = order.size() == static_cast<std::size_t>(points.count());
    for (int i = 0; i < points.count(); ++i)
        place(ordered ? static_cast<int>(order[static_cast<std::size_t>(i)]) : i);
    return placed;
}

std::vector<int> images_in_view(const PlacedPoints& points, std::span<const int> images,
                                const PlaneView& view, const ImageRoom& room, std::size_t most) {
    std::vector<int> seen;
    for (const int image : images) {
        const PlanePoint at = points.at(image);
        if (std::abs(at.x - 0.5 * (view.x_min() + view.x_max())) >
                0.5 * (view.x_max() - view.x_min() + room.width) ||
            std::abs(at.y - 0.5 * (view.y_min() + view.y_max())) >
                0.5 * (view.y_max() - view.y_min() + room.height))
            continue;
        seen.push_back(image);
        if (seen.size() == most) break;
    }
    return seen;
}

}  // namespace elbow::gui
