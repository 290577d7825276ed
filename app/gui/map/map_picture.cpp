#include "app/gui/map/map_picture.h"

#include <algorithm>
#include <cmath>

#include "app/charts/raster_painter.h"
#include "app/gui/map/layers.h"
#include "app/gui/widgets/screen_painter.h"

namespace elbow::gui {
namespace {

using charts::Lettering;
using charts::Raster;
using charts::RasterPainter;

// Design pixels.
constexpr double kText = 15.0;
constexpr int kLeft = 64, kTop = 26, kBottom = 50, kRight = 14;  // around the plot
constexpr double kLetterWidth = 8.5;                             // of a wide one
constexpr int kLegendMark = 30, kMostLegend = 180;
constexpr std::size_t kLongestDensityWords = 9;  // letters

int legend_room(const MapPicture& map) {
    std::size_t longest = 0;
    for (const std::string& name : map.legend) longest = std::max(longest, name.size());
    if (map_density(map) && map.view_state.anchor.size() > 1)
        longest = std::max(longest, kLongestDensityWords);
    if (longest == 0) return 0;
    return std::min(
        kMostLegend,
        kLegendMark + static_cast<int>(std::ceil(kLetterWidth * static_cast<double>(longest))));
}

SelectedPosterior selected(const MapPicture& map, const MapContents& contents) {
    const std::optional<int>& point = map.view_state.point;
    if (!point || contents.codes == nullptr || *point < 0 || *point >= contents.codes->count)
        return {};
    const auto latents = static_cast<std::size_t>(contents.codes->latents);
    const auto part = [&](const std::vector<float>& of_all) {
        return std::span(of_all).subspan(static_cast<std::size_t>(*point) * latents, latents);
    };
    SelectedPosterior known{part(contents.codes->mean), part(contents.codes->deviation)};
    if (map.refined && map.refined->index == *point && map.refined->mean.size() == latents)
        known.refined = &*map.refined;
    known.cloud = contents.cloud;
    return known;
}

DecodedTiles decoded_tiles(const MapPicture& map, const MapContents& contents) {
    const explore::ManifoldRequest& grid = contents.tiles;
    const std::size_t pixels =
        static_cast<std::size_t>(grid.columns) * grid.rows * contents.tile_shape.size();
    if (map.backdrop != Backdrop::kManifold || contents.tile_images.size() != pixels) return {};
    return {grid, contents.tile_images, contents.tile_shape, nullptr};
}

// The plot in design pixels.
PlaneView design_view(const MapPicture& map) {
    return {map.view_state.rect,
            {0, 0},
            {static_cast<float>(map.width), static_cast<float>(map.height)}};
}

explore::ManifoldRequest on_plane_of(const MapPicture& map, explore::ManifoldRequest cells) {
    const ViewState& view_state = map.view_state;
    cells.x_axis = view_state.x_axis;
    cells.y_axis = view_state.anchor.size() < 2 ? view_state.x_axis : view_state.y_axis;
    cells.anchor = view_state.anchor;
    return cells;
}

void paint_ground(const MapLayers& layers, const MapScene& scene, Raster& raster) {
    for (const bool backdrops : {true, false}) {
        for (const auto& layer : layers)
            if (layer->is_backdrop() == backdrops && layer->shown(scene))
                layer->paint(scene, raster);
    }
}

}  // namespace

io::SheetSize map_picture_size(const MapPicture& map) {
    return io::sheet_size(
        1, {3, kTop + map.height + kBottom, kLeft + map.width + kRight + legend_room(map)}, 1,
        map.scale);
}

explore::ManifoldRequest map_tiles(const MapPicture& map) {
    return on_plane_of(map, aligned_grid(design_view(map), kSmallestCellPx, kMostManifoldCells));
}

std::optional<explore::ManifoldRequest> map_density(const MapPicture& map) {
    if (map.backdrop != Backdrop::kDensity || !map.own_prior) return std::nullopt;
    return on_plane_of(map, density_cells(design_view(map), 1.0, map.view_state.anchor.size() > 1));
}

io::Picture map_picture(const MapPicture& map, const MapContents& contents) {
    const io::SheetSize size = map_picture_size(map);
    Raster raster(size.width, size.height, ink(map.theme.panel).rgb);
    const Lettering letters(kText * map.scale);
    RasterPainter painter(raster, letters, map.scale);
    const auto design = [&](int px) { return static_cast<float>(px * map.scale); };
    PlacedPoints points;
    if (contents.codes != nullptr) {
        points = place_points(*contents.codes, contents.labels, map.classes, map.view_state.x_axis,
                              map.view_state.y_axis);
    }
    const MapScene scene{.view_state = map.view_state,
                         .theme = map.theme,
                         .words = map.words,
                         .layers = map.layers,
                         .points = points,
                         .view = PlaneView(map.view_state.rect, {design(kLeft), design(kTop)},
                                           {design(map.width), design(map.height)}),
                         .gutters = {design(kLeft), 0.0f, 0.0f},
                         .scale = static_cast<float>(map.scale),
                         .backdrop = map.backdrop,
                         .points_shown = map.points_shown,
                         .point_size = map.point_size,
                         .prior = map.prior,
                         .spread_known = map.spread_known,
                         .codes = contents.codes,
                         .tiles = decoded_tiles(map, contents),
                         .density = contents.density,
                         .selected = selected(map, contents),
                         .legend = map.legend,
                         .classes = map.classes};
    const charts::Pixel low = scene.low(), high = scene.high();
    raster.fill(low.x, low.y, high.x, high.y, ink(map.theme.map_background).rgb);
    painter.clip(low, high);
    const MapLayers layers = make_map_layers();
    paint_ground(layers, scene, raster);
    painter.clip_nothing();
    draw_layers(layers, scene, painter);
    for (const auto& layer : layers) layer->draw_legend_beside(scene, painter);
    return {size.width, size.height, 3, raster.pixels()};
}

}  // namespace elbow::gui
