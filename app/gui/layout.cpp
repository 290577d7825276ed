#include "app/gui/layout.h"

#include <algorithm>
#include <numeric>

namespace elbow::gui {
namespace {

constexpr float kGap = 7.0f;  // design pixels, as are the minimums
constexpr float kLeftMinimum = 236.0f;
constexpr float kCentreMinimum = 260.0f;
constexpr float kRightMinimum = 210.0f;
constexpr float kMapMinimum = 170.0f;
constexpr float kStripMinimum = 92.0f;
constexpr float kBottomMinimum = 140.0f;
constexpr float kBottomPanelMinimum = 150.0f;

float& fraction(Settings& settings, Splitter splitter) {
    switch (splitter) {
        case Splitter::kLeft:
            return settings.left_width;
        case Splitter::kRight:
            return settings.right_width;
        case Splitter::kBottom:
            return settings.bottom_height;
        case Splitter::kStrip:
            return settings.strip_height;
        case Splitter::kBottomFirst:
            return settings.bottom_first;
        default:
            return settings.bottom_second;
    }
}

// Sizes of three neighbours: the outer two get what they wish for where the minimums of all three
// leave room for it.
std::array<float, 3> divide(float available, float first_wish, float third_wish,
                            std::array<float, 3> minimums) {
    available = std::max(available, 0.0f);
    const float needed = std::accumulate(minimums.begin(), minimums.end(), 0.0f);
    if (needed > available) {
        for (float& minimum : minimums) minimum *= available / needed;
    }
    const float first = std::clamp(first_wish, minimums[0],
                                   std::max(minimums[0], available - minimums[1] - minimums[2]));
    const float third =
        std::clamp(third_wish, minimums[2], std::max(minimums[2], available - first - minimums[1]));
    return {first, std::max(0.0f, available - first - third), third};
}

struct Row {
    std::array<Area, 3> areas;
    std::array<Area, 2> gaps;
};

// Three panels side by side, or one above the other, with a gap between each two.
Row side_by_side(const Area& space, const std::array<float, 3>& widths, float gap) {
    Row row;
    float x = space.x;
    for (std::size_t i = 0; i < 3; ++i) {
        row.areas[i] = {x, space.y, widths[i], space.height};
        x += widths[i];
        if (i < 2) row.gaps[i] = {x, space.y, gap, space.height};
        x += gap;
    }
    return row;
}

Row stacked(const Area& space, const std::array<float, 3>& heights, float gap) {
    Row row;
    float y = space.y;
    for (std::size_t i = 0; i < 3; ++i) {
        row.areas[i] = {space.x, y, space.width, heights[i]};
        y += heights[i];
        if (i < 2) row.gaps[i] = {space.x, y, space.width, gap};
        y += gap;
    }
    return row;
}

struct Places {
    Row columns;  // left, centre, right
    Row rows;     // map, strip, bottom
    Row bottom;   // curves, reconstructions, prior samples
};

Places places(const Settings& settings, const Area& space, float scale) {
    const float gap = std::min(kGap * scale, 0.05f * std::min(space.width, space.height));
    Places found;
    const auto widths =
        divide(space.width - 2 * gap, settings.left_width * space.width,
               settings.right_width * space.width,
               {kLeftMinimum * scale, kCentreMinimum * scale, kRightMinimum * scale});
    found.columns = side_by_side(space, widths, gap);
    // Under the controls there is nothing; the bottom row spans the rest of the width. The map is
    // what is left over, so the strip takes the place of a neighbour with a wish here.
    const float height = space.height - 2 * gap;
    const float bottom_wish = settings.bottom_height * space.height;
    const float strip_wish = settings.strip_height * space.height;
    const auto heights =
        divide(height, strip_wish, bottom_wish,
               {kStripMinimum * scale, kMapMinimum * scale, kBottomMinimum * scale});
    const float centre_x = found.columns.areas[1].x;
    const Area beside{centre_x, space.y, space.right() - centre_x, space.height};
    found.rows = stacked(beside, {heights[1], heights[0], heights[2]}, gap);
    const Area bottom = found.rows.areas[2];
    const auto thirds = divide(
        bottom.width - 2 * gap, settings.bottom_first * bottom.width,
        (1.0f - settings.bottom_second) * bottom.width,
        {kBottomPanelMinimum * scale, kBottomPanelMinimum * scale, kBottomPanelMinimum * scale});
    found.bottom = side_by_side(bottom, thirds, gap);
    return found;
}

}  // namespace

const char* splitter_name(Splitter splitter) {
    switch (splitter) {
        case Splitter::kLeft:
            return "splitter.left";
        case Splitter::kRight:
            return "splitter.right";
        case Splitter::kBottom:
            return "splitter.bottom";
        case Splitter::kStrip:
            return "splitter.strip";
        case Splitter::kBottomFirst:
            return "splitter.bottom_first";
        default:
            return "splitter.bottom_second";
    }
}

bool splitter_is_upright(Splitter splitter) {
    return splitter != Splitter::kBottom && splitter != Splitter::kStrip;
}

LayoutAreas layout_areas(const Settings& settings, const Area& space, float scale) {
    const Places found = places(settings, space, scale);
    const Area& centre = found.columns.areas[1];
    const Area& map_row = found.rows.areas[0];
    const Area& strip_row = found.rows.areas[1];
    const Area& right = found.columns.areas[2];
    const float upper_height = strip_row.bottom() - space.y;
    LayoutAreas areas;
    areas.slots = {found.columns.areas[0],
                   Area{centre.x, map_row.y, centre.width, map_row.height},
                   Area{centre.x, strip_row.y, centre.width, strip_row.height},
                   Area{right.x, space.y, right.width, upper_height},
                   found.bottom.areas[0],
                   found.bottom.areas[1],
                   found.bottom.areas[2]};
    const Area& strip_gap = found.rows.gaps[0];
    const Area& right_gap = found.columns.gaps[1];
    areas.splitters = {
        found.columns.gaps[0], Area{right_gap.x, space.y, right_gap.width, upper_height},
        found.rows.gaps[1],    Area{centre.x, strip_gap.y, centre.width, strip_gap.height},
        found.bottom.gaps[0],  found.bottom.gaps[1]};
    return areas;
}

void drag_splitter(Settings& settings, Splitter splitter, float delta_px, const Area& space,
                   float scale) {
    const LayoutAreas areas = layout_areas(settings, space, scale);
    const float bottom_width = space.right() - areas.slot(Slot::kBottomFirst).x;
    // From the size that is shown, not the one that was asked for: a size below the minimum must
    // not have to be undone first.
    switch (splitter) {
        case Splitter::kLeft:
            settings.left_width = (areas.slot(Slot::kLeft).width + delta_px) / space.width;
            break;
        case Splitter::kRight:
            settings.right_width = (areas.slot(Slot::kRight).width - delta_px) / space.width;
            break;
        case Splitter::kBottom:
            settings.bottom_height =
                (areas.slot(Slot::kBottomFirst).height - delta_px) / space.height;
            break;
        case Splitter::kStrip:
            settings.strip_height =
                (areas.slot(Slot::kCentreStrip).height - delta_px) / space.height;
            break;
        case Splitter::kBottomFirst:
            settings.bottom_first =
                (areas.slot(Slot::kBottomFirst).width + delta_px) / bottom_width;
            break;
        case Splitter::kBottomSecond:
            settings.bottom_second =
                1.0f - (areas.slot(Slot::kBottomThird).width - delta_px) / bottom_width;
            break;
    }
    fraction(settings, splitter) = std::clamp(fraction(settings, splitter), 0.02f, 0.98f);
}

void reset_splitter(Settings& settings, Splitter splitter) {
    Settings defaults;
    fraction(settings, splitter) = fraction(defaults, splitter);
}

}  // namespace elbow::gui
