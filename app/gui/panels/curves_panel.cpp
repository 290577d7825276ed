#include "app/gui/panels/curves_panel.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot.h"
#include "engine/data/targets.h"
#include "engine/train/held_out.h"
#include "engine/train/measure.h"

namespace elbow::gui {
namespace {

enum class Tab { kBound, kReconstruction, kKl, kKlPerLatent, kReading };

struct TabEntry {
    Tab tab;
    const char* name;
    const char* label;
    const char* help;
    std::size_t reading = 0;  // of Tab::kReading: its place among the estimator's
};

constexpr std::array<TabEntry, 4> kTabs{{
    {Tab::kBound, "curves.tab.bound", "Bound",
     "The variational lower bound on log p(x): reconstruction minus KL. Higher is better."},
    {Tab::kReconstruction, "curves.tab.reconstruction", "Reconstruction",
     "The reconstruction term, the mean of log p(x|z) for z drawn from q(z|x). Higher is better."},
    {Tab::kKl, "curves.tab.kl", "KL",
     "The KL divergence of q(z|x) from the prior N(0, I): how much the latents tell of an image."},
    {Tab::kKlPerLatent, "curves.tab.kl_per_latent", "KL per latent",
     "The KL of each latent dimension at the newest evaluation. One near 0 is not used by the "
     "model."},
}};

// Those of every run, then one for each of the estimator's readings.
std::vector<TabEntry> tabs_of(const Context& context) {
    std::vector<TabEntry> tabs(kTabs.begin(), kTabs.end());
    const std::vector<estimator::Reading>& readings = context.trainer->readings;
    tabs.reserve(tabs.size() + readings.size());
    for (std::size_t i = 0; i < readings.size(); ++i)
        tabs.push_back({Tab::kReading, "", readings[i].name, readings[i].help, i});
    return tabs;
}

std::string layout_name(const TabEntry& entry) {
    return entry.tab == Tab::kReading ? "curves.tab.reading." + std::to_string(entry.reading)
                                      : entry.name;
}

struct AxisEntry {
    CurveAxis axis;
    const char* name;     // in the layout log
    const char* label;    // on the button
    const char* x_label;  // under the plot
    const char* help;
};

constexpr std::array<AxisEntry, 3> kAxes{{
    {CurveAxis::kSamples, "curves.axis.samples", "Images", "training images seen",
     "Against the training images seen."},
    {CurveAxis::kEpochs, "curves.axis.epochs", "Epochs", "epochs",
     "Against passes through the training images."},
    {CurveAxis::kSeconds, "curves.axis.seconds", "Seconds", "seconds of training",
     "Against training time; evaluation and pauses are not counted."},
}};

const AxisEntry& axis_entry(CurveAxis axis) {
    return *std::find_if(kAxes.begin(), kAxes.end(),
                         [&](const AxisEntry& entry) { return entry.axis == axis; });
}

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

double shown(const train::TrainRecord& record, Tab tab) {
    return tab == Tab::kBound            ? record.bound
           : tab == Tab::kReconstruction ? record.reconstruction
                                         : record.kl;
}

double shown(const train::EvaluationRecord& record, Tab tab) {
    return tab == Tab::kBound            ? record.test_bound
           : tab == Tab::kReconstruction ? record.test_reconstruction
                                         : record.test_kl;
}

template <class Record>
void fill(PlotSeries& series, const std::vector<Record>& records, CurveAxis axis, Tab tab) {
    series.x.clear();
    series.y.clear();
    for (const Record& record : records) {
        series.x.push_back(along(record, axis));
        series.y.push_back(shown(record, tab));
    }
}

// Until the trainer's state and its records are of the same run, a record may know another number
// of readings.
void fill(PlotSeries& series, const std::vector<train::TrainRecord>& records, CurveAxis axis,
          std::size_t reading) {
    series.x.clear();
    series.y.clear();
    for (const train::TrainRecord& record : records) {
        if (reading >= record.readings.size()) continue;
        series.x.push_back(along(record, axis));
        series.y.push_back(record.readings[reading]);
    }
}

class CurvesPanel : public Panel {
  public:
    const char* id() const override { return "curves"; }
    const char* title() const override { return "Curves"; }
    Slot slot() const override { return Slot::kBottomFirst; }
    Shows shows() const override { return Shows::kBoth; }
    void draw(Context&) override;
    void draw_title_controls(Context&) override;

