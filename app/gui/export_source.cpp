#include "app/gui/export_source.h"

#include <algorithm>

#include "app/gui/map/map_axes.h"
#include "app/gui/window_words.h"
#include "engine/live/questions/map.h"
#include "engine/run/choices.h"

namespace elbow::gui {

std::string curves_title(const RunConfig& config, const data::Dataset& dataset) {
    const auto text = [&](const char* name) {
        return run::value_text(config, *find_run_option(name));
    };
    return dataset.title + ", " + latents_text(config.latents) + ", " +
           std::to_string(config.hidden) + " hidden units, " + text("estimator") + ", " +
           text("optimizer") + ", step size " + text("step-size");
}

ExportSource export_source(const Context& context) {
    ExportSource source;
    source.snapshot = context.explored;
    source.dataset = context.trainer->dataset;
    source.config = context.trainer->config;
    source.view_state = context.view_state;
    source.columns = context.columns;
    source.codes = context.codes;
    source.settings = context.settings;
    source.prior_samples = std::max(1, context.visible.prior_samples);
    source.theme = context.theme;
    const auto codes = context.views.get<live::MapView>();
    const bool has_rows = context.latents() < 2 && codes != nullptr;
    source.words = axis_words(context, has_rows ? row_unit(codes->map) : 1.0);
    if (context.notes != nullptr) source.map_size = context.notes->map_size;
    if (const auto* asked = context.visible.of_panels.find<live::EstimatesQuery>())
        source.estimates = *asked;
    return source;
}

void add_records(const Context& context, ExportSource& source) {
    source.train = context.curves.train.records();
    source.evaluations = context.curves.evaluations.records();
    source.readings = context.trainer->readings;
    for (train::TrainRecord& record : source.train)
        train::fit_readings(record, source.readings.size());
    for (const estimator::Reading& reading : context.trainer->readings)
        source.reading_names.emplace_back(reading.name);
    if (context.notes != nullptr && context.notes->published != nullptr)
        source.published = *context.notes->published;
    source.branches = context.trainer->branches;
}

void add_moments(const Context& context, ExportSource& source) {
    if (context.rewind == nullptr) return;
    source.moments = std::make_shared<const live::Moments>(context.rewind->moments());
}

ExportSource export_source(const Context& context, const PictureWish& wish) {
    ExportSource source = export_source(context);
    if (!wish.z.empty()) source.view_state.cursor = wish.z;
    source.images = wish.images;
    if (wish.what->reads_records) add_records(context, source);
    if (wish.what->reads_moments) add_moments(context, source);
    return source;
}

}  // namespace elbow::gui
