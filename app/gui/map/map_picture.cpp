#include "app/gui/map/map_picture.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/charts/raster_painter.h"
#include "app/gui/map/layers.h"
#include "app/gui/map/selecting.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/live/questions/map.h"

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

// The picture's scene without its contents. `at`: the plot's upper left corner, pixels; the points
// outlive it.
MapScene scene_of(const MapPicture& map, const PlacedPoints& points, ImVec2 at, float scale) {
    return {.view_state = map.view_state,
            .theme = map.theme,
            .words = map.words,
            .layers = map.layers,
            .points = points,
            .view = PlaneView(
                map.view_state.rect, at,
                {static_cast<float>(map.width) * scale, static_cast<float>(map.height) * scale}),
            .gutters = {at.x, 0.0f, 0.0f},
            .scale = scale,
            .backdrop = map.backdrop,
            .points_shown = map.points_shown,
            .point_size = map.point_size,
            .point_colour = map.point_colour,
            .prior = map.prior,
            .own_prior = map.own_prior,
            .spread_known = map.spread_known,
            .image_shape = map.image_shape,
            .dataset = map.dataset.get(),
            .columns = map.columns.get(),
            .codes = map.codes.get(),
            .estimates = map.estimates ? &*map.estimates : nullptr,
            .in_picture = true,
            .legend = map.legend,
            .classes = map.classes};
}

int legend_room(const MapPicture& map) {
    const PlacedPoints none;
    const MapScene scene = scene_of(map, none, {0, 0}, 1.0f);
    std::size_t longest = 0;
    for (const std::string& name : map.legend) longest = std::max(longest, name.size());
    for (const auto& layer : make_map_layers())
        if (layer->fits(scene.view_state))
            longest = std::max(longest, layer->legend_letters(scene));
    if (longest == 0) return 0;
    return std::min(
        kMostLegend,
        kLegendMark + static_cast<int>(std::ceil(kLetterWidth * static_cast<double>(longest))));
}

// Calls visit(layer) for each that has a ground, or for each backdrop.
template <class Visit>
void for_each_ground(const MapLayers& layers, const MapScene& scene, bool backdrops,
                     const Visit& visit) {
    for (const auto& layer : layers)
        if (layer->is_backdrop() == backdrops && layer->drawn(scene)) visit(*layer);
}

// Everything; ground(layers, scene) draws what lies under the marks, clipped to the plot.
template <class Ground>
void paint_map(const MapPicture& map, const live::Views& views,
               std::span<const std::uint8_t> labels, charts::Painter& painter,
               const Ground& ground) {
    PlacedPoints points;
    const auto codes = views.get<live::MapView>();
    if (codes) {
        points = isolated(place_points(codes->map, labels, map.classes, map.view_state.x_axis,
                                       map.view_state.y_axis),
                          map.view_state);
        if (map.view_state.paper_view) into_unit_square(points);
    }
    const auto scale = static_cast<float>(map.scale);
    MapScene scene = scene_of(map, points, {kLeft * scale, kTop * scale}, scale);
    scene.map = codes.get();
    scene.views = &views;
    painter.box(scene.low(), scene.high(), ink(map.theme.map_background));
    painter.clip(scene.low(), scene.high());
    const MapLayers layers = make_map_layers();
    ground(layers, scene);
    painter.clip_nothing();
    draw_layers(layers, scene, painter);
    for (const auto& layer : layers)
        if (layer->fits(scene.view_state)) layer->draw_legend_beside(scene, painter);
}

// The plot with the backdrops; absent where there are none.
std::optional<io::Picture> backdrops_of(const MapLayers& layers, const MapScene& scene) {
    const charts::Pixel low = scene.low(), high = scene.high();
    Raster raster(static_cast<int>(high.x), static_cast<int>(high.y),
                  ink(scene.theme.map_background).rgb);
    raster.clip(low.x, low.y, high.x, high.y);
    bool any = false;
    for_each_ground(layers, scene, true, [&](const MapLayer& layer) {
        layer.paint(scene, raster);
        any = true;
    });
    if (!any) return std::nullopt;
    const int left = static_cast<int>(low.x), top = static_cast<int>(low.y);
    io::Picture picture{raster.width() - left, raster.height() - top, 3, {}};
    for (int y = top; y < raster.height(); ++y) {
        const auto row = raster.pixels().begin() + std::ptrdiff_t{3} * y * raster.width();
        picture.pixels.insert(picture.pixels.end(), row + std::ptrdiff_t{3} * left,
                              row + std::ptrdiff_t{3} * raster.width());
    }
    return picture;
}

}  // namespace

io::SheetSize map_picture_size(const MapPicture& map) {
    return io::sheet_size(
        1, {3, kTop + map.height + kBottom, kLeft + map.width + kRight + legend_room(map)}, 1,
        map.scale);
}

live::ExploreRequest map_request(const MapPicture& map) {
    const PlacedPoints none;
    live::ExploreRequest request = asked_by(make_map_layers(), scene_of(map, none, {0, 0}, 1.0f));
    request.ask(live::MapQuery{});
    return request;
}

io::Picture map_picture(const MapPicture& map, const live::Views& views,
                        std::span<const std::uint8_t> labels) {
    const io::SheetSize size = map_picture_size(map);
    Raster raster(size.width, size.height, ink(map.theme.panel).rgb);
    const Lettering letters(kText * map.scale);
    RasterPainter painter(raster, letters, map.scale);
    paint_map(map, views, labels, painter, [&](const MapLayers& layers, const MapScene& scene) {
        for (const bool backdrops : {true, false}) {
            for_each_ground(layers, scene, backdrops,
                            [&](const MapLayer& layer) { layer.paint(scene, raster); });
        }
    });
    return {size.width, size.height, 3, raster.pixels()};
}

std::string map_svg(const MapPicture& map, const live::Views& views,
                    std::span<const std::uint8_t> labels) {
    const io::SheetSize size = map_picture_size(map);
    const Lettering letters(kText * map.scale);
    charts::SvgPainter painter(size.width, size.height, ink(map.theme.panel).rgb, letters,
                               map.scale);
    paint_map(map, views, labels, painter, [&](const MapLayers& layers, const MapScene& scene) {
        if (const auto backdrops = backdrops_of(layers, scene))
            painter.picture(scene.low(), scene.high(), *backdrops);
        for_each_ground(layers, scene, false,
                        [&](const MapLayer& layer) { layer.draw_shapes(scene, painter); });
    });
    return painter.finish();
}

}  // namespace elbow::gui
