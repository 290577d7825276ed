// Decoded images behind the points: each shows what the decoder makes of the z under its middle.

#include "engine/live/questions/manifold.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/gl/map_renderers.h"
#include "app/gl/tile_texture.h"
#include "app/gui/map/ground.h"
#include "app/gui/map/layer.h"
#include "app/gui/map/layers/backdrop.h"

namespace elbow::gui {

namespace {

float manifold_strength(const Theme& theme) { return theme.dark ? 0.8f : 0.65f; }

// Null: there are none for the axes that the map has now.
std::shared_ptr<const live::ManifoldView> images_of(const MapScene& scene) {
    auto view = scene.answer<live::ManifoldView>();
    if (scene.backdrop != Backdrop::kManifold || !view ||
        !along_axes(scene.view_state, view->request))
        return nullptr;
    return view;
}

// A tile of the manifold: each of its pixels as a square where it is magnified, their mean where it
// is not.
class MagnifiedTiles {
  public:
    MagnifiedTiles(const live::ManifoldView& tiles, data::ImageShape shape, double cell_px)
        : tiles_(tiles),
          shape_(shape),
          taps_(std::clamp(
              static_cast<int>(std::ceil(std::max(shape.height, shape.width) / cell_px)), 1, 8)) {}

    // Nothing where there is none.
    std::optional<charts::Rgb> colour(PlanePoint place) const {
        const explore::ManifoldRequest& grid = tiles_.request;
        const double across =
            (place.x - grid.x_min) / (static_cast<double>(grid.x_max) - grid.x_min) * grid.columns;
        const double down =
            (grid.y_max - place.y) / (static_cast<double>(grid.y_max) - grid.y_min) * grid.rows;
        if (across < 0.0 || down < 0.0 || across >= grid.columns || down >= grid.rows)
            return std::nullopt;
        const int column = static_cast<int>(across), row = static_cast<int>(down);
        const int tile = row * grid.columns + column;
        charts::Rgb colour{};
        for (int plane = 0; plane < shape_.channels; ++plane) {
            double sum = 0.0;
            for (int i = 0; i < taps_; ++i) {
                for (int j = 0; j < taps_; ++j)
                    sum += value(tile, plane, {down - row, across - column}, offset(i), offset(j));
            }
            colour[static_cast<std::size_t>(plane)] =
                static_cast<std::uint8_t>(std::lround(sum / (taps_ * taps_)));
        }
        if (shape_.channels == 1) colour.fill(colour[0]);
        return colour;
    }

  private:
    // Of a tap from the place, in pixels of the image.
    double offset(int tap) const { return taps_ == 1 ? 0.0 : tap - 0.5 * (taps_ - 1); }
    struct Within {
        double down, across;  // of the tile, 0 to 1
    };
    double value(int tile, int plane, Within at, double dy, double dx) const {
        const int height = shape_.height, width = shape_.width;
        const int y =
            std::clamp(static_cast<int>(std::floor(at.down * height + dy)), 0, height - 1);
        const int x =
            std::clamp(static_cast<int>(std::floor(at.across * width + dx)), 0, width - 1);
        const std::size_t planes = static_cast<std::size_t>(tile) * shape_.channels + plane;
        return tiles_.images[(planes * height + y) * width + x];
    }
    const live::ManifoldView& tiles_;
    data::ImageShape shape_;
    int taps_;
};

class ManifoldLayer final : public BackdropLayer {
  public:
    ManifoldLayer() : BackdropLayer(Backdrop::kManifold) {}
    const LayerToggle* toggle() const override {
        static constexpr LayerToggle kToggle{
            "manifold",
            "Manifold",
            "Decoded images behind the points: each shows what the decoder makes of the z under "
            "its middle (M). Takes the place of the density.",
            Key::kM,
            "M",
            "Manifold: decoded images behind the points"};
        return &kToggle;
    }
    bool shown(const MapScene& scene) const override { return has_images_behind(scene); }
    void ask(const MapScene&, live::ExploreRequest&) override;
    GroundChange change(const MapScene& scene) const override {
        return images_of(scene) == uploaded_ ? GroundChange::kNothing : GroundChange::kNewer;
    }
    void render(const MapScene&, float scale) override;
    void paint(const MapScene&, charts::Raster&) const override;

  private:
    struct OnScreen {
        gl::ManifoldRenderer renderer;
        gl::TileTexture tiles;
    };

    ManifoldFineness fineness_;
    std::shared_ptr<const live::ManifoldView> weighed_;  // the last whose cost is known
    std::unique_ptr<OnScreen> gl_;                       // made when it is first drawn
    std::shared_ptr<const live::ManifoldView> uploaded_;
};

void ManifoldLayer::ask(const MapScene& scene, live::ExploreRequest& request) {
    if (const auto manifold = scene.answer<live::ManifoldView>(); manifold != weighed_) {
        weighed_ = manifold;
        if (manifold)
            fineness_.took(manifold->request.columns * manifold->request.rows, manifold->seconds);
    }
    const int most = scene.in_picture ? kMostManifoldCells : fineness_.most_cells();
    const double smallest_px = kSmallestCellPx * scene.scale;
    request.ask(on_plane(scene.view_state, scene.view_state.paper_view
                                               ? unit_square_grid(scene.view, smallest_px, most)
                                               : aligned_grid(scene.view, smallest_px, most)));
}

void ManifoldLayer::render(const MapScene& scene, float /*scale*/) {
    const auto images = images_of(scene);
    const explore::ManifoldRequest& grid = images->request;
    if (!gl_) gl_ = std::make_unique<OnScreen>();
    if (images != uploaded_) {
        gl_->tiles.update_grid(images->images, grid.columns * grid.rows, scene.image_shape,
                               grid.columns);
        uploaded_ = images;
    }
    gl_->renderer.draw(plane_rect(scene.view), {grid.x_min, grid.x_max, grid.y_min, grid.y_max},
                       gl_->tiles, manifold_strength(scene.theme));
}

void ManifoldLayer::paint(const MapScene& scene, charts::Raster& raster) const {
    const auto images = images_of(scene);
    const explore::ManifoldRequest& grid = images->request;
    const double cell_px = (static_cast<double>(grid.x_max) - grid.x_min) / grid.columns *
                           scene.view.pixels_per_unit();
    const MagnifiedTiles tiles(*images, scene.image_shape, cell_px);
    const double alpha = manifold_strength(scene.theme);
    for_each_pixel(scene.view, [&](int x, int y, PlanePoint place) {
        if (const auto colour = tiles.colour(place)) raster.blend(x, y, *colour, alpha);
    });
}

}  // namespace

bool has_images_behind(const MapScene& scene) { return images_of(scene) != nullptr; }

std::unique_ptr<MapLayer> make_manifold_layer() { return std::make_unique<ManifoldLayer>(); }

}  // namespace elbow::gui
