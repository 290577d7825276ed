// Which class each place of the map belongs to, by the classes of the codes that lie nearest: as
// colours behind the points.

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "app/gl/map_renderers.h"
#include "app/gl/tile_texture.h"
#include "app/gui/map/ground.h"
#include "app/gui/map/layer.h"
#include "app/gui/map/layers/backdrop.h"
#include "app/gui/map/map_classes.h"
#include "app/gui/map/map_legend.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/live/questions/class_regions.h"

namespace elbow::gui {

namespace {

constexpr double kClassCellPx = 6.0;  // scale 1
constexpr int kMostClassCells = 16'000;
constexpr float kVotersRowPx = 22.0f, kClassesBesidePx = 8.0f;  // scale 1
// Of the colour, where a bare majority votes for it and where all do.
constexpr double kFaintest = 0.10, kClearest = 0.42;

MapClasses scene_classes(const MapScene& scene) {
    if (scene.dataset == nullptr) return {};
    return map_classes(*scene.dataset, scene.columns, scene.point_colour);
}

// For the axes and the classes that the map has now; null: not known.
std::shared_ptr<const live::ClassRegionsView> regions_of(const MapScene& scene) {
    auto view = scene.answer<live::ClassRegionsView>();
    const bool fits = view && !view->votes.empty() && along_axes(scene.view_state, view->plane) &&
                      view->plane.anchor.size() == scene.view_state.anchor.size() &&
                      scene_classes(scene).are(view->classes);
    return fits ? view : nullptr;
}

double vote_strength(const live::ClassRegionsView& view, const explore::ClassVote& vote) {
    const double share = static_cast<double>(vote.votes) / view.voters;
    return kFaintest + (kClearest - kFaintest) * share;
}

// [3, rows, columns]
std::vector<std::uint8_t> regions_picture(const live::ClassRegionsView& view, const Theme& theme) {
    const std::size_t pixels = view.votes.size();
    std::vector<std::uint8_t> picture(3 * pixels);
    const charts::Rgb ground = ink(theme.map_background).rgb;
    for (std::size_t i = 0; i < pixels; ++i) {
        const double part = vote_strength(view, view.votes[i]);
        const charts::Rgb colour = ink(theme.label(view.votes[i].label)).rgb;
        for (std::size_t channel = 0; channel < 3; ++channel) {
            picture[channel * pixels + i] = static_cast<std::uint8_t>(
                std::lround((1.0 - part) * ground[channel] + part * colour[channel]));
        }
    }
    return picture;
}

std::string voters_text(int voters) { return std::to_string(voters) + " nearest"; }

class ClassesLayer final : public BackdropLayer {
  public:
    ClassesLayer() : BackdropLayer(Backdrop::kClasses) {}
    const LayerToggle* toggle() const override {
        static constexpr LayerToggle kToggle{
            "classes",
            "Classes",
            "Which class each place belongs to (K, for the k nearest): the label, or the word of "
            "the column that colours the points, of most of the 15 held-out images whose codes, "
            "the means of q(z|x), lie nearest in z, by Euclidean distance over all latents. The "
            "stronger the colour, the more of them agree. Takes the place of the manifold.",
            Key::kK,
            "K",
            "Classes: by the labels of the nearest codes"};
        return &kToggle;
    }
    std::string disabled_because(const Context& context) const override {
        if (!context.has_run()) return {};
        if (!context.explored->has_encoder) return "The run has no encoder, and so no codes.";
        return map_classes(context).of.empty() ? "These images have no labels." : "";
    }
    bool in_paper_view() const override { return false; }
    bool shown(const MapScene& scene) const override {
        return on(scene) && regions_of(scene) != nullptr;
    }
    void ask(const MapScene& scene, live::ExploreRequest& request) override {
        const explore::ManifoldRequest cells =
            scene.has_plane()
                ? aligned_grid(scene.view, kClassCellPx * scene.scale, kMostClassCells)
                : density_cells(scene.view, scene.scale, false);
        request.ask(
            live::ClassRegionsQuery{on_plane(scene.view_state, cells), scene_classes(scene).own()});
    }
    GroundChange change(const MapScene& scene) const override {
        return regions_of(scene) == uploaded_ ? GroundChange::kNothing : GroundChange::kNewer;
    }
    void render(const MapScene&, float scale) override;
    void paint(const MapScene&, charts::Raster&) const override;
    void draw_on_screen(Context&, const MapScene&, ImDrawList*) override;
    float legend_width(const Context& context) const override {
        return has_legend(context) ? ImGui::CalcTextSize(voters_text(15).c_str()).x : 0.0f;
    }
    float legend_height(const Context& context) const override {
        return has_legend(context) ? kVotersRowPx * context.scale : 0.0f;
    }
    void draw_legend(Context&, const PlacedPoints&, float below_px) override;
    std::size_t legend_letters(const MapScene& scene) const override {
        return shown(scene) ? voters_text(15).size() : 0;
    }
    void draw_legend_beside(const MapScene&, charts::Painter&) const override;

