#include "app/gui/map/map_canvas.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "app/gui/map/ground.h"
#include "app/gui/panels/picture.h"
#include "engine/core/clock.h"

namespace elbow::gui {

namespace {

constexpr double kAtOnce = std::numeric_limits<double>::infinity();
// A driver that computes on the processor has done most of a layer's work when it returns; a
// graphics card takes all layers within this.
constexpr double kPieceSeconds = 0.002;
constexpr double kFluidSeconds = 0.1;  // between two frames at most while a hand is on the window
// While nothing but the weights change, the ground is redrawn no more often than this, and no more
// than once in so many frames: without a graphics card a redraw costs as much as a few frames.
constexpr double kQuietSeconds = 0.06;
constexpr double kMostQuietSeconds = 0.25;  // the window rests a second after the last change
constexpr double kQuietFrames = 6.0;

int whole(float pixels) { return static_cast<int>(std::lround(pixels)); }

// Where the view lies on the ground, pixels of the framebuffer from the top left.
ImVec2 corner_of(const PlaneView& view, const PlaneView& ground, float fineness) {
    const ImVec2 corner = ground.to_pixel({view.x_min(), view.y_max()});
    return {(corner.x - ground.min_px().x) * fineness, (corner.y - ground.min_px().y) * fineness};
}

// Whether the ground can be shown there without being moved by a part of a pixel.
bool lies_on_pixels(const PlaneView& view, const PlaneView& ground, float fineness) {
    constexpr float kRounding = 0.02f;  // pixels
    const ImVec2 corner = corner_of(view, ground, fineness);
    return std::abs(corner.x - std::round(corner.x)) < kRounding &&
           std::abs(corner.y - std::round(corner.y)) < kRounding;
}

// The scene of a ground that reaches further than what is seen.
MapScene on_ground(const MapScene& scene, const PlaneView& ground) {
    MapScene wider = scene;
    wider.view = ground;
    wider.seen = &scene.view;
    return wider;
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

// Each layer compares with the drawing that it was drawn into last.
GroundChange MapCanvas::change(const MapScene& scene, const MapLayers& layers,
                               const Frame& frame) const {
    if (frame != shown_.frame) return GroundChange::kOther;
    const MapScene of_shown = on_ground(scene, *shown_.view);
    const MapScene of_next = on_ground(scene, next_.view ? *next_.view : *shown_.view);
    GroundChange change = GroundChange::kNothing;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (!frame.shown[i]) continue;
        const bool is_left = std::find(next_.left.begin(), next_.left.end(), i) != next_.left.end();
        change = std::max(change, layers[i]->change(is_left ? of_shown : of_next));
    }
    return change;
}

void MapCanvas::begin(const MapScene& scene, const MapLayers& layers, Frame frame, bool wider) {
    next_.view = wider ? widened(scene.view, kPanningSpare) : scene.view;
    next_.left.clear();
    for (const bool backdrops : {false, true}) {
        for (std::size_t i = layers.size(); i-- > 0;)
            if (layers[i]->is_backdrop() == backdrops && frame.shown[i]) next_.left.push_back(i);
    }
    next_.frame = std::move(frame);
    const gl::Rgba colour = rgba(scene.theme.map_background);
    const float background[4] = {colour.r, colour.g, colour.b, 1.0f};
    const ImVec2 size = next_.view->size_px();
    const float fineness = next_.frame.fineness;
    next_.canvas.clear(whole(size.x * fineness), whole(size.y * fineness), background);
}

void MapCanvas::draw_some(const MapScene& scene, const MapLayers& layers, double seconds) {
    const MapScene ground = on_ground(scene, *next_.view);
    const double until_s = steady_now_s() + seconds;
    next_.canvas.draw([&] {
        do {
            if (next_.left.empty()) return;
            layers[next_.left.back()]->render(ground, next_.frame.scale);
            next_.left.pop_back();
        } while (steady_now_s() < until_s);
    });
    if (!next_.left.empty()) return;
    std::swap(shown_, next_);
    next_.view.reset();
}

void MapCanvas::show(const Context& context, const MapScene& scene, const MapLayers& layers,
                     ImDrawList* list) {
    const PlaneView& view = scene.view;
    const bool pans = seen_ && is_panned(*seen_, view);
    seen_ = view;
    const bool is_fluid = context.now_s - frame_at_s_ < kFluidSeconds;
    frame_at_s_ = context.now_s;
    Frame frame = frame_of(scene, layers);
    // Cells behind the points are made for what is seen, and new ones come with every move.
    bool has_backdrop = false;
    for (std::size_t i = 0; i < layers.size(); ++i)
        has_backdrop = has_backdrop || (frame.shown[i] && layers[i]->is_backdrop());
    const auto covers = [&](const Drawing& each) {
        return lies_within(view, *each.view) &&
               (pans || lies_on_pixels(view, *each.view, each.frame.fineness));
    };
    GroundChange due = GroundChange::kOther;
    if (shown_.view && covers(shown_) && (!next_.view || covers(next_)))
        due = change(scene, layers, frame);
    // Once the view rests, what is drawn for it fits it again: no wider, and of so many points.
    if (due == GroundChange::kNothing && !pans && !lies_within(*shown_.view, view))
        due = GroundChange::kNewer;
    const double quiet_s =
        std::clamp(kQuietFrames * 1e-3 * context.frame_ms, kQuietSeconds, kMostQuietSeconds);
    const double most_s = is_fluid && due != GroundChange::kOther ? kPieceSeconds : kAtOnce;
    const bool is_time = context.now_s - drawn_at_s_ >= quiet_s;
    const bool begins =
        due == GroundChange::kOther || (due == GroundChange::kNewer && !next_.view && is_time);
    if (begins) {
        begin(scene, layers, std::move(frame), pans && !has_backdrop);
        drawn_at_s_ = context.now_s;
    }
    if (next_.view) draw_some(scene, layers, most_s);
    put_on(list, view);
}

// The part of what is drawn that the view shows, from one whole pixel to another.
void MapCanvas::put_on(ImDrawList* list, const PlaneView& view) const {
    const gl::Canvas& canvas = shown_.canvas;
    const float fineness = shown_.frame.fineness;
    const ImVec2 corner = corner_of(view, *shown_.view, fineness);
    const int left = whole(corner.x), top = whole(corner.y);
    const int right = left + whole(view.size_px().x * fineness);
    const int bottom = top + whole(view.size_px().y * fineness);
    const auto u = [&](int x) {
        return static_cast<float>(x) / static_cast<float>(canvas.width());
    };
    const auto v = [&](int y) {  // OpenGL's first row is the bottom one
        return 1.0f - static_cast<float>(y) / static_cast<float>(canvas.height());
    };
    list->AddImage(texture_id(canvas.texture()), view.min_px(), view.max_px(), {u(left), v(top)},
                   {u(right), v(bottom)});
}

}  // namespace elbow::gui
