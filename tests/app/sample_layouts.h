#pragma once

// Layouts for tests, and one as a line of text: "(map | curves*,prior)" has the map beside a group
// in which the curves are in front; "/" is for above and below.

#include <string>

#include "app/gui/layout_places.h"

namespace elbow::gui {

inline std::string text_of_layout(const Layout& layout) {
    if (layout.is_split()) {
        return "(" + text_of_layout(layout.parts[0]) + (layout.side_by_side ? " | " : " / ") +
               text_of_layout(layout.parts[1]) + ")";
    }
    std::string text;
    for (std::size_t i = 0; i < layout.panels.size(); ++i) {
        text += (i > 0 ? "," : "") + layout.panels[i];
        if (layout.panels.size() > 1 && i == layout.front) text += "*";
    }
    return text;
}

// As the panels name their homes, in the order in which they are drawn.
inline std::vector<PanelHome> sample_homes() {
    return {{"map", {{}, Side::kRight, {}, {}}},
            {"interpolation", {{"map"}, Side::kBelow, {0.16f}, {}}},
            {"controls", {{}, Side::kLeft, {0.19f}, {}}},
            {"curves", {{"reconstructions", "prior"}, Side::kLeft, {0.45f, ShareOf::kRow}, {}}},
            {"reconstructions", {{"map", "interpolation", "inspector"}, Side::kBelow, {0.36f}, {}}},
            {"prior", {{"reconstructions"}, Side::kRight, {0.27f, ShareOf::kRow}, {}}},
            {"inspector", {{"map", "interpolation"}, Side::kRight, {0.22f}, {}}}};
}

inline Layout sample_layout() { return completed({}, sample_homes()); }

inline PanelSizes sample_sizes() {
    return {{"controls", {236, 140}},
            {"map", {260, 170}},
            {"interpolation", {260, 92}},
            {"inspector", {210, 140}}};
}

}  // namespace elbow::gui
