#include "app/gui/panels/curve_lines.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/data/targets.h"
#include "engine/run/measure.h"
#include "engine/train/held_out.h"

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
    if (context.has_run() && !run::has_encoder(config))
        return "held-out: not measured (no encoder)";
    return "held-out: " + reading(dataset->held_out.count) + " images" + targets_of(context) +
           train::weights_text(config, context.curves.evaluations.records());
}

// Quiet: the run itself is what one looks at.
ImU32 paper_colour(ImU32 colour, const PlotSeries& line) {
    return with_alpha(colour, line.dashed ? 0.4f : 0.65f);
}

PlotSeries series_of(const PublishedCurve& curve) {
    PlotSeries line;
    line.name = curve.name;
    line.short_name = curve.short_name;
    line.dashed = curve.train;  // as the paper draws them
    line.behind = true;
    line.x = curve.samples;
    line.y = curve.nats;
    return line;
}

const std::vector<PublishedCurve>& curves_in(const SharedCurves& curves) {
    static const std::vector<PublishedCurve> none;
    return curves ? *curves : none;
}

std::string names_of(const std::array<SharedCurves, 2>& published) {
    std::string names;
    for (const auto& curves : published)
        for (const PublishedCurve& curve : curves_in(curves)) names += curve.name + '\n';
    return names;
}

// The lines become the others and then the last `own` of them, which are the run's; what was hidden
// of the others stays hidden.
void put_before(std::vector<PlotSeries>& lines, std::vector<PlotSeries> others, std::size_t own) {
    const auto begin = lines.end() - static_cast<std::ptrdiff_t>(own);
    for (PlotSeries& line : others) {
        for (auto before = lines.begin(); before != begin; ++before) {
            if (before->name == line.name) line.visible = before->visible;
        }
    }
    others.insert(others.end(), std::make_move_iterator(begin),
                  std::make_move_iterator(lines.end()));
    lines = std::move(others);
}

}  // namespace

std::optional<double> place_along(const Context& context, std::optional<std::int64_t> samples) {
    const CurveAxis axis = context.settings.curve_axis;
    if (!samples) return std::nullopt;
    if (axis == CurveAxis::kSamples) return static_cast<double>(*samples);
    const auto& records = context.curves.train.records();
    const auto after = std::find_if(records.begin(), records.end(),
                                    [&](const auto& record) { return record.samples >= *samples; });
    if (after == records.end()) return std::nullopt;
    return along(*after, axis);
}

std::optional<std::int64_t> samples_along(const Context& context, double place) {
    const CurveAxis axis = context.settings.curve_axis;
    if (axis == CurveAxis::kSamples) return static_cast<std::int64_t>(std::max(place, 0.0));
    const auto& records = context.curves.train.records();
    if (records.empty()) return std::nullopt;
    const auto after = std::find_if(records.begin(), records.end(), [&](const auto& record) {
        return along(record, axis) >= place;
    });
    return (after == records.end() ? records.back() : *after).samples;
}

std::string short_run_name(const std::string& name) {
    constexpr std::size_t kLongest = 24;
    if (name.size() <= kLongest) return name;
    std::size_t end = kLongest - 1;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
    return name.substr(0, end) + "\u2026";
}

