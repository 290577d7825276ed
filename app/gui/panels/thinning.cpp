#include "app/gui/panels/thinning.h"

namespace elbow::gui {

void thin(const PlacedPoints& points, const PlaneView& view, double margin,
          std::uint32_t hidden_labels, int most, ThinnedPoints& shown) {
    shown.xy.clear();
    shown.labels.clear();
    const auto low_x = static_cast<float>(view.x_min() - margin);
    const auto high_x = static_cast<float>(view.x_max() + margin);
    const auto low_y = static_cast<float>(view.y_min() - margin);
    const auto high_y = static_cast<float>(view.y_max() + margin);
    const auto add = [&](int rank) {
        const int index = points.ranked(rank);
        const float* const at = points.xy.data() + 2 * static_cast<std::size_t>(index);
        const bool in_view = at[0] >= low_x && at[0] <= high_x && at[1] >= low_y && at[1] <= high_y;
        if (!in_view || is_hidden(hidden_labels, points.label(index))) return;
        shown.xy.insert(shown.xy.end(), at, at + 2);
        if (!points.labels.empty())
            shown.labels.push_back(points.labels[static_cast<std::size_t>(index)]);
    };
    int halvings = 0;
    while ((points.count() >> halvings) > most) ++halvings;
    int rank = 0;
    int whole = 0;  // points of the last share that was looked at to its end
    for (;; --halvings) {
        const int end = points.count() >> halvings;
        for (; rank < end && shown.count() <= most; ++rank) add(rank);
        if (shown.count() > most) break;
        whole = shown.count();
        shown.one_in = 1 << halvings;
        if (halvings == 0) return;
    }
    shown.xy.resize(2 * static_cast<std::size_t>(whole));
    if (!shown.labels.empty()) shown.labels.resize(static_cast<std::size_t>(whole));
}

std::vector<float> sample_places(const PlacedPoints& points, int most) {
    if (points.count() <= most) return points.xy;
    std::vector<float> places;
    places.reserve(2 * static_cast<std::size_t>(most));
    for (int rank = 0; rank < most; ++rank) {
        const auto at = 2 * static_cast<std::size_t>(points.ranked(rank));
        places.push_back(points.xy[at]);
        places.push_back(points.xy[at + 1]);
    }
    return places;
}

}  // namespace elbow::gui
