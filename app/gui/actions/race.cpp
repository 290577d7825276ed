// A race against each of the estimators; in a race, who of the two is shown and who goes on.

#include "app/gui/actions/race.h"

#include "app/gui/actions/families.h"
#include "app/gui/actions/run.h"
#include "app/gui/map/map_link.h"
#include "engine/run/check_run.h"

namespace elbow::gui {
namespace {

WindowAction take_in_hand_action(Context& context, std::size_t number) {
    return {.id = "race.name." + std::to_string(number),
            .title = "Show " + context.race->runs[number].name + " in the panels",
            .help = "The panels that show one run show this one.",
            .run = [&context, number] { context.actions.take_in_hand(number); },
            .why_not = number == context.run_number ? "The panels show this run." : ""};
}

std::string why_maps_stay_apart(const Context& context) {
    const auto latents = [&](std::size_t number) {
        const train::SnapshotPtr& snapshot = context.race->runs[number].trainer->snapshot;
        return snapshot ? snapshot->spec.latents : 0;
    };
    if (latents(0) == 0 || latents(1) == 0) return "The runs have not begun yet.";
    return why_no_link(latents(0), latents(1));
}

}  // namespace

WindowAction rival_action(Context& context, const estimator::EstimatorEntry& entry) {
    const bool itself = entry.name == context.trainer->config.estimator;
    return {.id = "race." + entry.name,
            .title = "Race against " + entry.title + (itself ? ", with other options" : ""),
            .help = itself ? "Both runs are equal at first. Click the second one's name in the bar "
                             "above the panels, then change its options here on the left: a step "
                             "size, a beta, the latents."
                           : entry.summary,
            .run =
                [&context, name = entry.name] {
                    const auto [first, rival] = run::race_against(context.trainer->config, name);
                    context.actions.race(first, rival);
                },
            .why_not = why_no_race(context)};
}

std::string why_no_race(const Context& context) {
    return context.race ? "A race is on: end it in the bar above the panels." : no_run_yet(context);
}

WindowAction end_race_action(Context& context, std::size_t number) {
    const std::string& name = context.race->runs[number].name;
    return {.id = "race.keep." + std::to_string(number),
            .title = "Go on with " + name + " alone",
            .help = "Ends the race: " + name +
                    " goes on alone, and the other run is kept in a folder of its own.",
            .run = [&context, number] { context.actions.end_race(number); }};
}

WindowAction pace_action(Context& context) {
    return {.id = "race.pace",
            .title = "Lockstep of the two runs",
            .help =
                "The faster of the two waits, so that both have always seen equally many "
                "images. Off: each goes at its own speed.",
            .run = [&context] { context.race->pace->on = !context.race->pace->on; },
            .on = context.race->pace->on};
}

WindowAction link_action(Context& context) {
    const std::string why = why_maps_stay_apart(context);
    return {.id = "race.link",
            .title = "One dot and one view for both maps",
            .help =
                "The dot of one map is at the same z in the other, and both are panned and zoomed "
                "together (Ctrl+L). A view that fits still fits the points of its own run. Off: "
                "each map has its own.",
            .run = [&context] { context.settings.link_maps = !context.settings.link_maps; },
            .why_not = why,
            .keys = {{Key::kL, true}},
            .on = context.settings.link_maps && why.empty()};
}

void add_race_actions(Context& context, WindowActions& actions) {
    for (const estimator::EstimatorEntry& entry : estimator::estimators())
        actions.push_back(rival_action(context, entry));
    if (context.race != nullptr) {
        for (const std::size_t number : {0U, 1U}) {
            actions.push_back(take_in_hand_action(context, number));
            actions.push_back(end_race_action(context, number));
        }
        actions.push_back(pace_action(context));
        actions.push_back(link_action(context));
    }
}

}  // namespace elbow::gui