bool CurveLines::is_news(const Context& context, int kind, const std::string& published) {
    Made now{context.curves.version, context.settings.curve_axis, kind, targets_of(context),
             context.trainer->config.estimator};
    if (context.dataset()) now.dataset += context.dataset()->name;
    now.run_number = context.run_number;
    now.published = published;
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

std::vector<PlotSeries>& CurveLines::of(const Context& context, CurveKind kind,
                                        const PaperCurves* paper) {
    Published published;
    if (paper != nullptr && kind == CurveKind::kBound && context.settings.paper_curves &&
        context.settings.curve_axis == CurveAxis::kSamples) {
        if (context.race == nullptr) {
            published[0] = paper->of(context.trainer->config, false);
        } else {
            for (std::size_t i = 0; i < 2; ++i)
                published[i] = paper->of(context.race->runs[i].trainer->config, true);
        }
    }
    const bool news = is_news(context, static_cast<int>(kind), names_of(published));
    if (context.race != nullptr) {
        if (news) make_race(*context.race, context, kind, published);
        colour_race(*context.race);
        return race_;
    }
    if (news) make_run(context, kind, published);
    colour_run(context.theme, kind);
    return run_;
}

void CurveLines::colour_run(const Theme& theme, CurveKind kind) {
    const std::size_t others = run_.size() - 2;
    std::size_t compared = 0;
    for (std::size_t i = 0; i < others; ++i)
        run_[i].colour = run_[i].behind ? paper_colour(theme.curve_reconstruction, run_[i])
                                        : compared_colour(theme, compared++);
    run_[others].colour = theme.curve_train;
    run_[others + 1].colour = kind == CurveKind::kBound            ? theme.curve_test
                              : kind == CurveKind::kReconstruction ? theme.curve_reconstruction
                                                                   : theme.curve_kl;
}

void CurveLines::colour_race(const RaceView& race) {
    const std::size_t others = race_.size() - 4;
    for (std::size_t i = 0; i < others; ++i)
        race_[i].colour = paper_colour(race.runs[i < published_of_first_ ? 0 : 1].colour, race_[i]);
    for (std::size_t i = 0; i < 2; ++i) {
        race_[others + 2 * i].colour = with_alpha(race.runs[i].colour, kTrainShade);
        race_[others + 2 * i + 1].colour = race.runs[i].colour;
    }
}

void CurveLines::make_run(const Context& context, CurveKind kind, const Published& published) {
    std::vector<PlotSeries> others;
    for (const PublishedCurve& curve : curves_in(published[0])) others.push_back(series_of(curve));
    if (context.compared != nullptr) {
        for (const ComparedRun& run : context.compared->runs()) {
            PlotSeries& line = others.emplace_back();
            line.short_name = short_run_name(run.name);
            line.name = line.short_name + ": held-out, " + run.of;
            line.dashed = true;
            fill(line, run.evaluations, context.settings.curve_axis, kind);
        }
    }
    put_before(run_, std::move(others), 2);
    PlotSeries& train = run_[run_.size() - 2];
    PlotSeries& held_out = run_.back();
    train.name = "train: mean over minibatches" + targets_of(context);
    train.short_name = "train";
    held_out.name = held_out_name(context);
    held_out.short_name = "held-out";
    fill(train, context.curves.train.records(), context.settings.curve_axis, kind);
    fill(held_out, context.curves.evaluations.records(), context.settings.curve_axis, kind);
}

void CurveLines::make_race(const RaceView& race, const Context& context, CurveKind kind,
                           const Published& published) {
    std::vector<PlotSeries> others;
    for (const auto& curves : published)
        for (const PublishedCurve& curve : curves_in(curves)) others.push_back(series_of(curve));
    published_of_first_ = curves_in(published[0]).size();
    const std::size_t own = others.size();
    put_before(race_, std::move(others), 4);
    for (std::size_t i = 0; i < 2; ++i) {
        const Contestant& run = race.runs[i];
        PlotSeries& train = race_[own + 2 * i];
        PlotSeries& held_out = race_[own + 2 * i + 1];
        train.short_name = run.name + ", train";
        held_out.short_name = run.name + ", held-out";
        const RunConfig& config = run.trainer->config;
        const bool needs_prior = kind != CurveKind::kReconstruction;
        if (needs_prior && !run::has_prior(config)) {
            train.name = train.short_name + ": none (no prior)";
            held_out.name = held_out.short_name + ": none (no prior)";
        } else {
            train.name = train.short_name + targets_of(context);
            held_out.name =
                held_out.short_name +
                (run::has_encoder(config)
                     ? targets_of(context) +
                           train::weights_text(config, run.curves->evaluations.records())
                     : ": not measured (no encoder)");
        }
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
