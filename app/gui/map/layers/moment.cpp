// Says so where the map is not of the newest weights.

#include "app/gui/map/layer.h"
#include "app/gui/panels/rewind_bar.h"
#include "app/gui/rewind.h"
#include "app/gui/widgets/controls.h"

namespace elbow::gui {

namespace {

class MomentLayer final : public MapLayer {
  public:
    void draw_on_screen(Context& context, const MapScene& scene, ImDrawList* list) override {
        if (context.rewind == nullptr || !context.rewind->at()) return;
        const float gap = 8.0f * context.scale;
        const std::string text = "After " + moment_text(*context.rewind->at()) + " (Esc: now)";
        halo_text(list, {scene.low().x + gap, scene.low().y + gap}, context.theme.warning,
                  context.theme.map_background, text.c_str());
        context.layout.mark("map.moment", text);
    }
};

}  // namespace

std::unique_ptr<MapLayer> make_moment_layer() { return std::make_unique<MomentLayer>(); }

}  // namespace elbow::gui