  private:
    struct OnScreen {
        gl::ManifoldRenderer renderer;
        gl::TileTexture picture;
    };
    bool has_legend(const Context& context) const {
        return on(context) && context.has_run() && disabled_because(context).empty();
    }

    std::unique_ptr<OnScreen> gl_;  // made when it is first drawn
    std::shared_ptr<const live::ClassRegionsView> uploaded_;
    bool dark_ = false;
};

// With one latent the cells are a row, and stand for all of the map's height.
void ClassesLayer::render(const MapScene& scene, float /*scale*/) {
    const auto view = regions_of(scene);
    if (!gl_) gl_ = std::make_unique<OnScreen>();
    const explore::ManifoldRequest& plane = view->plane;
    if (view != uploaded_ || dark_ != scene.theme.dark) {
        gl_->picture.update_grid(regions_picture(*view, scene.theme), 1,
                                 {3, plane.rows, plane.columns}, 1);
        uploaded_ = view;
        dark_ = scene.theme.dark;
    }
    gl::PlaneRect rect = plane_rect(scene.view);
    rect.x_min = plane.x_min;
    rect.x_max = plane.x_max;
    if (scene.has_plane()) {
        rect.y_min = plane.y_min;
        rect.y_max = plane.y_max;
    }
    gl_->renderer.draw(plane_rect(scene.view), rect, gl_->picture, 1.0f);
}

void ClassesLayer::paint(const MapScene& scene, charts::Raster& raster) const {
    const auto view = regions_of(scene);
    const explore::ManifoldRequest& plane = view->plane;
    const auto cell_along = [](double place, double low, double high, int count) {
        const double at = std::floor((place - low) / (high - low) * count);
        return at >= 0.0 && at < count ? static_cast<int>(at) : -1;
    };
    for_each_pixel(scene.view, [&](int x, int y, PlanePoint place) {
        const int column = cell_along(place.x, plane.x_min, plane.x_max, plane.columns);
        const int row = scene.has_plane() ? cell_along(-place.y, -double{plane.y_max},
                                                       -double{plane.y_min}, plane.rows)
                                          : 0;
        if (column < 0 || row < 0) return;
        const auto cell = static_cast<std::size_t>(row) * static_cast<std::size_t>(plane.columns) +
                          static_cast<std::size_t>(column);
        const explore::ClassVote& vote = view->votes[cell];
        raster.blend(x, y, ink(scene.theme.label(vote.label)).rgb, vote_strength(*view, vote));
    });
}

void ClassesLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) {
    const auto view = regions_of(scene);
    const charts::Pixel low = scene.low(), high = scene.high();
    context.layout.mark(
        "map.classes", {low.x, low.y}, {high.x, high.y},
        std::to_string(view->plane.columns) + " x " + std::to_string(view->plane.rows));
}

void ClassesLayer::draw_legend(Context& context, const PlacedPoints&, float /*below_px*/) {
    if (!has_legend(context)) return;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    take_legend_room(legend_height(context));
    context.layout.mark("map.legend.classes");
    hover(context, toggle()->help);
    const auto view = context.views.get<live::ClassRegionsView>();
    if (!view || view->votes.empty()) return;
    ImGui::GetWindowDrawList()->AddText({at.x, at.y}, context.theme.text_dim,
                                        voters_text(view->voters).c_str());
}

void ClassesLayer::draw_legend_beside(const MapScene& scene, charts::Painter& painter) const {
    if (!shown(scene)) return;
    const float tall = kVotersRowPx * scene.scale;
    if (room_below_labels(scene).tall < tall) return;  // the labels take all there is
    painter.text({scene.high().x + kClassesBesidePx * scene.scale, scene.high().y - tall},
                 voters_text(regions_of(scene)->voters), ink(scene.theme.text_dim));
}

}  // namespace

std::unique_ptr<MapLayer> make_classes_layer() { return std::make_unique<ClassesLayer>(); }

}  // namespace elbow::gui
