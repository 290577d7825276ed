#include "app/gui/panels/curve_lines.h"

#include <iterator>
#include <utility>

#include "engine/data/targets.h"
#include "engine/train/held_out.h"
#include "engine/train/measure.h"

namespace elbow::gui {
namespace {

constexpr int kFirstReading = 100;  // kinds below it are of CurveKind
constexpr float kTrainShade = 0.45f;

template <class Record>
double along(const Record& record, CurveAxis axis) {
    switch (axis) {
        case CurveAxis::kSamples:
            return static_cast<double>(record.samples);
        case CurveAxis::kEpochs:
            return record.epoch;
        case CurveAxis::kSeconds:
            return record.seconds;
    }
    return 0.0;
}

double shown(const train::TrainRecord& record, CurveKind kind) {
    return kind == CurveKind::kBound            ? record.bound
           : kind == CurveKind::kReconstruction ? record.reconstruction
                                                : record.kl;
}

double shown(const train::EvaluationRecord& record, CurveKind kind) {
    return kind == CurveKind::kBound            ? record.test_bound
           : kind == CurveKind::kReconstruction ? record.test_reconstruction
                                                : record.test_kl;
}

template <class Record>
void fill(PlotSeries& series, const std::vector<Record>& records, CurveAxis axis, CurveKind kind) {
    series.x.clear();
    series.y.clear();
    for (const Record& record : records) {
        series.x.push_back(along(record, axis));
        series.y.push_back(shown(record, kind));
    }
}

// Until the trainer's state and its records are of the same run, a record may know another number
// of readings.
void fill_reading(PlotSeries& series, const std::vector<train::TrainRecord>& records,
                  CurveAxis axis, std::size_t reading) {
    series.x.clear();
    series.y.clear();
    for (const train::TrainRecord& record : records) {
        if (reading >= record.readings.size()) continue;
        series.x.push_back(along(record, axis));
        series.y.push_back(record.readings[reading]);
    }
}

ImU32 compared_colour(const Theme& theme, std::size_t number) {
    return theme.label(static_cast<int>(number) + 2);
}

std::string targets_of(const Context& context) {
    return context.dataset() ? ", " + data::targets_text(*context.dataset()) : "";
}

std::string held_out_name(const Context& context) {
    const data::Dataset* dataset = context.dataset();
    if (dataset == nullptr) return "held-out";
    const RunConfig& config = context.trainer->config;
    if (context.has_run() && !train::has_encoder(config))
        return "held-out: not measured (no encoder)";
    return "held-out: " + reading(dataset->held_out.count) + " images" + targets_of(context) +
           train::weights_text(config);
}

}  // namespace

std::string short_run_name(const std::string& name) {
    constexpr std::size_t kLongest = 24;
    if (name.size() <= kLongest) return name;
    std::size_t end = kLongest - 1;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
    return name.substr(0, end) + "\u2026";
}

bool CurveLines::is_news(const Context& context, int kind) {
    Made now{context.curves.version, context.settings.curve_axis, kind, targets_of(context),
             context.trainer->config.estimator};
    if (context.dataset()) now.dataset += context.dataset()->name;
    now.run_number = context.run_number;
    if (context.compared != nullptr) now.compared = context.compared->version();
    if (context.race != nullptr) {
        now.version = 0;
        for (const Contestant& run : context.race->runs) {
            now.version += run.curves->version;
            now.runs += run.name + '\n';
        }
    }
    if (made_ == now) return false;
    made_ = now;
    return true;
}

std::vector<PlotSeries>& CurveLines::of(const Context& context, CurveKind kind) {
    const bool news = is_news(context, static_cast<int>(kind));
    if (context.race != nullptr) {
        if (news) make_race(*context.race, context, kind);
        for (std::size_t i = 0; i < 2; ++i) {
            race_[2 * i].colour = with_alpha(context.race->runs[i].colour, kTrainShade);
            race_[2 * i + 1].colour = context.race->runs[i].colour;
        }
        return race_;
    }
    if (news) make_run(context, kind);
    const Theme& theme = context.theme;
    const std::size_t compared = run_.size() - 2;
    for (std::size_t i = 0; i < compared; ++i) run_[i].colour = compared_colour(theme, i);
    run_[compared].colour = theme.curve_train;
    run_[compared + 1].colour = kind == CurveKind::kBound            ? theme.curve_test
                                : kind == CurveKind::kReconstruction ? theme.curve_reconstruction
                                                                     : theme.curve_kl;
    return run_;
}

void CurveLines::make_run(const Context& context, CurveKind kind) {
    make_compared(context, kind);
    PlotSeries& train = run_[run_.size() - 2];
    PlotSeries& held_out = run_.back();
    train.name = "train: mean over minibatches" + targets_of(context);
    train.short_name = "train";
    held_out.name = held_out_name(context);
    held_out.short_name = "held-out";
    fill(train, context.curves.train.records(), context.settings.curve_axis, kind);
    fill(held_out, context.curves.evaluations.records(), context.settings.curve_axis, kind);
}

// What is hidden of them stays hidden.
void CurveLines::make_compared(const Context& context, CurveKind kind) {
    std::vector<PlotSeries> lines;
    if (context.compared != nullptr) {
        for (const ComparedRun& run : context.compared->runs()) {
            PlotSeries& line = lines.emplace_back();
            line.short_name = short_run_name(run.name);
            line.name = line.short_name + ": held-out, " + run.of;
            line.dashed = true;
            for (const PlotSeries& before : run_) {
                if (before.name == line.name) line.visible = before.visible;
            }
            fill(line, run.evaluations, context.settings.curve_axis, kind);
        }
    }
    lines.insert(lines.end(), std::make_move_iterator(run_.end() - 2),
                 std::make_move_iterator(run_.end()));
    run_ = std::move(lines);
}

void CurveLines::make_race(const RaceView& race, const Context& context, CurveKind kind) {
    for (std::size_t i = 0; i < 2; ++i) {
        const Contestant& run = race.runs[i];
        PlotSeries& train = race_[2 * i];
        PlotSeries& held_out = race_[2 * i + 1];
        train.short_name = run.name + ", train";
        held_out.short_name = run.name + ", held-out";
        train.name = train.short_name + targets_of(context);
        const RunConfig& config = run.trainer->config;
        held_out.name =
            held_out.short_name + (train::has_encoder(config)
                                       ? targets_of(context) + train::weights_text(config)
                                       : ": not measured (no encoder)");
        fill(train, run.curves->train.records(), context.settings.curve_axis, kind);
        fill(held_out, run.curves->evaluations.records(), context.settings.curve_axis, kind);
    }
}

std::vector<PlotSeries>& CurveLines::of_reading(const Context& context, std::size_t reading) {
    const estimator::Reading& told = context.trainer->readings.at(reading);
    reading_.resize(told.target ? 2 : 1);
    PlotSeries& line = reading_.front();
    line.colour = context.theme.curve_train;
    if (told.target) reading_[1].colour = context.theme.text_dim;
    if (!is_news(context, kFirstReading + static_cast<int>(reading))) return reading_;
    line.name = "train: mean over minibatches";
    line.short_name = told.name;
    fill_reading(line, context.curves.train.records(), context.settings.curve_axis, reading);
    if (!told.target) return reading_;
    PlotSeries& target = reading_[1];
    target.name = target.short_name = "target";
    target.dashed = true;
    target.x.clear();
    if (!line.x.empty()) target.x = {line.x.front(), line.x.back()};
    target.y.assign(target.x.size(), *told.target);
    return reading_;
}

}  // namespace elbow::gui
