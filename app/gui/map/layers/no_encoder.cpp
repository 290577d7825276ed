// Says why there are no points where there can be none.

#include "app/gui/map/layer.h"
#include "app/gui/widgets/controls.h"

namespace elbow::gui {

namespace {

class NoEncoderLayer final : public MapLayer {
  public:
    void draw_on_screen(Context& context, const MapScene& scene, ImDrawList* list) override {
        if (context.explored->has_encoder) return;
        const float gap = 8.0f * context.scale;
        halo_text(list, {scene.low().x + gap, scene.low().y + gap}, context.theme.text,
                  context.theme.map_background, "No encoder, so no image is placed.");
    }
};

}  // namespace

std::unique_ptr<MapLayer> make_no_encoder_layer() { return std::make_unique<NoEncoderLayer>(); }

}  // namespace elbow::gui
