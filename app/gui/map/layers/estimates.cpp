// The draws from q(z|x) of the selected image that the panel of the estimators looks at.

#include "engine/live/questions/estimates.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "app/gui/map/layer.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/screen_painter.h"

namespace elbow::gui {

namespace {

constexpr float kEstimatePx = 4.0f;  // radius, scale 1

// While they are asked for, of the selected image; null: there are none.
std::shared_ptr<const live::EstimatesView> estimates_of(const MapScene& scene) {
    if (scene.estimates == nullptr) return nullptr;
    auto view = scene.answer<live::EstimatesView>();
    const bool fits = view && scene.view_state.point == view->estimates.index &&
                      view->estimates.mean.size() == scene.view_state.anchor.size();
    return fits ? view : nullptr;
}

class EstimatesLayer final : public MapLayer {
  public:
    // On the screen the panel asks.
    void ask(const MapScene& scene, live::ExploreRequest& request) override {
        if (scene.in_picture && scene.estimates != nullptr) request.ask(*scene.estimates);
    }
    bool shown(const MapScene& scene) const override { return estimates_of(scene) != nullptr; }
    void draw(const MapScene&, charts::Painter&) const override;
    void draw_on_screen(Context&, const MapScene&, ImDrawList*) override;
    bool draw_tooltip(const Context&, const MapScene&) override;

  private:
    static charts::Pixel place(const MapScene& scene, const explore::Estimates& all,
                               std::size_t draw) {
        const std::size_t latents = all.mean.size();
        return scene.pixel(std::span(all.z).subspan(draw * latents, latents));
    }
};

void EstimatesLayer::draw(const MapScene& scene, charts::Painter& painter) const {
    const auto view = estimates_of(scene);
    const auto shown = static_cast<std::size_t>(view->query.shown);
    for (std::size_t s = 0; s < std::min(shown, explore::kEstimateDraws); ++s) {
        const charts::Pixel at = place(scene, view->estimates, s);
        if (!std::isfinite(at.x) || !std::isfinite(at.y)) continue;
        painter.disc(at, (kEstimatePx + 1.5f) * scene.scale, ink(scene.theme.map_background));
        painter.disc(at, kEstimatePx * scene.scale, ink(scene.theme.accent));
    }
}

void EstimatesLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) {
    const auto view = estimates_of(scene);
    const charts::Pixel first = place(scene, view->estimates, 0);
    context.layout.mark("map.estimates", {first.x, first.y}, {first.x, first.y},
                        std::to_string(view->query.shown));
}

bool EstimatesLayer::draw_tooltip(const Context& context, const MapScene& scene) {
    const auto view = estimates_of(scene);
    if (!view || scene.over.dot_hot || scene.over.waypoint) return false;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    std::optional<std::size_t> under;
    float nearest = (kEstimatePx + 2.0f) * scene.scale;
    const auto shown = static_cast<std::size_t>(view->query.shown);
    for (std::size_t s = 0; s < std::min(shown, explore::kEstimateDraws); ++s) {
        const charts::Pixel at = place(scene, view->estimates, s);
        const float away = std::hypot(at.x - mouse.x, at.y - mouse.y);
        if (!(away < nearest)) continue;
        nearest = away;
        under = s;
    }
    if (!under) return false;
    tip(context, ("Draw " + std::to_string(*under + 1) + " of " + std::to_string(shown) +
                  " from q(z|x) of the selected image: log p(x, z) - log q(z|x) is " +
                  nats(view->estimates.log_weights[*under]) + " nats.")
                     .c_str());
    return true;
}

}  // namespace

std::unique_ptr<MapLayer> make_estimates_layer() { return std::make_unique<EstimatesLayer>(); }

}  // namespace elbow::gui
