#include "app/gui/map/selecting.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <optional>

namespace elbow::gui {

namespace {

// By how often a line to the right crosses it.
bool is_within(PlanePoint at, std::span<const PlanePoint> line) {
    bool within = false;
    for (std::size_t i = 0, before = line.size() - 1; i < line.size(); before = i++) {
        const PlanePoint &a = line[i], &b = line[before];
        if ((a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x)
            within = !within;
    }
    return within;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<int> number_of(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && value >= 0 ? std::optional(value) : std::nullopt;
}

// "7" or "20-29".
std::optional<Selection> numbers_of(std::string_view word, int images) {
    const auto dash = word.find('-');
    const auto first = number_of(trimmed(word.substr(0, dash)));
    const auto last =
        dash == std::string_view::npos ? first : number_of(trimmed(word.substr(dash + 1)));
    if (!first || !last || *first > *last || *last >= images) return std::nullopt;
    Selection found(static_cast<std::size_t>(*last - *first) + 1);
    std::iota(found.begin(), found.end(), *first);
    return found;
}

std::optional<Selection> images_of_class(std::string_view word, const MapClasses& classes) {
    const auto name = std::find(classes.names.begin(), classes.names.end(), word);
    if (name == classes.names.end() || classes.of.empty()) return std::nullopt;
    Selection found;
    for (std::size_t image = 0; image < classes.of.size(); ++image)
        if (classes.of[image] == name - classes.names.begin())
            found.push_back(static_cast<int>(image));
    return found;
}

}  // namespace

Selection combined(const Selection& before, const Selection& found, Selecting how) {
    Selection result;
    const auto into = std::back_inserter(result);
    switch (how) {
        case Selecting::kReplace:
            return found;
        case Selecting::kAdd:
            std::set_union(before.begin(), before.end(), found.begin(), found.end(), into);
            break;
        case Selecting::kTakeAway:
            std::set_difference(before.begin(), before.end(), found.begin(), found.end(), into);
            break;
    }
    return result;
}

Selection inverted(const Selection& selection, int images) {
    Selection all(static_cast<std::size_t>(std::max(images, 0)));
    std::iota(all.begin(), all.end(), 0);
    return combined(all, selection, Selecting::kTakeAway);
}

Selection toggled(Selection selection, int image) {
    const auto at = std::lower_bound(selection.begin(), selection.end(), image);
    if (at != selection.end() && *at == image)
        selection.erase(at);
    else
        selection.insert(at, image);
    return selection;
}

bool is_selected(const Selection& selection, int image) {
    return std::binary_search(selection.begin(), selection.end(), image);
}

std::string why_nothing_selected(const ViewState& view_state) {
    return view_state.selection.empty() ? "Nothing is selected." : "";
}

Selection inside(const PlacedPoints& points, std::uint32_t hidden_labels,
                 std::span<const PlanePoint> line) {
    Selection found;
    if (line.size() < 3) return found;
    for (int i = 0; i < points.count(); ++i) {
        if (is_hidden(hidden_labels, points.label(i))) continue;
        const PlanePoint at = points.at(i);
        if (std::isfinite(at.x) && std::isfinite(at.y) && is_within(at, line)) found.push_back(i);
    }
    return found;
}

Selection with_values(const PlacedPoints& points, std::uint32_t hidden_labels,
                      std::span<const float> values, float low, float high) {
    Selection found;
    for (int i = 0; i < points.count(); ++i) {
        const float value = values[static_cast<std::size_t>(i)];
        const PlanePoint at = points.at(i);
        const bool shown = !is_hidden(hidden_labels, points.label(i)) && std::isfinite(at.x) &&
                           std::isfinite(at.y);
        if (shown && value >= low && value <= high) found.push_back(i);
    }
    return found;
}

Selection typed_selection(std::string_view typed, const data::Dataset& dataset,
                          const MapClasses& shown, std::string& message) {
    const MapClasses labels = map_classes(dataset, nullptr, {});
    Selection found;
    message.clear();
    const bool alone = typed.find(',') == std::string_view::npos;
    while (!typed.empty()) {
        const auto comma = typed.find(',');
        const std::string_view word = trimmed(typed.substr(0, comma));
        typed = comma == std::string_view::npos ? std::string_view() : typed.substr(comma + 1);
        if (word.empty()) continue;
        // Of a class whose name is a number, "7" alone is the class.
        std::optional<Selection> part;
        if (alone || !number_of(word)) part = images_of_class(word, shown);
        if (!part && (alone || !number_of(word))) part = images_of_class(word, labels);
        if (!part) part = numbers_of(word, dataset.held_out.count);
        if (!part) {
            message = "'" + std::string(word) + "' is neither a label nor a number up to " +
                      std::to_string(dataset.held_out.count - 1) +
                      "; type a label, or numbers as in 7, 20-29.";
            return {};
        }
        found = combined(found, *part, Selecting::kAdd);
    }
    return found;
}

PlacedPoints isolated(PlacedPoints points, const ViewState& view_state) {
    if (!view_state.isolate || view_state.selection.empty()) return points;
    for (int i = 0; i < points.count(); ++i) {
        if (is_selected(view_state.selection, i)) continue;
        points.xy[2 * static_cast<std::size_t>(i)] = std::numeric_limits<float>::quiet_NaN();
    }
    return points;
}

}  // namespace elbow::gui
