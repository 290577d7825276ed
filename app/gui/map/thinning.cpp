#include "app/gui/map/thinning.h"

#include <algorithm>

namespace elbow::gui {
namespace {

class Bounds {
  public:
    Bounds(const PlaneView& view, double margin)
        : low_x_(static_cast<float>(view.x_min() - margin)),
          high_x_(static_cast<float>(view.x_max() + margin)),
          low_y_(static_cast<float>(view.y_min() - margin)),
          high_y_(static_cast<float>(view.y_max() + margin)) {}
    // Never a place that is not finite.
    bool hold(float x, float y) const {
        return x >= low_x_ && x <= high_x_ && y >= low_y_ && y <= high_y_;
    }

  private:
    float low_x_, high_x_, low_y_, high_y_;
};

}  // namespace

RankedPoints ranked(const PlacedPoints& points, std::span<const std::uint32_t> order) {
    if (order.size() != static_cast<std::size_t>(points.count())) return {points.xy, points.labels};
    RankedPoints result;
    result.xy.reserve(points.xy.size());
    result.labels.reserve(points.labels.size());
    for (const std::size_t index : order) {
        result.xy.push_back(points.xy[2 * index]);
        result.xy.push_back(points.xy[2 * index + 1]);
        if (!points.labels.empty()) result.labels.push_back(points.labels[index]);
    }
    return result;
}

void thin(const RankedPoints& points, const PlaneView& view, const PlaneView& ground, double margin,
          std::uint32_t hidden_labels, int most, ThinnedPoints& shown) {
    RankedPoints& found = shown.points;
    found.xy.clear();
    found.labels.clear();
    const Bounds in_view(view, margin), on_ground(ground, margin);
    const bool labelled = !points.labels.empty();
    int seen = 0;
    const auto add = [&](int rank) {
        const auto at = static_cast<std::size_t>(rank);
        const float x = points.xy[2 * at];
        const float y = points.xy[2 * at + 1];
        if (!on_ground.hold(x, y)) return;
        const std::uint8_t label = labelled ? points.labels[at] : 0;
        if (is_hidden(hidden_labels, label)) return;
        found.xy.push_back(x);
        found.xy.push_back(y);
        if (labelled) found.labels.push_back(label);
        seen += in_view.hold(x, y) ? 1 : 0;
    };
    const auto too_many = [&] { return seen > most || found.count() > kGroundShare * most; };
    int halvings = 0;
    while ((points.count() >> halvings) > most) ++halvings;
    int rank = 0;
    int whole = 0;  // points of the last share that was counted to its end
    for (;; --halvings) {
        const int end = points.count() >> halvings;
        for (; rank < end && !too_many(); ++rank) add(rank);
        if (too_many()) break;
        whole = found.count();
        shown.in_view = seen;
        shown.one_in = 1 << halvings;
        if (halvings == 0) return;
    }
    found.xy.resize(2 * static_cast<std::size_t>(whole));
    if (labelled) found.labels.resize(static_cast<std::size_t>(whole));
}

std::span<const float> sample_places(const RankedPoints& points, int most) {
    return std::span(points.xy).first(2 * static_cast<std::size_t>(std::min(most, points.count())));
}

}  // namespace elbow::gui
