#include "app/gui/map/layers/inset.h"

#include <algorithm>

#include "app/gl/tile_texture.h"
#include "app/gui/map/layer.h"
#include "app/gui/panels/picture.h"
#include "engine/live/questions/cursor.h"

namespace elbow::gui {
namespace {

constexpr float kPart = 0.3f;  // of the map's width or height

class InsetLayer final : public MapLayer {
  public:
    // Marks map.inset with a hash of the image.
    void draw_on_screen(Context&, const MapScene&, ImDrawList*) override;

  private:
    gl::TileTexture image_;
    std::shared_ptr<const live::CursorView> shown_;
};

void InsetLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList* list) {
    if (!context.maximised) return;
    const data::Dataset& dataset = *context.dataset();
    // The answer to where the dot was dragged in this very frame may have come by now.
    const auto cursor = context.newest_views().get<live::CursorView>();
    if (!cursor || cursor->image.size() != static_cast<std::size_t>(dataset.dimensions())) return;
    if (cursor != shown_) {
        image_.update(cursor->image, 1, dataset.shape());
        shown_ = cursor;
    }
    const ImVec2 all = scene.view.size_px();
    const float side = kPart * std::min(all.x, all.y), margin = 12.0f * context.scale;
    const ImVec2 size = crisp_size(dataset.height, dataset.width, {side, side});
    const ImVec2 dot =
        scene.view.to_pixel(projected(context.view_state, context.view_state.cursor));
    const ImVec2 at = inset_corner(scene.view, size, dot, margin);
    const ImVec2 end{at.x + size.x, at.y + size.y};
    draw_tile(list, image_, 0, at, end);
    list->AddRect({at.x - 1, at.y - 1}, {end.x + 1, end.y + 1}, context.theme.cursor, 0, 0,
                  2.0f * context.scale);
    if (context.layout.enabled())
        context.layout.mark("map.inset", at, end, hash_text(cursor->image));
}

}  // namespace

ImVec2 inset_corner(const PlaneView& view, ImVec2 size_px, ImVec2 dot_px, float margin_px) {
    const ImVec2 low = view.min_px(), high = view.max_px();
    const float y = low.y + margin_px;
    const float right = high.x - margin_px - size_px.x;
    const bool covers = dot_px.x > right - margin_px && dot_px.y < y + size_px.y + margin_px;
    return {covers ? low.x + margin_px : right, y};
}

std::unique_ptr<MapLayer> make_inset_layer() { return std::make_unique<InsetLayer>(); }

}  // namespace elbow::gui
