#include "app/gui/export_wishes.h"

#include <algorithm>
#include <cmath>

#include "app/gui/export_pictures.h"
#include "app/gui/panels/map_axes.h"
#include "app/gui/panels/map_legend.h"
#include "app/gui/panels/sheet_layout.h"
#include "app/gui/window_words.h"
#include "engine/data/targets.h"
#include "engine/train/choices.h"
#include "engine/train/held_out.h"
#include "engine/train/measure.h"

namespace elbow::gui {
namespace {

// A full rectangle where the count allows one that is not too long.
int sheet_columns(int count) {
    const int root = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(count))));
    for (int columns = root; columns <= 2 * root; ++columns) {
        if (count % columns == 0) return columns;
    }
    return std::max(root, 1);
}

// A square as high as what the map shows, around its middle.
explore::ManifoldRequest plane_of(const Context& context) {
    const Exploration& exploration = context.exploration;
    const auto half = static_cast<float>(exploration.rect.half_height);
    const auto x = static_cast<float>(exploration.rect.x_center);
    const auto y = static_cast<float>(exploration.rect.y_center);
    explore::ManifoldRequest plane;
    plane.x_min = x - half;
    plane.x_max = x + half;
    plane.y_min = y - half;
    plane.y_max = y + half;
    plane.x_axis = exploration.x_axis;
    plane.y_axis = context.latents() > 1 ? exploration.y_axis : exploration.x_axis;
    plane.anchor = exploration.anchor;
    return plane_grid(plane, context.settings.export_grid, context.dataset()->height,
                      context.dataset()->width);
}

MapPicture map_of(const Context& context) {
    const data::Dataset& dataset = *context.dataset();
    MapPicture map;
    map.exploration = context.exploration;
    map.backdrop = context.settings.backdrop;
    map.prior = train::has_prior(context.trainer->config);
    map.points_shown = context.settings.points_shown;
    map.spread_known = train::has_bound(context.trainer->config);
    if (const std::optional<int> point = map.exploration.point; point && map.spread_known) {
        if (const explore::RefinedPoint* refined = context.refined(*point)) map.refined = *refined;
    }
    map.point_size = context.settings.point_size;
    map.theme = context.theme;
    map.words = axis_words(context);
    const bool labelled =
        !dataset.held_out.labels.empty() && context.trainer->snapshot->has_encoder;
    if (labelled) map.legend = legend_rows(dataset.class_names);
    map.classes = static_cast<int>(dataset.class_names.size());
    map.scale = context.settings.export_map_scale;
    if (context.notes == nullptr) return map;
    map.width = std::max(40, static_cast<int>(std::lround(context.notes->map_size.x)));
    map.height = std::max(40, static_cast<int>(std::lround(context.notes->map_size.y)));
    return map;
}

CurveStyle style_of(const Context& context) {
    CurveStyle style;
    style.axis = static_cast<CurveStyle::Axis>(context.settings.curve_axis);
    style.log_x = context.settings.curve_log_x;
    style.targets = data::targets_text(*context.dataset());
    style.weights = train::weights_text(context.trainer->config);
    style.title = curves_title(context);
    return style;
}

}  // namespace

std::string curves_title(const Context& context) {
    const RunConfig& config = context.trainer->config;
    const auto text = [&](const char* name) {
        return train::value_text(config, *find_run_option(name));
    };
    return context.dataset()->title + ", " + latents_text(config.latents) + ", " +
           std::to_string(config.hidden) + " hidden units, " + text("estimator") + ", " +
           text("optimizer") + ", step size " + text("step-size");
}

ExportRequest export_request(const Context& context, ExportKind kind) {
    const Exploration& exploration = context.exploration;
    const Settings& settings = context.settings;
    const data::Dataset& dataset = *context.dataset();
    ExportRequest request;
    request.kind = kind;
    request.folder = export_folder(settings.export_folder);
    request.pixel_scale = settings.export_pixel_scale;
    if (kind == ExportKind::kMap) request.map = map_of(context);
    request.cursor = exploration.cursor;
    request.path = {exploration.path_from, exploration.path_to, exploration.path_frames,
                    exploration.path_kind};
    request.quantile_grid = settings.export_quantile_grid;
    request.grid = settings.export_grid;
    request.plane = plane_of(context);
    request.prior_samples = std::max(1, context.request.prior_samples);
    request.prior_seed = exploration.prior_seed;
    request.columns = sheet_columns(request.prior_samples);
    if (kind == ExportKind::kReconstructions) {
        const int labels = std::max(10, static_cast<int>(dataset.class_names.size()));
        request.reconstructions = images_of_each_label(dataset, 6 * labels);
        request.columns = labels;
    }
    request.style = style_of(context);
    return request;
}

void add_records(const Context& context, ExportRequest& request) {
    if (request.kind != ExportKind::kCurvesPicture && request.kind != ExportKind::kCurvesTable)
        return;
    request.train = context.curves.train.records();
    request.style.readings = context.trainer->readings;
    if (context.notes != nullptr && context.notes->published != nullptr)
        request.style.published = *context.notes->published;
    for (const estimator::Reading& reading : context.trainer->readings)
        request.readings.emplace_back(reading.name);
    request.evaluations = context.curves.evaluations.records();
}

ExportRequest export_request(const Context& context, const PictureWish& wish) {
    ExportRequest request = export_request(context, wish.kind);
    if (wish.kind == ExportKind::kCursor) request.cursor = wish.z;
    if (wish.kind == ExportKind::kReconstructions) {
        request.reconstructions = wish.images;
        request.columns = std::min(request.columns, static_cast<int>(wish.images.size()));
    }
    add_records(context, request);
    return request;
}

}  // namespace elbow::gui
