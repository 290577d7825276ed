// The selection: a ring around each of its points, and the line that is drawn around what is to be
// selected.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gl/map_renderers.h"
#include "app/gui/map/ground.h"
#include "app/gui/map/layer.h"
#include "app/gui/map/layers/points.h"
#include "app/gui/map/selecting.h"
#include "app/gui/widgets/screen_painter.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kSelectionRingPx = 1.0f, kSelectLinePx = 1.5f;
constexpr float kRingStrength = 0.8f;

// Without the labels that are hidden.
PlacedPoints selected_points(const MapScene& scene) {
    PlacedPoints chosen;
    for (const int image : scene.view_state.selection) {
        if (image >= scene.points.count() ||
            is_hidden(scene.view_state.hidden_labels, scene.points.label(image)))
            continue;
        const PlanePoint at = scene.points.at(image);
        chosen.xy.insert(chosen.xy.end(), {static_cast<float>(at.x), static_cast<float>(at.y)});
    }
    return chosen;
}

// Rings, and nothing within them.
gl::PointStyle ring_style(const MapScene& scene, float scale) {
    gl::PointStyle style{};
    style.colours.fill(rgba(scene.theme.text, 0.0f));
    style.size_px = scene.point_size * scale;
    style.rim_px = kSelectionRingPx * scale;
    style.rim = rgba(scene.theme.text, kRingStrength);
    return style;
}

class SelectionLayer final : public MapLayer {
  public:
    bool shown(const MapScene& scene) const override {
        // Alone, its points need no rings.
        return (scene.points_shown && !scene.view_state.selection.empty() &&
                !scene.view_state.isolate) ||
               scene.over.line.size() > 1;
    }
    GroundChange change(const MapScene& scene) const override {
        if (made_for_ != scene.view_state.selection ||
            hidden_labels_ != scene.view_state.hidden_labels)
            return GroundChange::kOther;
        return version_ == scene.points_version ? GroundChange::kNothing : GroundChange::kNewer;
    }
    void render(const MapScene& scene, float scale) override {
        if (!renderer_) renderer_ = std::make_unique<gl::PointRenderer>();
        if (change(scene) != GroundChange::kNothing) {
            renderer_->upload(selected_points(scene).xy, {});
            made_for_ = scene.view_state.selection;
            hidden_labels_ = scene.view_state.hidden_labels;
            version_ = scene.points_version;
        }
        renderer_->draw(plane_rect(scene.view), ring_style(scene, scale), 0);
    }
    void paint(const MapScene& scene, charts::Raster& raster) const override {
        paint_points(raster, scene, selected_points(scene), ring_style(scene, scene.scale));
    }
    void draw_shapes(const MapScene& scene, charts::SvgPainter& painter) const override {
        draw_points(painter, scene, selected_points(scene), ring_style(scene, scene.scale));
    }
    void draw(const MapScene&, charts::Painter&) const override;
    void draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) override {
        context.layout.mark("map.selection", std::to_string(scene.view_state.selection.size()));
    }

  private:
    std::unique_ptr<gl::PointRenderer> renderer_;  // made when it is first drawn
    // As it was drawn last.
    Selection made_for_;
    std::uint32_t hidden_labels_ = 0;
    std::uint64_t version_ = 0;
};

void SelectionLayer::draw(const MapScene& scene, charts::Painter& painter) const {
    if (scene.over.line.size() < 2) return;
    std::vector<charts::Pixel> line;
    line.reserve(scene.over.line.size() + 1);
    for (const PlanePoint& at : scene.over.line) line.push_back(scene.pixel(at));
    line.push_back(line.front());
    painter.polyline(line, 3.0f * kSelectLinePx * scene.scale,
                     ink(scene.theme.map_background, 0.7));
    painter.polyline(line, kSelectLinePx * scene.scale, ink(scene.theme.accent));
}

}  // namespace

std::unique_ptr<MapLayer> make_selection_layer() { return std::make_unique<SelectionLayer>(); }

}  // namespace elbow::gui
