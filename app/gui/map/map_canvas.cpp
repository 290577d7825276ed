#include "app/gui/map/map_canvas.h"

#include <algorithm>
#include <cmath>

#include "app/gui/map/ground.h"
#include "app/gui/panels/picture.h"

namespace elbow::gui {

namespace {

// While nothing but the weights change, the ground is redrawn no more often than this, and no more
// than once in so many frames: without a graphics card a redraw costs as much as a few frames.
constexpr double kQuietSeconds = 0.06;
constexpr double kQuietFrames = 4.0;

}  // namespace

MapCanvas::Frame MapCanvas::frame_of(const MapScene& scene, const MapLayers& layers) {
    const ImVec2 pixels = ImGui::GetIO().DisplayFramebufferScale;
    const PlaneView& view = scene.view;
    Frame frame;
    frame.rect = {.x_center = 0.5 * (view.x_min() + view.x_max()),
                  .y_center = 0.5 * (view.y_min() + view.y_max()),
                  .half_height = 0.5 * (view.y_max() - view.y_min())};
    frame.width = static_cast<int>(std::lround(view.size_px().x * std::max(pixels.x, 0.1f)));
    frame.height = static_cast<int>(std::lround(view.size_px().y * std::max(pixels.y, 0.1f)));
    frame.scale = scene.scale * std::max(pixels.x, 0.1f);
    frame.dark = scene.theme.dark;
    for (const auto& layer : layers) frame.shown.push_back(layer->drawn(scene));
    return frame;
}

void MapCanvas::render(const MapScene& scene, const MapLayers& layers, const Frame& frame) {
    const gl::Rgba ground = rgba(scene.theme.map_background);
    const float clear[4] = {ground.r, ground.g, ground.b, 1.0f};
    canvas_.render(frame.width, frame.height, clear, [&] {
        for (const bool backdrops : {true, false}) {
            for (const auto& layer : layers)
                if (layer->is_backdrop() == backdrops && layer->drawn(scene))
                    layer->render(scene, frame.scale);
        }
    });
}

void MapCanvas::show(const Context& context, const MapScene& scene, const MapLayers& layers,
                     ImDrawList* list) {
    Frame frame = frame_of(scene, layers);
    GroundChange change = frame == drawn_ ? GroundChange::kNothing : GroundChange::kOther;
    for (const auto& layer : layers)
        if (layer->drawn(scene)) change = std::max(change, layer->change(scene));
    const double quiet_s = std::max(kQuietSeconds, kQuietFrames * 1e-3 * context.frame_ms);
    if (change == GroundChange::kOther ||
        (change == GroundChange::kNewer && context.now_s - drawn_at_s_ >= quiet_s)) {
        render(scene, layers, frame);
        drawn_ = std::move(frame);
        drawn_at_s_ = context.now_s;
    }
    // OpenGL's first row is the bottom one.
    list->AddImage(texture_id(canvas_.texture()), scene.view.min_px(), scene.view.max_px(), {0, 1},
                   {1, 0});
}

}  // namespace elbow::gui
