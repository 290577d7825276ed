#include "app/gui/panels/curves_panel.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/exports/curves_picture.h"
#include "app/gui/panels/axis_choice.h"
#include "app/gui/panels/curve_lines.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/rewind_bar.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot.h"
#include "engine/data/targets.h"
#include "engine/model/families.h"
#include "engine/run/measure.h"

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
     "The KL divergence of q(z|x) from the prior: how much the latents say about an "
     "image."},
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

constexpr const char* kUnderWay = "The first evaluation is under way.";

CurveKind kind_of(Tab tab) {
    return tab == Tab::kBound            ? CurveKind::kBound
           : tab == Tab::kReconstruction ? CurveKind::kReconstruction
                                         : CurveKind::kKl;
}

// "Wake-sleep: " in a race, before what is of one run.
std::string whose(const Context& context) {
    return context.race ? context.race->runs[context.run_number].name + ": " : "";
}

// Of any run that is shown.
bool has_bound(const Context& context) {
    if (context.race == nullptr) return run::has_bound(context.trainer->config);
    const auto& runs = context.race->runs;
    return run::has_bound(runs[0].trainer->config) || run::has_bound(runs[1].trainer->config);
}

float toggle_width(const Context& context, const char* label) {
    return ImGui::CalcTextSize(label).x + 16.0f * context.scale;
}

// Why there is no curve yet, where a run that learns will have one: `then`.
const char* why_empty(const Context& context, const char* then) {
    const bool learns = context.has_run() && !has_not_begun(context) &&
                        context.trainer->status != live::TrainerStatus::kFailed;
    return learns ? then : waiting_reason(context);
}

// That the run is shown at, where it is not now.
std::optional<double> moment(const Context& context) {
    if (context.rewind == nullptr) return std::nullopt;
    return place_along(context, context.rewind->at());
}

class CurvesPanel : public Panel {
  public:
    const char* id() const override { return "curves"; }
    const char* title() const override { return "Curves"; }
    Spot home() const override {
        return {{"reconstructions", "prior"}, Side::kLeft, {0.45f, ShareOf::kRow}, {}};
    }
    Shows shows() const override { return Shows::kBoth; }
    void tick(Context&) override;
    void draw(Context&) override;
    void draw_title_controls(Context&) override;

  private:
    bool shows_bars() const;
    void paper_toggle(Context&);
    TabEntry draw_tabs(Context&);
    void draw_compared(Context&, float right);
    void draw_tab(Context&, const TabEntry&, ImVec2 size);
    void draw_reading(Context&, const TabEntry&, ImVec2 size);
    void draw_bars(Context&, ImVec2 size);

    std::string tab_ = kTabs.front().label;
    CurveAxis axis_ = CurveAxis::kSamples;
    bool log_x_ = true;
    CurveLines lines_;
    PaperCurves paper_;
    std::map<std::string, PlotView> views_;  // of each tab by its label
};

bool CurvesPanel::shows_bars() const {
    return std::any_of(std::begin(kTabs), std::end(kTabs), [&](const TabEntry& entry) {
        return entry.tab == Tab::kKlPerLatent && tab_ == entry.label;
    });
}

void CurvesPanel::draw_title_controls(Context& context) {
    const std::string why = shows_bars() ? "The bars stand over the latents." : "";
    ImGui::BeginGroup();
    for (const AxisEntry& entry : kAxes) {
        if (entry.axis != CurveAxis::kSamples) ImGui::SameLine(0.0f, 2.0f * context.scale);
        bool on = context.settings.curve_axis == entry.axis;
        if (toggle(context, entry.name, entry.label, on, entry.help, why)) {
            context.settings.curve_axis = entry.axis;
        }
    }
    ImGui::EndGroup();
    if (context.layout.enabled()) {
        context.layout.mark("curves.axis", axis_entry(context.settings.curve_axis).x_label);
    }
    ImGui::SameLine(0.0f, 10.0f * context.scale);
    toggle(context, "curves.log", "Log x", context.settings.curve_log_x,
           "A logarithmic horizontal axis, on which early and late learning both have room.", why);
    paper_toggle(context);
}

void CurvesPanel::tick(Context& context) {
    rewind_keys(context);
    if (!context.has_run()) return;
    if (context.race == nullptr) {
        paper_.want(context.trainer->config);
    } else {
        for (const Contestant& run : context.race->runs) paper_.want(run.trainer->config);
    }
    if (context.notes == nullptr) return;
    const Settings& settings = context.settings;
    const bool drawn = settings.paper_curves && settings.curve_axis == CurveAxis::kSamples;
    context.notes->published = drawn ? paper_.of(context.trainer->config, false) : nullptr;
}

// Of a run that is one of the paper's experiments.
void CurvesPanel::paper_toggle(Context& context) {
    if (!context.has_run()) return;
    std::string figure = paper_.figure(context.trainer->config);
    if (context.race != nullptr) {
        for (const Contestant& run : context.race->runs)
            if (figure.empty()) figure = paper_.figure(run.trainer->config);
    }
    if (figure.empty()) return;
    std::string why = paper_.failure();
    if (why.empty() && !has_bound(context))
        why = "The paper's curves are drawn with the bound, and this run has none.";
    if (why.empty() && context.settings.curve_axis != CurveAxis::kSamples)
        why = "The paper's curves are over the training images seen: choose Images.";
    const std::string help =
        "The curves that Kingma and Welling (2013) published of this experiment, read off figure " +
        figure.substr(figure.size() - 1) + ", behind those of the run" +
        (figure == "fig3"
             ? ": the marginal likelihood log p(x), which lies above the bound."
             : ": the lower bound on training and test images. The paper leaves the step size and "
               "the deviation of the initial weights open.");
    ImGui::SameLine(0.0f, 2.0f * context.scale);
    toggle(context, "curves.paper", "Paper", context.settings.paper_curves, help.c_str(), why);
}

