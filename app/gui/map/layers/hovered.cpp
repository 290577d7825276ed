// The point under the mouse with its image beside it, and where a dropped handle would land.

#include <optional>
#include <string>
#include <utility>

#include "app/gl/tile_texture.h"
#include "app/gui/map/layer.h"
#include "app/gui/map/map_classes.h"
#include "app/gui/map/map_marks.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/screen_painter.h"

namespace elbow::gui {

namespace {

constexpr float kImagePx = 112.0f;
// The card comes to a mouse that rests, and goes along from one point to the next.
constexpr double kRestS = 0.125, kGraceS = 0.26;

class HoveredLayer final : public MapLayer {
  public:
    void draw(const MapScene&, charts::Painter&) const override;
    bool draw_tooltip(const Context&, const MapScene&) override;

  private:
    void describe(const Context&, int index, const explore::LatentMap&);

    gl::TileTexture image_;
    std::optional<int> under_;             // the mouse, in the frame before
    double since_s_ = 0.0, card_s_ = 0.0;  // since when; when there was a card last
    std::optional<int> shown_;
    std::weak_ptr<const data::Dataset> shown_dataset_;
};

void HoveredLayer::draw(const MapScene& scene, charts::Painter& painter) const {
    const float scale = scene.scale;
    const charts::Ink colour = ink(scene.theme.text);
    if (const std::optional<int>& point = scene.over.hovered_point;
        point && *point < scene.points.count()) {
        const charts::Pixel at = scene.pixel(scene.points.at(*point));
        painter.circle(at, 6 * scale, 1.5f * scale, colour);
        painter.disc(at, 4 * scale, ink(label_colour(scene, *point)));
    }
    if (scene.over.snap)
        painter.circle(scene.pixel(*scene.over.snap), (kHandleRadiusPx + 5) * scale, 2 * scale,
                       colour);
}

bool HoveredLayer::draw_tooltip(const Context& context, const MapScene& scene) {
    const std::optional<int>& point = scene.over.hovered_point;
    if (std::exchange(under_, point) != point) since_s_ = context.now_s;
    if (!point || scene.map == nullptr || *point >= scene.map->map.count) return false;
    const bool rests = context.now_s - since_s_ >= kRestS;
    if (!rests && context.now_s - card_s_ > kGraceS) return true;
    card_s_ = context.now_s;
    describe(context, *point, scene.map->map);
    return true;
}

void HoveredLayer::describe(const Context& context, int index, const explore::LatentMap& map) {
    const data::Dataset& dataset = *context.dataset();
    if (shown_ != index || shown_dataset_.lock() != context.trainer->dataset) {
        image_.update(dataset.image(dataset.held_out, index), 1, dataset.shape());
        shown_ = index;
        shown_dataset_ = context.trainer->dataset;
    }
    ImGui::BeginTooltip();
    const float box = kImagePx * context.scale;
    const ImVec2 size = crisp_size(dataset.height, dataset.width, {box, box});
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy(size);
    draw_tile(ImGui::GetWindowDrawList(), image_, 0, at, {at.x + size.x, at.y + size.y});
    ImGui::Text("Held-out image %d", index);
    ImGui::Text("Label: %s", class_name(dataset, index).c_str());
    if (const MapClasses own = map_classes(context); !own.column.empty())
        ImGui::TextUnformatted((own.column + ": " + own.name(index)).c_str());
    ImGui::Text("Mean of q(z|x): %s", list_text(mean_of(map, index), 2).c_str());
    const bool leads =
        context.settings.placing_waypoints && context.in_hand && context.view_state.path_shown;
    if (leads) {
        ImGui::TextDisabled("Click to lead the path on to it");
    } else if (context.view_state.point != index) {
        ImGui::TextDisabled("Click to select");
    }
    ImGui::EndTooltip();
}

}  // namespace

std::unique_ptr<MapLayer> make_hovered_layer() { return std::make_unique<HoveredLayer>(); }

}  // namespace elbow::gui
