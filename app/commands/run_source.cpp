#include "app/commands/run_source.h"

#include <utility>

#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/latent_activity.h"
#include "app/gui/map/colourings.h"
#include "app/gui/map/map_classes.h"
#include "app/gui/map/map_view.h"
#include "app/gui/run_session.h"
#include "app/gui/waypoints.h"
#include "engine/explore/nested_order.h"
#include "engine/run/measure.h"
#include "engine/train/session.h"

namespace elbow::commands {
namespace {

constexpr float kHeldPx = 13.0f;  // of the dot, A and B with their halos, design pixels

// The codes of the held-out images; no `count` where there is no encoder.
live::MapView map_of_run(const gui::ExportSource& source) {
    live::MapView map;
    if (!source.snapshot->has_encoder) return map;
    Progress progress;
    const data::ImageSet& held_out = source.dataset->held_out;
    map.map = gui::held_out_codes(*source.snapshot, *source.dataset, progress);
    map.order = std::make_shared<const std::vector<std::uint32_t>>(
        explore::nested_order(held_out.count, held_out.labels));
    return map;
}

// As the window does it: what follows the run, and a view that fits.
void follow(gui::ExportSource& source, const live::MapView& map,
            const std::vector<train::EvaluationRecord>& evaluations) {
    const data::Dataset& dataset = *source.dataset;
    const bool mapped = map.order != nullptr;
    gui::Curves curves;
    for (const train::EvaluationRecord& record : evaluations) curves.evaluations.push(record);
    const std::vector<float> activity =
        gui::activity_of_latents(curves, mapped ? &map : nullptr, source.latents());
    gui::RunFacts facts;
    facts.has_normal_prior = run::has_normal_prior(source.config);
    facts.activity = activity;
    if (mapped) {
        facts.map = &map.map;
        facts.labels = dataset.held_out.labels;
        facts.order = *map.order;
    }
    gui::ViewState& seen = source.view_state;
    gui::follow_run(seen, facts);
    if (!seen.follow_fit) return;
    gui::FitWish wish;
    wish.prior = facts.has_normal_prior;
    if (mapped)
        wish.points = gui::point_extent(
            gui::place_points(map.map, facts.labels, static_cast<int>(dataset.class_names.size()),
                              seen.x_axis, seen.y_axis)
                .xy);
    if (seen.paper_view) wish = {gui::unit_square(), false, {}};
    wish.held.push_back(gui::projected(seen, seen.cursor));
    if (seen.path_shown) {
        for (const std::vector<float>& z : gui::path_waypoints(seen))
            wish.held.push_back(gui::projected(seen, z));
    }
    seen.rect = gui::fitted(wish, source.map_size, kHeldPx);
}

// What the estimator says of the readings, of which the run's folder has the names alone.
std::vector<estimator::Reading> readings_of(const io::SavedRun& saved,
                                            const std::shared_ptr<const data::Dataset>& dataset) {
    train::Checkpoint checkpoint = saved.checkpoint;
    checkpoint.config.device = RunConfig{}.device;  // it may have been made on another machine
    std::vector<estimator::Reading> readings = train::Session(checkpoint, dataset, 1).readings();
    if (readings.size() != checkpoint.readings.size()) readings.clear();
    return readings;
}

void add_curves(gui::ExportSource& source, const io::SavedRun& saved) {
    source.train = saved.checkpoint.training;
    source.evaluations = saved.checkpoint.evaluations;
    source.reading_names = saved.checkpoint.readings;
    source.branches = saved.checkpoint.branches;
    if (!source.reading_names.empty()) source.readings = readings_of(saved, source.dataset);
    const std::string figure = gui::figure_of(source.config);
    if (source.settings.paper_curves && !figure.empty())
        source.published =
            gui::published_curves(source.config, figure, charts::paper_curves(figure), false);
}

}  // namespace

gui::ExportSource source_of(const io::SavedRun& saved, std::shared_ptr<const data::Dataset> dataset,
                            const gui::Settings& settings, bool curves) {
    const train::Checkpoint& checkpoint = saved.checkpoint;
    gui::ExportSource source;
    source.config = train::config_now(checkpoint);
    source.snapshot = train::snapshot_of(checkpoint);
    source.dataset = std::move(dataset);
    source.settings = settings;
    source.theme = gui::make_theme(settings.dark, {});
    const gui::RunSession session = gui::parse_session(saved.session, "The run's session");
    const auto seen = gui::fitting(session.view_state, source.latents(),
                                   source.dataset->held_out.count, source.dataset->shape());
    source.view_state = seen.value_or(gui::ViewState{});
    if (!source.view_state.table.empty() && gui::is_of_a_column(settings.point_colour))
        source.columns =
            io::read_image_columns(source.view_state.table, source.dataset->held_out.count);
    source.view_state.fit_to(source.latents());
    const live::MapView map = map_of_run(source);
    follow(source, map, checkpoint.evaluations);
    const bool has_rows = source.latents() < 2 && map.order != nullptr;
    const gui::MapClasses classes =
        gui::map_classes(*source.dataset, source.columns.get(), settings.point_colour);
    gui::fit_hidden(source.view_state, classes);
    source.words = gui::axis_words(source.view_state, source.config, classes.names,
                                   has_rows ? gui::row_unit(map.map) : 1.0);
    if (curves) add_curves(source, saved);
    return source;
}

}  // namespace elbow::commands