// Breaks where the panel ends, and returns the tab that is open.
TabEntry CurvesPanel::draw_tabs(Context& context) {
    const std::vector<TabEntry> tabs = tabs_of(context);
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    const auto place = [&](const char* label, float gap) {
        same_line_if_room(right, toggle_width(context, label), gap);
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
    if (open.tab != Tab::kKlPerLatent && !(view.fit_x && view.fit_y)) {
        place("Fit", 10.0f * context.scale);
        bool off = false;
        if (toggle(context, "curves.fit", "Fit", off,
                   "Follows the data again (or double click the plot).")) {
            views_[tab_] = {};
        }
    }
    if (open.tab != Tab::kKlPerLatent && open.tab != Tab::kReading) draw_compared(context, right);
    return open;
}

// One button for each run whose curve is drawn behind, to take it away.
void CurvesPanel::draw_compared(Context& context, float right) {
    if (context.compared == nullptr || context.race != nullptr) return;
    const std::vector<ComparedRun>& runs = context.compared->runs();
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const std::string label = "\u00D7 " + short_run_name(runs[i].name);
        same_line_if_room(right, toggle_width(context, label.c_str()),
                          (i == 0 ? 10.0f : 2.0f) * context.scale);
        bool off = false;
        const std::string help = "Removes the curve of " + runs[i].name + " (" + runs[i].of + ").";
        ImGui::PushID(static_cast<int>(i));
        if (toggle(context, ("curves.compared." + std::to_string(i)).c_str(), label.c_str(), off,
                   help.c_str())) {
            context.actions.stop_comparing(i);
        }
        ImGui::PopID();
    }
}

void CurvesPanel::draw_reading(Context& context, const TabEntry& tab, ImVec2 size) {
    const estimator::Reading& shown_reading = context.trainer->readings.at(tab.reading);
    const std::string unit = whose(context) + shown_reading.unit;
    plot(context, "curves.plot",
         {axis_entry(axis_).x_label, unit.c_str(), log_x_, size,
          why_empty(context, "Appears after about 1000 training images."), true, moment(context)},
         lines_.of_reading(context, tab.reading), views_[tab_]);
    if (ImGui::IsItemHovered()) note_under_mouse(context, curves_picture_export());
}

void CurvesPanel::draw_bars(Context& context, ImVec2 size) {
    const auto& evaluations = context.curves.evaluations.records();
    if (evaluations.empty()) return waiting_text(context, why_empty(context, kUnderWay));
    // The newest one by the moment that is shown.
    const auto later = std::find_if(evaluations.begin(), evaluations.end(), [&](const auto& each) {
        return each.samples > context.explored->samples;
    });
    const train::EvaluationRecord& newest =
        later == evaluations.begin() ? evaluations.front() : *(later - 1);
    if (!model::has_closed_kl(context.trainer->snapshot->spec)) {
        return waiting_text(context,
                            "With this posterior and prior the KL has no closed form: it is "
                            "estimated from draws as a whole, not by latent. See KL.");
    }
    const std::string y_label = whose(context) + "nats per image, held-out, after " +
                                reading(static_cast<double>(newest.samples)) + " training images";
    BarOptions options{"latent dimension",      y_label.c_str(),        "z",
                       "nats per image",        context.theme.curve_kl, size,
                       axis_click_help(context)};
    if (context.latents() > 2) {  // else all are on the map's axes
        options.marks = {{context.view_state.x_axis, "x"}, {context.view_state.y_axis, "y"}};
        options.mark_colour = context.theme.accent;
    }
    const int hovered = bars(context, "curves.bars", options, newest.test_kl_per_latent);
    if (ImGui::IsItemHovered()) note_under_mouse(context, curves_picture_export());
    if (hovered >= 0) choose_axis_by_click(context, hovered);
}

void CurvesPanel::draw(Context& context) {
    const TabEntry tab = draw_tabs(context);
    ImVec2 size = ImGui::GetContentRegionAvail();
    size.y = std::max(size.y - rewind_bar_height(context), 1.0f);
    draw_tab(context, tab, size);
    draw_rewind_bar(context);
}

void CurvesPanel::draw_tab(Context& context, const TabEntry& tab, ImVec2 size) {
    const Settings& settings = context.settings;
    if (settings.curve_axis != axis_ || settings.curve_log_x != log_x_) {
        views_.clear();  // what was zoomed to was on another axis
        axis_ = settings.curve_axis;
        log_x_ = settings.curve_log_x;
    }
    if (tab.tab == Tab::kReading) return draw_reading(context, tab, size);
    const bool of_the_bound = tab.tab != Tab::kReconstruction;
    const bool bound_is_there =
        tab.tab == Tab::kKlPerLatent ? run::has_bound(context.trainer->config) : has_bound(context);
    if (context.has_run() && of_the_bound && !bound_is_there) {
        const std::string text = run::no_bound_text(context.trainer->config);
        return waiting_text(context, text.c_str());
    }
    if (tab.tab == Tab::kKlPerLatent) return draw_bars(context, size);
    plot(context, "curves.plot",
         {axis_entry(axis_).x_label, "nats per image", log_x_, size, why_empty(context, kUnderWay),
          false, moment(context)},
         lines_.of(context, kind_of(tab.tab), &paper_), views_[tab_]);
    if (ImGui::IsItemHovered()) note_under_mouse(context, curves_picture_export());
}

}  // namespace

std::unique_ptr<Panel> make_curves_panel() { return std::make_unique<CurvesPanel>(); }

}  // namespace elbow::gui
