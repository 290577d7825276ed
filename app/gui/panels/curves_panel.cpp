#include "app/gui/panels/curves_panel.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/exports/curves_picture.h"
#include "app/gui/number_card.h"
#include "app/gui/panels/axis_choice.h"
#include "app/gui/panels/curve_choices.h"
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

constexpr const char* kNotEvaluated = "Not evaluated yet.";

CurveKind kind_of(CurveTab tab) {
    return tab == CurveTab::kBound            ? CurveKind::kBound
           : tab == CurveTab::kReconstruction ? CurveKind::kReconstruction
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

// Where the run in hand is a branch of another.
std::vector<double> branch_places(const Context& context) {
    std::vector<double> places;
    for (const train::Moment& each : context.trainer->branches)
        if (const auto place = place_along(context, each.samples)) places.push_back(*place);
    return places;
}

class CurvesPanel : public Panel {
  public:
    const char* id() const override { return "curves"; }
    const char* title() const override { return "Curves"; }
    Spot home() const override {
        return {{"reconstructions", "prior"}, Side::kLeft, {0.45f, ShareOf::kRow}, {}};
    }
    Shows shows() const override { return Shows::kBoth; }
    void add_actions(Context&, WindowActions&) override;
    void tick(Context&) override;
    void draw(Context&) override;
    void draw_title_controls(Context&) override;

  private:
    bool shows_bars() const;
    std::optional<WindowAction> paper_action(Context&) const;
    const char* no_axis() const { return shows_bars() ? "The bars stand over the latents." : ""; }
    WindowAction fit_action();
    CurveTabEntry draw_tabs(Context&);
    void draw_compared(Context&, float right);
    void draw_tab(Context&, const CurveTabEntry&, ImVec2 size);
    void draw_reading(Context&, const CurveTabEntry&, ImVec2 size);
    void draw_lines(Context&, PlotOptions, std::vector<PlotSeries>&);
    void go_where(Context&, const std::optional<PlotClick>&);
    void draw_bars(Context&, ImVec2 size);

    std::string tab_ = curve_tabs_of_every_run().front().label;
    CurveAxis axis_ = CurveAxis::kSamples;
    bool log_x_ = true;
    CurveLines lines_;
    PaperCurves paper_;
    NumberCard card_;
    std::optional<std::int64_t> before_click_;  // the moment that was shown; absent: now
    std::map<std::string, PlotView> views_;     // of each tab by its label
};

bool CurvesPanel::shows_bars() const {
    const auto tabs = curve_tabs_of_every_run();
    return std::any_of(tabs.begin(), tabs.end(), [&](const CurveTabEntry& entry) {
        return entry.tab == CurveTab::kKlPerLatent && tab_ == entry.label;
    });
}

void CurvesPanel::add_actions(Context& context, WindowActions& actions) {
    for (const CurveTabEntry& entry : curve_tabs(context)) {
        actions.push_back({.id = layout_name(entry),
                           .title = std::string("Curves of ") + entry.label,
                           .help = entry.help,
                           .run = [this, label = std::string(entry.label)] { tab_ = label; },
                           .on = tab_ == entry.label});
    }
    for (WindowAction& axis : axis_actions(context, no_axis())) actions.push_back(std::move(axis));
    actions.push_back(log_axis_action(context, no_axis()));
    if (auto paper = paper_action(context)) actions.push_back(std::move(*paper));
    actions.push_back(fit_action());
    if (context.compared != nullptr && context.race == nullptr) {
        for (std::size_t i = 0; i < context.compared->runs().size(); ++i)
            actions.push_back(stop_comparing_action(context, i));
    }
    add_rewind_actions(context, actions);
}

void CurvesPanel::draw_title_controls(Context& context) {
    ImGui::BeginGroup();
    const std::vector<WindowAction> axes = axis_actions(context, no_axis());
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (i > 0) ImGui::SameLine(0.0f, 2.0f * context.scale);
        action_toggle(context, curve_axes()[i].label, axes[i]);
    }
    ImGui::EndGroup();
    if (context.layout.enabled()) {
        context.layout.mark("curves.axis", axis_entry(context.settings.curve_axis).x_label);
    }
    ImGui::SameLine(0.0f, 10.0f * context.scale);
    action_toggle(context, "Log x", log_axis_action(context, no_axis()));
    const auto paper = paper_action(context);
    if (!paper) return;
    ImGui::SameLine(0.0f, 2.0f * context.scale);
    action_toggle(context, "Paper", *paper);
}

