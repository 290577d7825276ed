#include "app/gui/exports/map.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/map/map_legend.h"
#include "engine/explore/point.h"
#include "engine/model/families.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

constexpr int kMostMapScale = 8;
constexpr int kLeastMapPx = 40;  // design pixels

// Of the selected image; empty where there is none, or where a mean and deviations tell all.
std::vector<float> cloud_of(const ExportSource& source, const std::optional<int>& image) {
    const data::Dataset& dataset = *source.dataset;
    const train::ParameterSnapshot& run = *source.snapshot;
    if (!image || *image < 0 || *image >= dataset.held_out.count || !run.has_encoder ||
        model::is_diagonal(run.spec))
        return {};
    const auto model = model::make_model(run.spec);
    model::Posteriors q;
    model->encode(run.parameters, dataset.batch(dataset.held_out, *image, *image + 1), q);
    return explore::posterior_cloud(*model, q);
}

std::vector<std::uint8_t> map_png(const ExportSource& source, Progress& progress) {
    const ViewState& seen = source.view_state;
    check_latents(source, seen.cursor, "a dot");
    check_latents(source, seen.anchor, "an anchor");
    check_latents(source, seen.path_from, "a handle A");
    check_latents(source, seen.path_to, "a handle B");
    const MapPicture wanted = map_of(source);
    map_picture_size(wanted);  // too large a one is refused
    MapContents contents;
    explore::LatentMap codes;
    if (source.snapshot->has_encoder) {
        codes = held_out_codes(*source.snapshot, *source.dataset, progress);
        contents.codes = &codes;
        contents.labels = source.dataset->held_out.labels;
    }
    const std::vector<float> cloud = cloud_of(source, seen.point);
    contents.cloud = cloud;
    std::vector<std::uint8_t> tiles;
    if (wanted.backdrop == Backdrop::kManifold) {
        contents.tiles = map_tiles(wanted);
        tiles =
            decoded(source, explore::manifold_latents(contents.tiles, source.latents()), progress);
        contents.tile_images = tiles;
        contents.tile_shape = source.dataset->shape();
    }
    std::optional<explore::PriorDensity> density;
    if (const auto cells = map_density(wanted)) {
        const auto model = model::make_model(source.snapshot->spec);
        density = explore::prior_density(*model, source.snapshot->parameters, *cells);
        contents.density = &*density;
    }
    return io::png(map_picture(wanted, contents));
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

}  // namespace

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
    if (map.spread_known) map.refined = source.refined;
    map.point_size = source.settings.point_size;
    map.theme = source.theme;
    map.words = source.words;
    if (!dataset.held_out.labels.empty() && source.snapshot->has_encoder)
        map.legend = legend_rows(dataset.class_names);
    map.classes = static_cast<int>(dataset.class_names.size());
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
        .choices = {map_scale_choice()},
        .size = [](const ExportSource& source) { return map_picture_size(map_of(source)); },
        .png = map_png,
    };
    return kEntry;
}

}  // namespace elbow::gui
