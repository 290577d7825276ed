#include "app/gui/panels/map_inset.h"

#include <algorithm>

#include "app/gui/panels/picture.h"

namespace elbow::gui {
namespace {

constexpr float kPart = 0.3f;  // of the map's width or height

}  // namespace

ImVec2 inset_corner(const PlaneView& view, ImVec2 size_px, ImVec2 dot_px, float margin_px) {
    const ImVec2 low = view.min_px(), high = view.max_px();
    const float y = low.y + margin_px;
    const float right = high.x - margin_px - size_px.x;
    const bool covers = dot_px.x > right - margin_px && dot_px.y < y + size_px.y + margin_px;
    return {covers ? low.x + margin_px : right, y};
}

void MapInset::draw(Context& context, ImDrawList* list, const PlaneView& view) {
    const data::Dataset& dataset = *context.dataset();
    // The answer to where the dot was dragged in this very frame may have come by now.
    const train::Views newest = context.newest_views();
    const auto& cursor = newest.cursor;
    if (!cursor || cursor->image.size() != static_cast<std::size_t>(dataset.dimensions())) return;
    if (cursor != shown_) {
        image_.update(cursor->image, 1, dataset.height, dataset.width);
        shown_ = cursor;
    }
    const ImVec2 all = view.size_px();
    const float side = kPart * std::min(all.x, all.y), margin = 12.0f * context.scale;
    const ImVec2 size = crisp_size(dataset.height, dataset.width, {side, side});
    const ImVec2 dot = view.to_pixel(projected(context.exploration, context.exploration.cursor));
    const ImVec2 at = inset_corner(view, size, dot, margin);
    const ImVec2 end{at.x + size.x, at.y + size.y};
    draw_tile(list, image_, 0, at, end);
    list->AddRect({at.x - 1, at.y - 1}, {end.x + 1, end.y + 1}, context.theme.cursor, 0, 0,
                  2.0f * context.scale);
    if (context.layout.enabled())
        context.layout.mark("map.inset", at, end, hash_text(cursor->image));
}

}  // namespace elbow::gui
