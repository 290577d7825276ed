// The list of the map's layers, and what a layer has without doing anything for it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "app/charts/raster_painter.h"
#include "app/gui/map/layers.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/live/questions/prior_density.h"
#include "tests/app/context_parts.h"

namespace elbow::gui {
namespace {

using testing::ElementsAre;

const MapLayer& named(const MapLayers& layers, const std::string& name) {
    for (const auto& layer : layers)
        if (layer->toggle() != nullptr && layer->toggle()->name == name) return *layer;
    throw std::out_of_range(name);
}

TEST(MapLayers, HaveTheirTogglesInTheOrderOfTheList) {
    std::vector<std::string> titles;
    std::set<Key> keys;
    std::size_t with_key = 0;
    for (const auto& layer : make_map_layers()) {
        const LayerToggle* toggle = layer->toggle();
        if (toggle == nullptr) continue;
        titles.emplace_back(toggle->title);
        if (!toggle->key) continue;
        ++with_key;
        keys.insert(*toggle->key);
        EXPECT_NE(toggle->letter, nullptr) << toggle->name;
        EXPECT_NE(toggle->key_help, nullptr) << toggle->name;
    }
    EXPECT_THAT(titles, ElementsAre("Points", "Images", "Manifold", "Density", "Metric", "Classes",
                                    "Paper", "q(z)", "q(z|x)", "p(z|x)", "Lengths", "Path"));
    EXPECT_EQ(keys.size(), with_key) << "a key for each";
}

TEST(MapLayers, OneBackdropTakesThePlaceOfTheOther) {
    ContextParts parts;
    const MapLayers layers = make_map_layers();
    const MapLayer& manifold = named(layers, "manifold");
    const MapLayer& density = named(layers, "density");
    density.turn(parts.context, true);
    EXPECT_TRUE(density.on(parts.context));
    manifold.turn(parts.context, true);
    EXPECT_TRUE(manifold.on(parts.context));
    EXPECT_FALSE(density.on(parts.context));
    density.turn(parts.context, false);
    EXPECT_TRUE(manifold.on(parts.context)) << "what is off is not turned off again";
    manifold.turn(parts.context, false);
    EXPECT_EQ(parts.settings.backdrop, Backdrop::kNone);
}

// A layer as somebody might add it: one that says no more than its toggle and what it draws.
class Stain final : public MapLayer {
  public:
    explicit Stain(bool begins_on, bool around = false)
        : toggle_{.name = "stain", .title = "Stain", .help = "", .begins_on = begins_on},
          around_(around) {}
    const LayerToggle* toggle() const override { return &toggle_; }
    bool draws_around() const override { return around_; }
    void draw(const MapScene& scene, charts::Painter& painter) const override {
        painter.disc(scene.low(), 6.0f,
                     around_ ? ink(IM_COL32(0, 0, 255, 255)) : ink(IM_COL32_WHITE));
    }

  private:
    LayerToggle toggle_;
    bool around_;
};

TEST(MapLayers, TheSettingsRememberTheToggleOfANewOne) {
    ContextParts parts;
    EXPECT_TRUE(Stain(true).on(parts.context));
    EXPECT_FALSE(Stain(false).on(parts.context));
    Stain(true).turn(parts.context, false);
    EXPECT_FALSE(Stain(true).on(parts.context));
    EXPECT_EQ(parts.settings.layers, (std::map<std::string, bool>{{"stain", false}}));
    Stain(true).turn(parts.context, true);
    EXPECT_TRUE(Stain(false).on(parts.context));
}

// What a scene of three latents asks with this one backdrop.
live::ExploreRequest asked_with(Backdrop backdrop, int latents, int label = 0) {
    ViewState state;
    state.fit_to(latents);
    if (latents > 2) {
        state.put_on_axis(latents - 1, false);
        state.anchor[1] = 0.5f;
    }
    state.y_axis = 1;
    state.label = label;
    const Theme theme{};
    const AxisWords words;
    const std::map<std::string, bool> layers;
    const PlacedPoints points;
    return asked_by(make_map_layers(), {.view_state = state,
                                        .theme = theme,
                                        .words = words,
                                        .layers = layers,
                                        .points = points,
                                        .view = PlaneView({}, {0, 0}, {300, 200}),
                                        .gutters = {},
                                        .backdrop = backdrop,
                                        .prior = false,
                                        .own_prior = true});
}

TEST(MapLayers, AskForWhatLiesOnThePlaneOfTheMap) {
    const live::ExploreRequest request = asked_with(Backdrop::kManifold, 3, 4);
    EXPECT_EQ(request.find<live::PriorDensityQuery>(), nullptr) << "it is off";
    const auto* manifold = request.find<explore::ManifoldRequest>();
    ASSERT_NE(manifold, nullptr);
    EXPECT_EQ(manifold->x_axis, 2);
    EXPECT_EQ(manifold->y_axis, 1);
    EXPECT_EQ(manifold->anchor, (std::vector<float>{0.0f, 0.5f, 0.0f}));
    EXPECT_EQ(manifold->label, 4);
    EXPECT_GT(manifold->columns, manifold->rows);
}

TEST(MapLayers, OfOneLatentTheManifoldHasOneAxis) {
    const live::ExploreRequest request = asked_with(Backdrop::kManifold, 1);
    const auto* manifold = request.find<explore::ManifoldRequest>();
    ASSERT_NE(manifold, nullptr);
    EXPECT_EQ(manifold->x_axis, 0);
    EXPECT_EQ(manifold->y_axis, 0);
}

TEST(MapLayers, TheDensityOfAPriorIsAskedForWhateverTheLabel) {
    const live::ExploreRequest request = asked_with(Backdrop::kDensity, 3, 4);
    EXPECT_EQ(request.find<explore::ManifoldRequest>(), nullptr);
    const auto* density = request.find<live::PriorDensityQuery>();
    ASSERT_NE(density, nullptr);
    EXPECT_EQ(density->plane.x_axis, 2);
    EXPECT_EQ(density->plane.anchor, (std::vector<float>{0.0f, 0.5f, 0.0f}));
    EXPECT_EQ(density->plane.label, 0);
}

// Blue around the corner at (20, 20) of the plot, white within.
TEST(MapLayers, AreClippedToThePlotAndDrawnOverWhatIsAroundIt) {
    ContextParts parts;
    parts.view_state.fit_to(2);
    const AxisWords words;
    const PlacedPoints points;
    const MapScene scene{.view_state = parts.view_state,
                         .theme = parts.theme,
                         .words = words,
                         .layers = parts.settings.layers,
                         .points = points,
                         .view = PlaneView({}, {20, 20}, {20, 20}),
                         .gutters = {}};
    MapLayers layers;
    layers.push_back(std::make_unique<Stain>(true));
    layers.push_back(std::make_unique<Stain>(true, true));
    charts::Raster raster(40, 40, {0, 0, 0});
    const charts::Lettering letters(12.0);
    charts::RasterPainter painter(raster, letters, 1.0);
    const auto red_at = [&](int place) { return raster.pixels()[3 * (40U * place + place)]; };
    const auto blue_at = [&](int place) { return raster.pixels()[3 * (40U * place + place) + 2]; };
    parts.settings.layers["stain"] = false;
    draw_layers(layers, scene, painter);
    EXPECT_EQ(blue_at(18), 0) << "off";
    parts.settings.layers["stain"] = true;
    draw_layers(layers, scene, painter);
    EXPECT_EQ(red_at(22), 255);
    EXPECT_EQ(red_at(18), 0);
    EXPECT_EQ(blue_at(18), 255);
}

}  // namespace
}  // namespace elbow::gui