void CurvesPanel::tick(Context& context) {
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
std::optional<WindowAction> CurvesPanel::paper_action(Context& context) const {
    if (!context.has_run()) return std::nullopt;
    std::string figure = paper_.figure(context.trainer->config);
    if (context.race != nullptr) {
        for (const Contestant& run : context.race->runs)
            if (figure.empty()) figure = paper_.figure(run.trainer->config);
    }
    if (figure.empty()) return std::nullopt;
    std::string why = paper_.failure();
    if (why.empty() && !has_bound(context))
        why = "The paper's curves are drawn with the bound, and this run has none.";
    if (why.empty() && context.settings.curve_axis != CurveAxis::kSamples)
        why = "The paper's curves are over the training images seen: choose Images.";
    bool& on = context.settings.paper_curves;
    return WindowAction{
        .id = "curves.paper",
        .title = "Curves of the paper",
        .help =
            "The curves that Kingma and Welling (2013) published of this experiment, read off "
            "figure " +
            figure.substr(figure.size() - 1) + ", behind those of the run" +
            (figure == "fig3"
                 ? ": the marginal likelihood log p(x), which lies above the bound."
                 : ": the lower bound on training and test images. The paper leaves the step "
                   "size and the deviation of the initial weights open."),
        .run = [&on] { on = !on; },
        .why_not = std::move(why),
        .on = on};
}

// Breaks where the panel ends, and returns the tab that is open.
WindowAction CurvesPanel::fit_action() {
    const PlotView& view = views_[tab_];
    return {.id = "curves.fit",
            .title = "Fit the curves",
            .help = "Follows the data again (or double click the plot).",
            .run = [this] { views_[tab_] = {}; },
            .why_not = view.fit_x && view.fit_y ? "The plot follows the data." : ""};
}

CurveTabEntry CurvesPanel::draw_tabs(Context& context) {
    const std::vector<CurveTabEntry> tabs = curve_tabs(context);
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    const auto place = [&](const char* label, float gap) {
        same_line_if_room(right, toggle_width(context, label), gap);
    };
    const auto is_open = [&](const CurveTabEntry& entry) { return tab_ == entry.label; };
    if (std::none_of(tabs.begin(), tabs.end(), is_open)) tab_ = tabs.front().label;
    for (const CurveTabEntry& entry : tabs) {
        if (entry.tab != CurveTab::kBound) place(entry.label, 2.0f * context.scale);
        bool on = is_open(entry);
        if (toggle(context, layout_name(entry).c_str(), entry.label, on, entry.help))
            tab_ = entry.label;
    }
    if (!context.curves.evaluations.records().empty()) {
        place("?", 6.0f * context.scale);
        bool off = false;
        if (toggle(context, "curves.ask", "?", off, kAskNumber)) card_.ask();
    }
    card_.draw(context, [&] { return numbers_of_run(context); });
    CurveTabEntry open = *std::find_if(tabs.begin(), tabs.end(), is_open);
    const PlotView& view = views_[tab_];
    if (open.tab != CurveTab::kKlPerLatent && !(view.fit_x && view.fit_y)) {
        place("Fit", 10.0f * context.scale);
        action_toggle(context, "Fit", fit_action());
    }
    if (open.tab != CurveTab::kKlPerLatent && open.tab != CurveTab::kReading)
        draw_compared(context, right);
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
        ImGui::PushID(static_cast<int>(i));
        action_toggle(context, label.c_str(), stop_comparing_action(context, i));
        ImGui::PopID();
    }
}

void CurvesPanel::draw_reading(Context& context, const CurveTabEntry& tab, ImVec2 size) {
    const estimator::Reading& shown_reading = context.trainer->readings.at(tab.reading);
    const std::string unit = whose(context) + shown_reading.unit;
    draw_lines(context,
               {axis_entry(axis_).x_label, unit.c_str(), log_x_, size,
                why_empty(context, "Appears after about 1000 training images."), true},
               lines_.of_reading(context, tab.reading));
}

// With what all curves share: the moments, and what a click does.
void CurvesPanel::draw_lines(Context& context, PlotOptions options,
                             std::vector<PlotSeries>& lines) {
    options.mark_x = moment(context);
    options.branch_x = branch_places(context);
    if (has_moments(context)) options.help = "Click: the run as it was here";
    go_where(context, plot(context, "curves.plot", options, lines, views_[tab_]));
    if (ImGui::IsItemHovered()) note_under_mouse(context, curves_picture_export());
}

// A click shows the run as it was there. The first of two clicks does so too, for nobody knows of
// the second yet: that one takes it back.
void CurvesPanel::go_where(Context& context, const std::optional<PlotClick>& click) {
    if (!click || !has_moments(context)) return;
    Rewind& rewind = *context.rewind;
    if (click->twice) return rewind.go_to(before_click_);
    before_click_ = rewind.at();
    rewind.go_to(samples_along(context, click->x));
}

void CurvesPanel::draw_bars(Context& context, ImVec2 size) {
    const auto& evaluations = context.curves.evaluations.records();
    if (evaluations.empty()) return waiting_text(context, why_empty(context, kNotEvaluated));
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
    const CurveTabEntry tab = draw_tabs(context);
    ImVec2 size = ImGui::GetContentRegionAvail();
    size.y = std::max(size.y - rewind_bar_height(context), 1.0f);
    draw_tab(context, tab, size);
    draw_rewind_bar(context);
}

void CurvesPanel::draw_tab(Context& context, const CurveTabEntry& tab, ImVec2 size) {
    const Settings& settings = context.settings;
    if (settings.curve_axis != axis_ || settings.curve_log_x != log_x_) {
        views_.clear();  // what was zoomed to was on another axis
        axis_ = settings.curve_axis;
        log_x_ = settings.curve_log_x;
    }
    if (tab.tab == CurveTab::kReading) return draw_reading(context, tab, size);
    const bool of_the_bound = tab.tab != CurveTab::kReconstruction;
    const bool bound_is_there = tab.tab == CurveTab::kKlPerLatent
                                    ? run::has_bound(context.trainer->config)
                                    : has_bound(context);
    if (context.has_run() && of_the_bound && !bound_is_there) {
        const std::string text = run::no_bound_text(context.trainer->config);
        return waiting_text(context, text.c_str());
    }
    if (tab.tab == CurveTab::kKlPerLatent) return draw_bars(context, size);
    draw_lines(context,
               {axis_entry(axis_).x_label, "nats per image", log_x_, size,
                why_empty(context, kNotEvaluated)},
               lines_.of(context, kind_of(tab.tab), &paper_));
}

}  // namespace

std::unique_ptr<Panel> make_curves_panel() { return std::make_unique<CurvesPanel>(); }

}  // namespace elbow::gui
