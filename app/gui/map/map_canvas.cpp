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

int whole(float pixels) { return static_cast<int>(std::lround(pixels)); }

// The part of the ground that the view shows, pixels of the framebuffer from the top left.
struct Part {
    int left, top, width, height;
};
Part part_of(const PlaneView& view, const PlaneView& ground, float fineness) {
    const ImVec2 corner = ground.to_pixel({view.x_min(), view.y_max()});
    return {whole((corner.x - ground.min_px().x) * fineness),
            whole((corner.y - ground.min_px().y) * fineness), whole(view.size_px().x * fineness),
            whole(view.size_px().y * fineness)};
}

}  // namespace

MapCanvas::Frame MapCanvas::frame_of(const MapScene& scene, const MapLayers& layers) {
    Frame frame;
    frame.fineness = std::max(ImGui::GetIO().DisplayFramebufferScale.x, 0.1f);
    frame.scale = scene.scale * frame.fineness;
    frame.dark = scene.theme.dark;
    for (const auto& layer : layers) frame.shown.push_back(layer->drawn(scene));
    return frame;
}

// Cells behind the points end where the view was that they were asked for: while it pans, new ones
// are seen at once.
GroundChange MapCanvas::change(const MapScene& ground, const MapLayers& layers, const Frame& frame,
                               bool pans) const {
    if (frame != drawn_) return GroundChange::kOther;
    GroundChange change = GroundChange::kNothing;
    for (const auto& layer : layers) {
        if (!layer->drawn(ground)) continue;
        const GroundChange own = layer->change(ground);
        const bool at_once = pans && layer->is_backdrop() && own == GroundChange::kNewer;
        change = std::max(change, at_once ? GroundChange::kOther : own);
    }
    return change;
}

void MapCanvas::render(const MapScene& ground, const MapLayers& layers, const Frame& frame) {
    const gl::Rgba colour = rgba(ground.theme.map_background);
    const float clear[4] = {colour.r, colour.g, colour.b, 1.0f};
    const ImVec2 size = ground.view.size_px();
    canvas_.render(whole(size.x * frame.fineness), whole(size.y * frame.fineness), clear, [&] {
        for (const bool backdrops : {true, false}) {
            for (const auto& layer : layers)
                if (layer->is_backdrop() == backdrops && layer->drawn(ground))
                    layer->render(ground, frame.scale);
        }
    });
}

void MapCanvas::show(const Context& context, const MapScene& scene, const MapLayers& layers,
                     ImDrawList* list) {
    const PlaneView& view = scene.view;
    const bool pans = seen_ && is_panned(*seen_, view);
    seen_ = view;
    Frame frame = frame_of(scene, layers);
    MapScene ground = scene;
    ground.seen = &view;
    GroundChange due = GroundChange::kOther;
    if (ground_ && lies_within(view, *ground_)) {
        ground.view = *ground_;
        due = change(ground, layers, frame, pans);
    }
    const double quiet_s = std::max(kQuietSeconds, kQuietFrames * 1e-3 * context.frame_ms);
    if (due == GroundChange::kOther ||
        (due == GroundChange::kNewer && context.now_s - drawn_at_s_ >= quiet_s)) {
        ground.view = pans ? widened(view, kPanningSpare) : view;
        render(ground, layers, frame);
        ground_ = ground.view;
        drawn_ = std::move(frame);
        drawn_at_s_ = context.now_s;
    }
    const Part part = part_of(view, *ground_, drawn_.fineness);
    const auto u = [&](int x) {
        return static_cast<float>(x) / static_cast<float>(canvas_.width());
    };
    const auto v = [&](int y) {
        return 1.0f - static_cast<float>(y) / static_cast<float>(canvas_.height());
    };
    // OpenGL's first row is the bottom one.
    list->AddImage(texture_id(canvas_.texture()), view.min_px(), view.max_px(),
                   {u(part.left), v(part.top)},
                   {u(part.left + part.width), v(part.top + part.height)});
}

}  // namespace elbow::gui
