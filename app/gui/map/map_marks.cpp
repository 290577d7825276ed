#include "app/gui/map/map_marks.h"

#include "app/gui/panels/picture.h"

namespace elbow::gui {

ImU32 label_colour(const MapScene& scene, int index) {
    return scene.points.labels.empty() ? scene.theme.unlabelled
                                       : scene.theme.label(scene.points.label(index));
}

void mark_disc(Context& context, const MapScene& scene, const char* name,
               const std::vector<float>& z, float radius) {
    if (!context.layout.enabled()) return;
    const charts::Pixel at = scene.pixel(z);
    const float px = radius * scene.scale;
    context.layout.mark(name, {at.x - px, at.y - px}, {at.x + px, at.y + px},
                        list_text(z, 1000, 4));
}

}  // namespace elbow::gui