  private:
    // What the lines were made of; they are made anew when it changes.
    struct Made {
        std::uint64_t version = 0;
        CurveAxis axis = CurveAxis::kSamples;
        std::string tab;
        std::string dataset, estimator;
        bool operator==(const Made&) const = default;
    };

    TabEntry draw_tabs(Context&);
    void make_series(const Context&, Tab);
    void make_reading_series(const Context&, const TabEntry&, const estimator::Reading&);
    void draw_reading(Context&, const TabEntry&, ImVec2 size);
    void draw_bars(Context&, ImVec2 size);

    std::string tab_ = kTabs.front().label;
    CurveAxis axis_ = CurveAxis::kSamples;
    bool log_x_ = true;
    std::optional<Made> made_;
    std::vector<PlotSeries> series_{2};          // training, held-out
    std::vector<PlotSeries> reading_series_{2};  // the reading, its target
    std::map<std::string, PlotView> views_;      // of each tab by its label
};

void CurvesPanel::draw_title_controls(Context& context) {
    ImGui::BeginGroup();
    for (const AxisEntry& entry : kAxes) {
        if (entry.axis != CurveAxis::kSamples) ImGui::SameLine(0.0f, 2.0f * context.scale);
        bool on = context.settings.curve_axis == entry.axis;
        if (toggle(context, entry.name, entry.label, on, entry.help)) {
            context.settings.curve_axis = entry.axis;
        }
    }
    ImGui::EndGroup();
    if (context.layout.enabled()) {
        context.layout.mark("curves.axis", axis_entry(context.settings.curve_axis).x_label);
    }
    ImGui::SameLine(0.0f, 10.0f * context.scale);
    toggle(context, "curves.log", "Log x", context.settings.curve_log_x,
           "A logarithmic horizontal axis, on which early and late learning both have room.");
}

// Breaks where the panel ends, and returns the tab that is open.
TabEntry CurvesPanel::draw_tabs(Context& context) {
    const std::vector<TabEntry> tabs = tabs_of(context);
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    const auto place = [&](const char* label, float gap) {
        const float width = ImGui::CalcTextSize(label).x + 2.0f * 8.0f * context.scale;
        if (ImGui::GetItemRectMax().x + gap + width <= right) ImGui::SameLine(0.0f, gap);
    };
    const auto is_open = [&](const TabEntry& entry) { return tab_ == entry.label; };
    if (std::none_of(tabs.begin(), tabs.end(), is_open)) tab_ = tabs.front().label;
    for (const TabEntry& entry : tabs) {
        if (entry.tab != Tab::kBound) place(entry.label, 2.0f * context.scale);
        bool on = is_open(entry);
        if (toggle(context, layout_name(entry).c_str(), entry.label, on, entry.help))
            tab_ = entry.label;
    }
    TabEntry open = *std::find_if(tabs.begin(), tabs.end(), is_open);
    const PlotView& view = views_[tab_];
    if (open.tab == Tab::kKlPerLatent || (view.fit_x && view.fit_y)) return open;
    place("Fit", 10.0f * context.scale);
    bool off = false;
    if (toggle(context, "curves.fit", "Fit", off,
               "Follows the data again (or double click the plot).")) {
        views_[tab_] = {};
    }
    return open;
}

void CurvesPanel::make_series(const Context& context, Tab tab) {
    const data::Dataset* dataset = context.dataset();
    const bool encodes = !context.has_run() || train::has_encoder(context.trainer->config);
    const Made now{context.curves.version, context.settings.curve_axis, tab_,
                   dataset ? dataset->name + data::targets_text(*dataset) : "",
                   context.trainer->config.estimator};
    const Theme& theme = context.theme;
    const ImU32 held_out = tab == Tab::kBound            ? theme.curve_test
                           : tab == Tab::kReconstruction ? theme.curve_reconstruction
                                                         : theme.curve_kl;
    series_[0].colour = theme.curve_train;
    series_[1].colour = held_out;
    if (made_ == now) return;
    made_ = now;
    const std::string targets = dataset ? ", " + data::targets_text(*dataset) : "";
    series_[0].name = "train: mean over minibatches" + targets;
    series_[0].short_name = "train";
    series_[1].name = !dataset  ? "held-out"
                      : encodes ? "held-out: " + reading(dataset->held_out.count) + " images" +
                                      targets + train::weights_text(context.trainer->config)
                                : "held-out: not measured, for there is no encoder";
    series_[1].short_name = "held-out";
    fill(series_[0], context.curves.train.records(), now.axis, tab);
    fill(series_[1], context.curves.evaluations.records(), now.axis, tab);
}

void CurvesPanel::make_reading_series(const Context& context, const TabEntry& tab,
                                      const estimator::Reading& shown_reading) {
    PlotSeries& line = reading_series_.front();
    line.colour = context.theme.curve_train;
    reading_series_.resize(shown_reading.target ? 2 : 1);
    if (shown_reading.target) reading_series_[1].colour = context.theme.text_dim;
    const Made now{context.curves.version, context.settings.curve_axis, tab_, "",
                   context.trainer->config.estimator};
    if (made_ == now) return;
    made_ = now;
    line.name = "train: mean over minibatches";
    line.short_name = shown_reading.name;
    fill(line, context.curves.train.records(), now.axis, tab.reading);
    if (!shown_reading.target) return;
    PlotSeries& target = reading_series_[1];
    target.name = target.short_name = "target";
    target.dashed = true;
    target.x.clear();
    if (!line.x.empty()) target.x = {line.x.front(), line.x.back()};
    target.y.assign(target.x.size(), *shown_reading.target);
}

void CurvesPanel::draw_reading(Context& context, const TabEntry& tab, ImVec2 size) {
    const estimator::Reading& shown_reading = context.trainer->readings.at(tab.reading);
    make_reading_series(context, tab, shown_reading);
    plot(context, "curves.plot",
         {axis_entry(axis_).x_label, shown_reading.unit, log_x_, size,
          "Comes after about 1000 training images.", true},
         reading_series_, views_[tab_]);
}

void CurvesPanel::draw_bars(Context& context, ImVec2 size) {
    const auto& evaluations = context.curves.evaluations.records();
    if (evaluations.empty()) return waiting_text(context, "The first evaluation is under way.");
    const train::EvaluationRecord& newest = evaluations.back();
    const std::string y_label = "nats per image, held-out, after " +
                                reading(static_cast<double>(newest.samples)) + " training images";
    bars(context, "curves.bars",
         {"latent dimension", y_label.c_str(), "z", "nats per image", context.theme.curve_kl, size},
         newest.test_kl_per_latent);
}

void CurvesPanel::draw(Context& context) {
    const TabEntry tab = draw_tabs(context);
    const ImVec2 size = ImGui::GetContentRegionAvail();
    const Settings& settings = context.settings;
    if (settings.curve_axis != axis_ || settings.curve_log_x != log_x_) {
        views_.clear();  // what was zoomed to was on another axis
        axis_ = settings.curve_axis;
        log_x_ = settings.curve_log_x;
    }
    if (tab.tab == Tab::kReading) return draw_reading(context, tab, size);
    const bool of_the_bound = tab.tab != Tab::kReconstruction;
    if (context.has_run() && of_the_bound && !train::has_bound(context.trainer->config)) {
        const std::string text = train::no_bound_text(context.trainer->config);
        return waiting_text(context, text.c_str());
    }
    if (tab.tab == Tab::kKlPerLatent) return draw_bars(context, size);
    make_series(context, tab.tab);
    plot(context, "curves.plot",
         {axis_entry(axis_).x_label, "nats per image", log_x_, size, waiting_reason(context)},
         series_, views_[tab_]);
}

}  // namespace

std::unique_ptr<Panel> make_curves_panel() { return std::make_unique<CurvesPanel>(); }

}  // namespace elbow::gui
