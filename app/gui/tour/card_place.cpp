#include "app/gui/tour/card_place.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace elbow::gui {
namespace {

// As near to the wish as lies within the window.
Area within(const Area& window, ImVec2 corner, ImVec2 size, float gap) {
    const auto clamped = [gap](float at, float low, float room, float extent) {
        const float least = low + gap;
        return std::round(std::clamp(at, least, std::max(least, low + room - extent - gap)));
    };
    return {clamped(corner.x, window.x, window.width, size.x),
            clamped(corner.y, window.y, window.height, size.y), size.x, size.y};
}

void add_outside(const Area& whole, const Area& hole, std::vector<Area>& parts) {
    if (shared_area(whole, hole) == 0.0f) {
        parts.push_back(whole);
        return;
    }
    const float left = std::max(whole.x, hole.x), right = std::min(whole.right(), hole.right());
    const float top = std::max(whole.y, hole.y), bottom = std::min(whole.bottom(), hole.bottom());
    const Area around[] = {{whole.x, whole.y, whole.width, top - whole.y},
                           {whole.x, bottom, whole.width, whole.bottom() - bottom},
                           {whole.x, top, left - whole.x, bottom - top},
                           {right, top, whole.right() - right, bottom - top}};
    for (const Area& part : around)
        if (part.width > 0.0f && part.height > 0.0f) parts.push_back(part);
}

}  // namespace

float shared_area(const Area& a, const Area& b) {
    const float width = std::min(a.right(), b.right()) - std::max(a.x, b.x);
    const float height = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
    return width > 0.0f && height > 0.0f ? width * height : 0.0f;
}

std::vector<Area> outside(const Area& whole, std::span<const Area> holes) {
    std::vector<Area> parts = {whole};
    for (const Area& hole : holes) {
        std::vector<Area> left;
        for (const Area& part : parts) add_outside(part, hole, left);
        parts = std::move(left);
    }
    return parts;
}

// Right, left, below or above what it is about, and else in a corner of the window.
Area card_place(ImVec2 size, std::span<const Area> targets, const Area& window, float gap) {
    const float far = window.width + window.height;
    const ImVec2 middle(window.x + 0.5f * (window.width - size.x),
                        window.y + 0.5f * (window.height - size.y));
    if (targets.empty()) return within(window, middle, size, gap);
    const Area& about = targets.front();
    const float beside = about.y + 0.5f * (about.height - size.y);
    const float along = about.x + 0.5f * (about.width - size.x);
    const ImVec2 wishes[] = {{about.right() + gap, beside},
                             {about.x - gap - size.x, beside},
                             {along, about.bottom() + gap},
                             {along, about.y - gap - size.y},
                             {far, far},
                             {-far, far},
                             {far, -far},
                             {-far, -far}};
    Area best;
    float least = std::numeric_limits<float>::infinity();
    for (const ImVec2& wish : wishes) {
        const Area place = within(window, wish, size, gap);
        float covered = 0.0f;
        for (const Area& target : targets) covered += shared_area(place, target);
        if (covered >= least) continue;
        best = place;
        least = covered;
    }
    return best;
}

}  // namespace elbow::gui
