#include "app/gui/layout_places.h"

#include <algorithm>
#include <utility>

namespace elbow::gui {
namespace {

constexpr float kGap = 7.0f;                                    // design pixels
constexpr float kLeastFraction = 0.02f, kMostFraction = 0.98f;  // that a splitter is dragged to

// Puts the parts of one layout; lengths along one direction at a time: `across` is from left to
// right.
class Placer {
  public:
    Placer(const Area& space, float scale, const PanelSizes& least)
        : space_(space),
          scale_(scale),
          gap_(std::min(kGap * scale, 0.05f * std::min(space.width, space.height))),
          least_(least) {}

    LayoutPlaces take() { return std::move(places_); }

    void place(const Layout& part, const Area& area) {
        place(part, area, length(area, part.side_by_side));
    }

  private:
    // What a part cannot do without. Only the panels' share of it shrinks.
    struct Need {
        float panels_px = 0.0f;
        float gaps_px = 0.0f;
        float px() const { return panels_px + gaps_px; }
    };
    struct Least {
        float first, second;
    };

    static float length(const Area& area, bool across) { return across ? area.width : area.height; }

    Need need(const Layout& part, bool across) const {
        if (part.is_split()) {
            const Need first = need(part.parts[0], across), second = need(part.parts[1], across);
            if (part.side_by_side != across) return first.px() >= second.px() ? first : second;
            return {first.panels_px + second.panels_px, first.gaps_px + second.gaps_px + gap_};
        }
        Need most;
        for (const std::string& panel : part.panels) {
            const auto found = least_.find(panel);
            const PanelSize size = found == least_.end() ? PanelSize{} : found->second;
            most.panels_px = std::max(most.panels_px, scale_ * (across ? size.width : size.height));
        }
        return most;
    }

    // Sizes below which the two parts do not go, in a split that is `extent` long.
    Least least_of(const Layout& split, float extent) const {
        const Need first = need(split.parts[0], split.side_by_side);
        const Need second = need(split.parts[1], split.side_by_side);
        const float room = std::max(0.0f, extent - gap_ - first.gaps_px - second.gaps_px);
        const float needed = first.panels_px + second.panels_px;
        const float shrink = needed > room ? room / needed : 1.0f;
        return {first.panels_px * shrink + first.gaps_px,
                second.panels_px * shrink + second.gaps_px};
    }

    // Of the part that has the share. `row`: the extent of the whole row that the split is in.
    float sized_px(const Layout& split, float extent, float row) const {
        const Least least = least_of(split, extent);
        const float wish = split.share.fraction * whole_px(split, row);
        if (!split.second_sized) {
            const float room = extent - gap_ - least.second;
            return std::clamp(wish, least.first, std::max(least.first, room));
        }
        const float before =
            wished_px(split.parts[0], split.side_by_side, extent - gap_ - least.second, row);
        return std::clamp(wish, least.second, std::max(least.second, extent - gap_ - before));
    }

    // What a part would need at least to give its own parts their shares, of `extent` at most.
    float wished_px(const Layout& part, bool across, float extent, float row) const {
        if (!part.is_split()) return std::min(extent, need(part, across).px());
        if (part.side_by_side != across) {
            return std::max(wished_px(part.parts[0], across, extent, extent),
                            wished_px(part.parts[1], across, extent, extent));
        }
        const float sized = sized_px(part, extent, row);
        const Layout& other = part.parts[part.second_sized ? 0 : 1];
        return sized + gap_ + wished_px(other, across, extent - gap_ - sized, row);
    }

    float whole_px(const Layout& split, float row) const {
        return split.share.of == ShareOf::kRow ? row : length(space_, split.side_by_side);
    }

    void place(const Layout& part, const Area& area, float row) {
        if (!part.is_split()) {
            if (!part.empty()) places_.groups.push_back({part.panels, part.front, area});
            return;
        }
        const bool across = part.side_by_side;
        const float extent = length(area, across);
        const float sized = sized_px(part, extent, row);
        const float other = std::max(0.0f, extent - gap_ - sized);
        const float first_px = part.second_sized ? other : sized;
        const float second_px = part.second_sized ? sized : other;
        const Area first = across ? Area{area.x, area.y, first_px, area.height}
                                  : Area{area.x, area.y, area.width, first_px};
        const Area gap = across ? Area{first.right(), area.y, gap_, area.height}
                                : Area{area.x, first.bottom(), area.width, gap_};
        const Area second = across ? Area{gap.right(), area.y, second_px, area.height}
                                   : Area{area.x, gap.bottom(), area.width, second_px};
        places_.splitters.push_back({panels_of(part.parts[1]).front(), across, gap, first_px,
                                     second_px, whole_px(part, row)});
        for (std::size_t i : {0, 1}) {
            const Area& there = i == 0 ? first : second;
            const Layout& child = part.parts[i];
            place(child, there,
                  child.side_by_side == across ? row : length(there, child.side_by_side));
        }
    }

    Area space_;
    float scale_, gap_;
    const PanelSizes& least_;
    LayoutPlaces places_;
};

}  // namespace

LayoutPlaces layout_places(const Layout& layout, const Area& space, float scale,
                           const PanelSizes& least) {
    Placer placer(space, scale, least);
    placer.place(layout, space);
    return placer.take();
}

const GroupPlace* place_of(const LayoutPlaces& places, std::string_view panel) {
    for (const GroupPlace& place : places.groups) {
        if (std::find(place.panels.begin(), place.panels.end(), panel) != place.panels.end())
            return &place;
    }
    return nullptr;
}

// From the sizes that are shown, not those that were asked for: a size below the least must not
// have to be undone first.
void drag_splitter(Layout& layout, const SplitterPlace& place, float delta_px) {
    Layout* split = split_before(layout, place.before);
    if (split == nullptr || place.whole_px <= 0.0f) return;
    const float sized =
        split->second_sized ? place.second_px - delta_px : place.first_px + delta_px;
    split->share.fraction = std::clamp(sized / place.whole_px, kLeastFraction, kMostFraction);
}

void reset_splitter(Layout& layout, const SplitterPlace& place, const Layout& defaults) {
    Layout* split = split_before(layout, place.before);
    if (split == nullptr) return;
    const Layout* usual = split_before(defaults, place.before);
    if (usual != nullptr && usual->side_by_side == split->side_by_side &&
        usual->second_sized == split->second_sized) {
        split->share = usual->share;
    } else {
        drag_splitter(layout, place, 0.5f * (place.second_px - place.first_px));
    }
}

}  // namespace elbow::gui
