#include "app/gui/layout_json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace elbow::gui {
namespace {

constexpr std::size_t kMostNodes = 256;

void add_nodes(const Layout& layout, Json::Array& nodes) {
    if (!layout.is_split()) {
        if (layout.empty()) return;
        nodes.push_back(Json::Object{{"tabs", Json::list_of(layout.panels)},
                                     {"front", layout.panels[layout.front]}});
        return;
    }
    nodes.push_back(Json::Object{{"split", layout.side_by_side ? "columns" : "rows"},
                                 {"sized", layout.second_sized ? "second" : "first"},
                                 {"share", layout.share.fraction},
                                 {"of", layout.share.of == ShareOf::kWindow ? "window" : "row"}});
    for (const Layout& part : layout.parts) add_nodes(part, nodes);
}

std::string text_of(const Json& json, const char* name) {
    const Json* found = json.find(name);
    return found != nullptr && found->is_string() ? found->string() : std::string();
}

float fraction_of(const Json& json, const char* name, float usual) {
    const Json* found = json.find(name);
    if (found == nullptr || !found->is_number() || !std::isfinite(found->number())) return usual;
    return static_cast<float>(std::clamp(found->number(), 0.0, 1.0));
}

class LayoutReader {
  public:
    explicit LayoutReader(const Json::Array& nodes) : nodes_(nodes) {}

    // The next node with its parts; empty where there is none, or it makes no sense.
    Layout take() {
        if (at_ >= std::min(nodes_.size(), kMostNodes)) return {};
        const Json& node = nodes_[at_++];
        if (!node.contains("split")) return group(node);
        const bool across = text_of(node, "split") != "rows";
        const bool second = text_of(node, "sized") == "second";
        const Side side =
            across ? (second ? Side::kRight : Side::kLeft) : (second ? Side::kBelow : Side::kAbove);
        Layout first = take();
        Layout last = take();
        if (second) std::swap(first, last);
        return split_layout(side, share(node), std::move(first), std::move(last));
    }

  private:
    Layout group(const Json& node) {
        std::vector<std::string> panels;
        const Json* list = node.find("tabs");
        if (list == nullptr || !list->is_array()) return {};
        for (const Json& panel : list->array()) {
            if (panel.is_string() && !panel.string().empty() && seen_.insert(panel.string()).second)
                panels.push_back(panel.string());
        }
        const auto front = std::find(panels.begin(), panels.end(), text_of(node, "front"));
        const auto index = static_cast<std::size_t>(front - panels.begin());
        return tab_group(std::move(panels), index);
    }

    static Share share(const Json& node) {
        return {fraction_of(node, "share", 0.5f),
                text_of(node, "of") == "row" ? ShareOf::kRow : ShareOf::kWindow};
    }

    const Json::Array& nodes_;
    std::size_t at_ = 0;
    std::set<std::string> seen_;
};

}  // namespace

Json layout_json(const Layout& layout) {
    Json::Array nodes;
    add_nodes(layout, nodes);
    return nodes;
}

Layout layout_of_json(const Json& json) {
    if (!json.is_array()) return {};
    return LayoutReader(json.array()).take();
}

Layout layout_of_fractions(const Json& settings) {
    struct Fraction {
        const char* name;
        float usual;
    };
    constexpr std::array<Fraction, 6> kFractions = {{{"left_width", 0.19f},
                                                     {"right_width", 0.22f},
                                                     {"bottom_height", 0.36f},
                                                     {"bottom_first", 0.45f},
                                                     {"bottom_second", 0.73f},
                                                     {"strip_height", 0.16f}}};
    std::array<float, 6> found{};
    bool usual = true;
    for (std::size_t i = 0; i < kFractions.size(); ++i) {
        found[i] = fraction_of(settings, kFractions[i].name, kFractions[i].usual);
        usual = usual && found[i] == kFractions[i].usual;
    }
    if (usual) return {};
    const auto [left, right, bottom, curves, samples, strip] = found;
    const Share of_row_curves{curves, ShareOf::kRow}, of_row_samples{1 - samples, ShareOf::kRow};
    Layout upper = split_layout(Side::kRight, {right, ShareOf::kWindow}, tab_group({"inspector"}),
                                split_layout(Side::kBelow, {strip, ShareOf::kWindow},
                                             tab_group({"interpolation"}), tab_group({"map"})));
    Layout lower = split_layout(Side::kLeft, of_row_curves, tab_group({"curves"}),
                                split_layout(Side::kRight, of_row_samples, tab_group({"prior"}),
                                             tab_group({"reconstructions"})));
    return split_layout(
        Side::kLeft, {left, ShareOf::kWindow}, tab_group({"controls"}),
        split_layout(Side::kBelow, {bottom, ShareOf::kWindow}, std::move(lower), std::move(upper)));
}

}  // namespace elbow::gui
