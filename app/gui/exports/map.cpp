#include "app/gui/exports/map.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/form.h"
#include "app/gui/exports/path.h"
#include "app/gui/map/colourings.h"
#include "app/gui/map/map_classes.h"
#include "app/gui/map/map_legend.h"
#include "engine/live/answers.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

constexpr int kMostMapScale = 8;
constexpr int kLeastMapPx = 40;  // design pixels

// Light, on white.
Theme print_theme() {
    Theme theme = make_theme(false, {});
    theme.panel = theme.map_background = IM_COL32_WHITE;
    theme.text = IM_COL32_BLACK;
    return theme;
}

// By map_picture() or map_svg().
template <class Draw>
auto drawn_map(const ExportSource& source, Progress& progress, const Draw& draw) {
    const ViewState& seen = source.view_state;
    check_latents(source, seen.cursor, "a dot");
    check_latents(source, seen.anchor, "an anchor");
    check_path(source);
    const MapPicture wanted = map_of(source);
    map_picture_size(wanted);  // too large a one is refused
    const live::Views views =
        live::answers({source.snapshot, source.dataset,
                       std::make_shared<live::ExploreRequest>(map_request(wanted))},
                      progress);
    return draw(wanted, views, map_classes(source).of);
}

}  // namespace

MapClasses map_classes(const ExportSource& source) {
    return map_classes(*source.dataset, source.columns.get(), source.settings.point_colour);
}

ExportNumber map_scale_choice() {
    return {.option = "--map-scale",
            .label = "times the size on the screen",
            .help =
                "Drawn anew at that size, with letters, points and lines as sharp as on the "
                "screen. At 1, a pixel of the picture is one of the window's at scale 1.",
            .mark = "export.map_scale",
            .value = &Settings::export_map_scale,
            .least = 1,
            .most = kMostMapScale};
}

MapPicture map_of(const ExportSource& source) {
    const data::Dataset& dataset = *source.dataset;
    MapPicture map;
    map.view_state = source.view_state;
    map.backdrop = source.settings.backdrop;
    map.prior = run::has_normal_prior(source.config);
    map.own_prior = run::has_own_prior(source.config);
    map.points_shown = source.settings.points_shown;
    map.layers = source.settings.layers;
    map.spread_known = run::has_bound(source.config);
    map.point_size = source.settings.point_size;
    map.point_colour = source.settings.point_colour;
    map.image_shape = dataset.shape();
    map.dataset = source.dataset;
    map.columns = source.columns;
    map.codes = source.codes;
    map.theme = source.settings.export_print ? print_theme() : source.theme;
    map.words = source.words;
    map.estimates = source.estimates;
    const MapClasses classes = map_classes(source);
    const auto colouring = find_colouring(map.point_colour, &dataset, map.columns.get());
    if (!classes.of.empty() && source.snapshot->has_encoder &&
        (!colouring || colouring->classes != nullptr))
        map.legend = legend_rows(classes.names);
    map.classes = classes.count();
    map.scale = source.settings.export_map_scale;
    map.width = std::max(kLeastMapPx, static_cast<int>(std::lround(source.map_size.x)));
    map.height = std::max(kLeastMapPx, static_cast<int>(std::lround(source.map_size.y)));
    return map;
}

const Export& map_export() {
    static const Export kEntry{
        .id = "map",
        .name = "map",
        .title = "Latent map",
        .help =
            "The map as it is seen: density or decoded images, points, dot, A and B, axes and "
            "legend.",
        .choices = {map_scale_choice(), look_choice(), form_choice()},
        .size = [](const ExportSource& source) { return map_picture_size(map_of(source)); },
        .draw = [](const ExportSource& source,
                   Progress& progress) { return drawn_map(source, progress, map_picture); },
        .svg = [](const ExportSource& source,
                  Progress& progress) { return drawn_map(source, progress, map_svg); },
    };
    return kEntry;
}

}  // namespace elbow::gui
