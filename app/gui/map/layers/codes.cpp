// Codes of a file of one's own (own_codes.h): points with a rim, beside those of the held-out
// images.

#include <algorithm>
#include <memory>
#include <string>

#include "app/gl/map_renderers.h"
#include "app/gui/map/ground.h"
#include "app/gui/map/layer.h"
#include "app/gui/map/layers/points.h"
#include "app/gui/map/map_legend.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/core/path_text.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kLargerPx = 3.0f;  // than the other points
constexpr float kCodeRimPx = 1.0f;

// By labels as the data set's, where they can be.
PlacedPoints placed_codes(const MapScene& scene) {
    const data::LatentCodes& codes = *scene.codes;
    PlacedPoints placed;
    const auto latents = static_cast<std::size_t>(codes.latents);
    for (int code = 0; code < codes.count(); ++code) {
        const PlanePoint at = projected(
            scene.view_state,
            std::span(codes.z).subspan(static_cast<std::size_t>(code) * latents, latents));
        placed.xy.insert(placed.xy.end(), {static_cast<float>(at.x), static_cast<float>(at.y)});
    }
    const auto classes = scene.dataset != nullptr ? scene.dataset->class_names.size() : 0;
    const bool known = std::all_of(codes.labels.begin(), codes.labels.end(),
                                   [&](std::uint8_t label) { return label < classes; });
    if (known) placed.labels = codes.labels;
    return placed;
}

gl::PointStyle code_style(const MapScene& scene, bool labelled, float scale) {
    gl::PointStyle style{};
    for (std::size_t label = 0; label < style.colours.size(); ++label)
        style.colours[label] =
            rgba(labelled ? scene.theme.labels[label] : scene.theme.accent, 1.0f);
    style.size_px = (scene.point_size + kLargerPx) * scale;
    style.rim_px = kCodeRimPx * scale;
    style.rim = rgba(scene.theme.text, 1.0f);
    return style;
}

class CodesLayer final : public MapLayer {
  public:
    bool shown(const MapScene& scene) const override {
        return scene.codes != nullptr &&
               scene.codes->latents == static_cast<int>(scene.view_state.anchor.size());
    }
    GroundChange change(const MapScene& scene) const override {
        return look_ == look_of(scene) ? GroundChange::kNothing : GroundChange::kOther;
    }
    void render(const MapScene& scene, float scale) override {
        if (!renderer_) renderer_ = std::make_unique<gl::PointRenderer>();
        if (change(scene) != GroundChange::kNothing) {
            const PlacedPoints placed = placed_codes(scene);
            renderer_->upload(placed.xy, placed.labels);
            labelled_ = !placed.labels.empty();
            look_ = look_of(scene);
        }
        renderer_->draw(plane_rect(scene.view), code_style(scene, labelled_, scale),
                        hidden_labels(scene, labelled_));
    }
    void paint(const MapScene& scene, charts::Raster& raster) const override {
        const PlacedPoints placed = placed_codes(scene);
        const bool labelled = !placed.labels.empty();
        paint_points(raster, scene, placed, code_style(scene, labelled, scene.scale),
                     hidden_labels(scene, labelled));
    }
    void draw_shapes(const MapScene& scene, charts::SvgPainter& painter) const override {
        const PlacedPoints placed = placed_codes(scene);
        const bool labelled = !placed.labels.empty();
        draw_points(painter, scene, placed, code_style(scene, labelled, scene.scale),
                    hidden_labels(scene, labelled));
    }
    void draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) override {
        context.layout.mark("map.codes", std::to_string(scene.codes->count()));
    }

    void add_actions(Context& context, WindowActions& actions) const override {
        actions.push_back(
            {.id = "map.codes.remove",
             .title = "Take the codes of a file off the map",
             .help = "They came with an npz that was dropped on the window; undo brings them back.",
             .run = [&context] { context.view_state.codes.clear(); },
             .why_not = context.view_state.codes.empty() ? "There are none on the map." : ""});
    }
    float legend_height(const Context& context) const override {
        return context.codes ? ImGui::GetFrameHeightWithSpacing() : 0.0f;
    }
    void draw_legend(Context& context, const PlacedPoints&, float) override {
        if (!context.codes) return;
        const std::string name = text_of_path(context.codes->file.filename());
        const float room =
            ImGui::GetContentRegionAvail().x - 2.0f * ImGui::GetStyle().FramePadding.x;
        const std::string help = "The points with a rim are the " +
                                 std::to_string(context.codes->in_file) + " codes of " + name +
                                 ". A click takes them off the map; undo brings them back.";
        if (button(context, "map.codes.file", fitted(name, room).c_str(), help.c_str()))
            context.view_state.codes.clear();
    }

  private:
    struct Look {
        std::filesystem::path file;
        int x_axis = -1, y_axis = -1;
        bool paper_view = false;
        std::uint32_t hidden_labels = 0;
        float point_size = 0.0f;
        bool operator==(const Look&) const = default;
    };
    static Look look_of(const MapScene& scene) {
        const ViewState& seen = scene.view_state;
        return {scene.codes->file, seen.x_axis,        seen.y_axis,
                seen.paper_view,   seen.hidden_labels, scene.point_size};
    }
    // What is hidden may be classes of a column, which these have nothing of.
    static std::uint32_t hidden_labels(const MapScene& scene, bool labelled) {
        const bool are_labels = labelled && scene.view_state.hidden_of.empty();
        return are_labels ? scene.view_state.hidden_labels : 0;
    }

    std::unique_ptr<gl::PointRenderer> renderer_;  // made when it is first drawn
    Look look_;                                    // as they were drawn last
    bool labelled_ = false;
};

}  // namespace

std::unique_ptr<MapLayer> make_codes_layer() { return std::make_unique<CodesLayer>(); }

}  // namespace elbow::gui
