#include "app/gui/actions/run.h"

#include "app/gui/actions/families.h"

namespace elbow::gui {
namespace {

void undo(Context& context) {
    context.actions.put_back_lent();
    const bool restart_is_last =
        !context.undo->changed_since_restart(context.view_state, context.settings);
    if (restart_is_last && context.toasts.undo()) return;
    context.undo->undo(context.view_state, context.settings);
}

WindowAction undo_action(Context& context) {
    const bool can =
        context.undo != nullptr && (context.undo->can_undo() || context.toasts.can_undo());
    return {.id = "run.undo",
            .title = "Undo moves on the map, or a restart",
            .help =
                "Takes back where the dot, A, B and the view were put, and which layers the map "
                "has. Just after a restart it "
                "brings the run back that was there before.",
            .run = [&context] { undo(context); },
            .why_not = can ? "" : "There is nothing to undo.",
            .keys = {{Key::kZ, true}}};
}

WindowAction redo_action(Context& context) {
    const bool can = context.undo != nullptr && context.undo->can_redo();
    return {.id = "run.redo",
            .title = "Redo what was undone",
            .help = "Does again what Ctrl+Z took back.",
            .run =
                [&context] {
                    context.actions.put_back_lent();
                    context.undo->redo(context.view_state, context.settings);
                },
            .why_not = can ? "" : "Nothing was undone.",
            .keys = {{Key::kY, true}, {Key::kZ, true, true}}};
}

}  // namespace

std::string no_run_yet(const Context& context) {
    if (context.has_run()) return {};
    return context.loading.active   ? "There is no run yet: its images are being loaded."
           : context.loading.making ? "There is no run yet: its model is being made."
                                    : "There is no run.";
}

WindowAction play_action(Context& context) {
    const bool playing = context.status == live::TrainerStatus::kPlaying;
    const bool failed = context.status == live::TrainerStatus::kFailed;
    return {.id = "controls.play",
            .title = "Play or pause the training",
            .help = playing  ? "Pauses the training; everything else goes on (Space)."
                    : failed ? "Goes on from the last state before the run diverged, with the "
                               "options as they are (Space)."
                             : "Continues the training (Space).",
            .run =
                [&context, playing] {
                    context.actions.send(playing ? live::Command(live::Pause{})
                                                 : live::Command(live::Play{}));
                },
            .why_not = no_run_yet(context),
            .keys = {{Key::kSpace}}};
}

WindowAction step_action(Context& context) {
    return {.id = "controls.step",
            .title = "One step: pauses, then learns from one minibatch",
            .help = "Pauses, then learns from one minibatch (S).",
            .run = [&context] { context.actions.send(live::StepOnce{}); },
            .why_not = no_run_yet(context),
            .keys = {{Key::kS}}};
}

WindowAction restart_action(Context& context) {
    return {.id = "controls.restart",
            .title = "Restart with the same seed",
            .help = context.race ? "Starts both runs again, with the same seed (R)."
                                 : "Starts the run again, with the same seed (R).",
            .run = [&context] { context.actions.restart(context.trainer->config); },
            .why_not = no_run_yet(context),
            .keys = {{Key::kR}}};
}

WindowAction save_run_action(Context& context) {
    return {.id = "controls.save",
            .title = "Save the run under a name",
            .help = "Saves the run to a folder, from which it can go on.",
            .run = [&context] { context.actions.save_run(); },
            .why_not = no_run_yet(context),
            .keys = {{Key::kS, true}}};
}

WindowAction cancel_loading_action(Context& context) {
    return {.id = "controls.cancel_loading",
            .title = "Cancel the loading of images",
            .help = "Stops loading; the present run goes on.",
            .run = [&context] { context.actions.cancel_loading(); },
            .why_not = context.loading.active ? "" : "No images are being loaded."};
}

void add_run_actions(Context& context, WindowActions& actions) {
    actions.push_back(play_action(context));
    actions.push_back(step_action(context));
    actions.push_back(restart_action(context));
    actions.push_back(undo_action(context));
    actions.push_back(redo_action(context));
    actions.push_back(save_run_action(context));
    actions.push_back({.id = "runs.all",
                       .title = "Runs: open, continue, rename, compare",
                       .help = "The list of all runs that were saved (Ctrl+O). A run's folder can "
                               "also be dropped on the window.",
                       .run = [&context] { context.actions.open_runs(); },
                       .keys = {{Key::kO, true}}});
    actions.push_back({.id = "images.open",
                       .title = "Images of your own: a folder, an archive or a file of arrays",
                       .help = "Makes a data set of pictures (Ctrl+I). They can also be dropped on "
                               "the window.",
                       .run = [&context] { context.actions.open_images(); },
                       .keys = {{Key::kI, true}}});
    actions.push_back(cancel_loading_action(context));
}

}  // namespace elbow::gui
