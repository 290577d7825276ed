#include "app/gui/panels/curve_choices.h"

#include <algorithm>
#include <array>

namespace elbow::gui {
namespace {

constexpr std::array<CurveTabEntry, 4> kCurveTabs{{
    {CurveTab::kBound, "curves.tab.bound", "Bound",
     "The variational lower bound on log p(x): reconstruction minus KL. Higher is better."},
    {CurveTab::kReconstruction, "curves.tab.reconstruction", "Reconstruction",
     "The reconstruction term, the mean of log p(x|z) for z drawn from q(z|x). Higher is better."},
    {CurveTab::kKl, "curves.tab.kl", "KL",
     "The KL divergence of q(z|x) from the prior: how much the latents say about an "
     "image."},
    {CurveTab::kKlPerLatent, "curves.tab.kl_per_latent", "KL per latent",
     "The KL of each latent dimension at the newest evaluation. One near 0 is not used by the "
     "model."},
}};

constexpr std::array<CurveAxisEntry, 3> kCurveAxisEntries{{
    {CurveAxis::kSamples, "curves.axis.samples", "Images", "training images seen",
     "Against the training images seen."},
    {CurveAxis::kEpochs, "curves.axis.epochs", "Epochs", "epochs",
     "Against passes through the training images."},
    {CurveAxis::kSeconds, "curves.axis.seconds", "Seconds", "seconds of training",
     "Against training time; evaluation and pauses are not counted."},
}};

}  // namespace

std::span<const CurveTabEntry> curve_tabs_of_every_run() { return kCurveTabs; }

std::span<const CurveAxisEntry> curve_axes() { return kCurveAxisEntries; }

std::vector<CurveTabEntry> curve_tabs(const Context& context) {
    std::vector<CurveTabEntry> tabs(kCurveTabs.begin(), kCurveTabs.end());
    const std::vector<estimator::Reading>& readings = context.trainer->readings;
    tabs.reserve(tabs.size() + readings.size());
    for (std::size_t i = 0; i < readings.size(); ++i)
        tabs.push_back({CurveTab::kReading, "", readings[i].name, readings[i].help, i});
    return tabs;
}

std::string layout_name(const CurveTabEntry& entry) {
    return entry.tab == CurveTab::kReading ? "curves.tab.reading." + std::to_string(entry.reading)
                                           : entry.name;
}

const CurveAxisEntry& axis_entry(CurveAxis axis) {
    return *std::find_if(kCurveAxisEntries.begin(), kCurveAxisEntries.end(),
                         [&](const CurveAxisEntry& entry) { return entry.axis == axis; });
}

std::vector<WindowAction> axis_actions(Context& context, const std::string& why_not) {
    std::vector<WindowAction> actions;
    actions.reserve(kCurveAxisEntries.size());
    for (const CurveAxisEntry& entry : kCurveAxisEntries) {
        actions.push_back(
            {.id = entry.name,
             .title = std::string("Curves over ") + entry.x_label,
             .help = entry.help,
             .run = [&context, axis = entry.axis] { context.settings.curve_axis = axis; },
             .why_not = why_not,
             .on = context.settings.curve_axis == entry.axis});
    }
    return actions;
}

WindowAction log_axis_action(Context& context, const std::string& why_not) {
    bool& on = context.settings.curve_log_x;
    return {
        .id = "curves.log",
        .title = "Logarithmic axis of the curves",
        .help = "A logarithmic horizontal axis, on which early and late learning both have room.",
        .run = [&on] { on = !on; },
        .why_not = why_not,
        .on = on};
}

WindowAction stop_comparing_action(Context& context, std::size_t number) {
    const ComparedRun& run = context.compared->runs()[number];
    return {.id = "curves.compared." + std::to_string(number),
            .title = "Take away the curve of " + run.name,
            .help = "Removes the curve of " + run.name + " (" + run.of + ").",
            .run = [&context, number] { context.actions.stop_comparing(number); }};
}

}  // namespace elbow::gui
