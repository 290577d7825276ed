// The paper's view of the latent space: the unit square through the prior's inverse CDF, as figure
// 4 of the paper, so that each part of the map is as large as it is likely under the prior.

#include "app/gui/map/layer.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/run/measure.h"

namespace elbow::gui {

namespace {

class PaperViewLayer final : public MapLayer {
  public:
    const LayerToggle* toggle() const override {
        static constexpr LayerToggle kToggle{
            "paper_view",
            "Paper",
            "Paper view, as figure 4 of the paper: along each axis P(z), the probability that the "
            "prior N(0, 1) gives all smaller values. Every part of the square is as likely as any "
            "other of its size. With Manifold, decoded images fill it.",
            std::nullopt,
            nullptr,
            "Paper view: the unit square of the prior"};
        return &kToggle;
    }
    bool on(const Context& context) const override { return context.view_state.paper_view; }
    bool on(const MapScene& scene) const override { return scene.view_state.paper_view; }
    // The view fits the square, or the points again.
    void turn(Context& context, bool on) const override {
        ViewState& view = context.view_state;
        if (view.paper_view == on) return;
        view.paper_view = on;
        view.follow_fit = true;
        view.rect = on ? MapRect{0.5, 0.5, 0.6} : MapRect{};
    }
    std::string disabled_because(const Context& context) const override {
        if (context.latents() < 2) return "It takes two latents, one for each side of a square.";
        return run::has_normal_prior(context.trainer->config)
                   ? ""
                   : "Its axes are the CDF of the prior N(0, 1), and this run has not that prior.";
    }
    // The rim of the square.
    void draw(const MapScene& scene, charts::Painter& painter) const override {
        const charts::Pixel rim[] = {scene.pixel(PlanePoint{0, 0}), scene.pixel(PlanePoint{1, 0}),
                                     scene.pixel(PlanePoint{1, 1}), scene.pixel(PlanePoint{0, 1})};
        painter.outline(rim, 1.5f * scene.scale, ink(scene.theme.axis_line));
    }
};

}  // namespace

std::unique_ptr<MapLayer> make_paper_view_layer() { return std::make_unique<PaperViewLayer>(); }

}  // namespace elbow::gui
