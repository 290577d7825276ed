#include "app/gui/panels/curves_panel.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot.h"
#include "engine/data/targets.h"
#include "engine/train/held_out.h"

namespace elbow::gui {
namespace {

enum class Tab { kBound, kReconstruction, kKl, kKlPerLatent };

struct TabEntry {
    Tab tab;
    const char* name;
    const char* label;
    const char* help;
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

class CurvesPanel : public Panel {
  public:
    const char* id() const override { return "curves"; }
    const char* title() const override { return "Curves"; }
    Slot slot() const override { return Slot::kBottomFirst; }
    void draw(Context&) override;
    void draw_title_controls(Context&) override;

  private:
    // What the lines were made of; they are made anew when it changes.
    struct Made {
        std::uint64_t version = 0;
        CurveAxis axis = CurveAxis::kSamples;
        Tab tab = Tab::kBound;
        std::string dataset;
        bool operator==(const Made&) const = default;
    };

    void draw_tabs(Context&);
    void make_series(const Context&);
    void draw_bars(Context&, ImVec2 size);

    Tab tab_ = Tab::kBound;
    CurveAxis axis_ = CurveAxis::kSamples;
    bool log_x_ = true;
    std::optional<Made> made_;
    std::vector<PlotSeries> series_{2};
    std::array<PlotView, kTabs.size()> views_;
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

void CurvesPanel::draw_tabs(Context& context) {
    for (const TabEntry& entry : kTabs) {
        if (entry.tab != Tab::kBound) ImGui::SameLine(0.0f, 2.0f * context.scale);
        bool on = tab_ == entry.tab;
        if (toggle(context, entry.name, entry.label, on, entry.help)) tab_ = entry.tab;
    }
    const PlotView& view = views_[static_cast<std::size_t>(tab_)];
    if (tab_ == Tab::kKlPerLatent || (view.fit_x && view.fit_y)) return;
    ImGui::SameLine(0.0f, 10.0f * context.scale);
    bool off = false;
    if (toggle(context, "curves.fit", "Fit", off,
               "Follows the data again (or double click the plot).")) {
        views_[static_cast<std::size_t>(tab_)] = {};
    }
}

void CurvesPanel::make_series(const Context& context) {
    const data::Dataset* dataset = context.dataset();
    const Made now{context.curves.version, context.settings.curve_axis, tab_,
                   dataset ? dataset->name + data::targets_text(*dataset) : ""};
    const Theme& theme = context.theme;
    const ImU32 held_out = tab_ == Tab::kBound            ? theme.curve_test
                           : tab_ == Tab::kReconstruction ? theme.curve_reconstruction
                                                          : theme.curve_kl;
    series_[0].colour = theme.curve_train;
    series_[1].colour = held_out;
    if (made_ == now) return;
    made_ = now;
    const std::string targets = dataset ? ", " + data::targets_text(*dataset) : "";
    series_[0].name = "train: mean over minibatches" + targets;
    series_[0].short_name = "train";
    series_[1].name = dataset
                          ? "held-out: " + reading(dataset->held_out.count) + " images" + targets
                          : "held-out";
    series_[1].short_name = "held-out";
    fill(series_[0], context.curves.train.records(), now.axis, tab_);
    fill(series_[1], context.curves.evaluations.records(), now.axis, tab_);
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
    draw_tabs(context);
    const ImVec2 size = ImGui::GetContentRegionAvail();
    const Settings& settings = context.settings;
    if (settings.curve_axis != axis_ || settings.curve_log_x != log_x_) {
        views_ = {};  // what was zoomed to was on another axis
        axis_ = settings.curve_axis;
        log_x_ = settings.curve_log_x;
    }
    const bool of_the_bound = tab_ != Tab::kReconstruction;
    if (context.has_run() && of_the_bound && !train::has_bound(context.trainer->config)) {
        return waiting_text(context, "This estimator has no bound: see Reconstruction.");
    }
    if (tab_ == Tab::kKlPerLatent) return draw_bars(context, size);
    make_series(context);
    plot(context, "curves.plot",
         {axis_entry(axis_).x_label, "nats per image", log_x_, size, waiting_reason(context)},
         series_, views_[static_cast<std::size_t>(tab_)]);
}

}  // namespace

std::unique_ptr<Panel> make_curves_panel() { return std::make_unique<CurvesPanel>(); }

}  // namespace elbow::gui
