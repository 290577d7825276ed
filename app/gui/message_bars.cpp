#include "app/gui/message_bars.h"

#include <vector>

#include "app/gui/race_bar.h"
#include "app/gui/top_bar.h"
#include "app/gui/window_words.h"
#include "engine/core/text.h"
#include "engine/run/check_run.h"
#include "engine/run/choices.h"
#include "engine/run/measure.h"
#include "engine/run/step_size.h"
#include "engine/train/alarms.h"

namespace elbow::gui {
namespace {

// "Go on with step size 0.005"
std::string go_on_label(const live::TrainerState& state) {
    const Option& option = *find_run_option("step-size");
    RunConfig config = state.config;
    config.step_size = *state.step_size_to_go_on;
    return "Go on with step size " + run::value_text(config, option);
}

// " (Wake-sleep)" in a race, in which a message is of one run.
std::string of_run(const Context& context, std::size_t number) {
    return context.race ? " (" + context.race->runs[number].name + ")" : "";
}

}  // namespace

float MessageBars::draw(Context& context, const Area& below, float margin_px) {
    Area area{margin_px, below.bottom(), below.width - 2 * margin_px,
              message_bar_height(context.scale)};
    const auto next = [&] { area.y += area.height + margin_px; };
    if (context.race != nullptr) {
        draw_race_bar(context, area);
        next();
    }
    for (std::size_t i = 0; i < runs_.count(); ++i) {
        if (runs_.run(i).state->status == live::TrainerStatus::kFailed) {
            draw_failure(context, i, area);
            next();
        } else if (draw_lost_patience(context, i, area) || draw_ended_schedule(context, i, area) ||
                   draw_advice(context, i, area)) {
            next();
        }
    }
    if (draw_refused_start(context, area)) next();
    if (draw_offer(context, area)) next();
    if (draw_interruption(context, area)) next();
    if (const std::string& message = context.views.message; !message.empty()) {
        message_bar(context, "explorer", BarKind::kError, message, {}, area);
        next();
    }
    return area.y;
}

void MessageBars::draw_failure(Context& context, std::size_t number, const Area& area) {
    const live::TrainerState& state = *runs_.run(number).state;
    std::vector<std::string> buttons = {"Restart"};
    if (state.step_size_to_go_on) buttons.insert(buttons.begin(), go_on_label(state));
    ImGui::PushID(static_cast<int>(number));
    const int pressed_button = message_bar(
        context, "failure", BarKind::kError,
        "Training stopped" + of_run(context, number) + ": " + in_window_words(state.failure),
        buttons, area);
    ImGui::PopID();
    if (pressed_button < 0) return;
    if (buttons.size() > 1 && pressed_button == 0) {
        runs_.run(number).trainer.send(live::GoOn{});
    } else {
        context.actions.restart(context.trainer->config);
    }
}

// These say whether there is one.
bool MessageBars::draw_lost_patience(Context& context, std::size_t number, const Area& area) {
    const live::TrainerState& state = *runs_.run(number).state;
    if (!state.out_of_patience || state.status != live::TrainerStatus::kPaused) return false;
    const std::string text =
        "Paused" + of_run(context, number) + ": the best " + run::score_text(state.config) + ", " +
        nats_text(state.best->score) + " nats, is " +
        std::to_string(state.best->evaluations_since) + " evaluations old." +
        (run::shows_best_weights(state.config)
             ? " Its weights, after " + std::to_string(state.best->samples) + " images, are shown."
             : "");
    std::vector<std::string> buttons = {"Go on"};
    const bool can_show =
        run::keeps_best_weights(state.config) && !run::shows_best_weights(state.config);
    if (can_show) buttons.insert(buttons.begin(), "Show the best weights");
    ImGui::PushID(static_cast<int>(number));
    const int pressed_button =
        message_bar(context, "patience", BarKind::kNote, text, buttons, area);
    ImGui::PopID();
    live::Trainer& trainer = runs_.run(number).trainer;
    if (can_show && pressed_button == 0) trainer.send(live::ChangeOption{"weights", "best"});
    if (pressed_button == (can_show ? 1 : 0)) trainer.send(live::Play{});
    return true;
}

bool MessageBars::draw_ended_schedule(Context& context, std::size_t number, const Area& area) {
    const live::TrainerState& state = *runs_.run(number).state;
    if (!state.snapshot || !state.dataset) return false;
    const std::int64_t images = run::train_count_of(state.config, *state.dataset);
    const auto end = run::schedule_end(state.config, images);
    const std::int64_t samples = state.snapshot->samples;
    if (!end || samples < *end || seen_end_ == std::pair(state.snapshot->run, *end)) return false;
    const double step_size = run::step_size_at(state.config, samples, images);
    const std::string text =
        "The schedule of the step size has run its course" + of_run(context, number) + ": " +
        (step_size > 0.0 ? "it stays at " + short_text(step_size) + "."
                         : "it is 0 now, and the weights do not move any more.");
    ImGui::PushID(static_cast<int>(number));
    const int pressed_button =
        message_bar(context, "schedule", BarKind::kNote, text, {"As long again", "Dismiss"}, area);
    ImGui::PopID();
    if (pressed_button == 0) {
        runs_.run(number).trainer.send(
            live::ChangeOption{"schedule-images", std::to_string(samples + *end)});
    }
    if (pressed_button == 1) seen_end_ = {state.snapshot->run, *end};
    return true;
}

bool MessageBars::draw_advice(Context& context, std::size_t number, const Area& area) {
    LiveRun& run = runs_.run(number);
    const live::TrainerState& state = *run.state;
    if (!state.snapshot || !state.dataset) return false;
    const auto advice =
        train::advice_for(state.config, run::train_count_of(state.config, *state.dataset),
                          run.curves.evaluations.records());
    if (!advice) return false;
    const auto seen = std::pair(state.snapshot->run, std::string(advice->id));
    if (seen_advice_.count(seen) > 0) return false;
    std::vector<std::string> buttons = {"Dismiss"};
    // In a race a restart would be one of both.
    const bool can = !advice->remedy.empty() && (!advice->restart || context.race == nullptr);
    if (can) buttons.insert(buttons.begin(), advice->remedy);
    ImGui::PushID(static_cast<int>(number));
    const int pressed_button = message_bar(context, advice->id, BarKind::kNote,
                                           advice->text + of_run(context, number), buttons, area);
    ImGui::PopID();
    if (pressed_button < 0) return true;
    seen_advice_.insert(seen);
    if (pressed_button + 1 == static_cast<int>(buttons.size())) return true;
    if (advice->change) {
        run.trainer.send(live::ChangeOption{advice->change->first, advice->change->second});
    } else if (advice->restart) {
        context.actions.restart(*advice->restart);
    }
    return true;
}

bool MessageBars::draw_refused_start(Context& context, const Area& area) {
    const live::TrainerState& state = *context.trainer;
    if (state.snapshot || state.start_refusal.empty() || context.loading.active) return false;
    if (message_bar(context, "refused", BarKind::kError,
                    "The run could not be started: " + in_window_words(state.start_refusal),
                    {"Start with the usual options"}, area) == 0) {
        RunConfig usual;
        usual.dataset = usual_dataset_;
        starter_.restart(usual);
    }
    return true;
}

bool MessageBars::draw_offer(Context& context, const Area& area) {
    const auto& offer = starter_.offer();
    if (!offer || context.loading.active) return false;
    const int pressed_button =
        message_bar(context, "offer", offer->is_error ? BarKind::kError : BarKind::kNote,
                    offer->text, {offer->button, "Dismiss"}, area);
    if (pressed_button == 0) starter_.accept_offer();
    if (pressed_button == 1) starter_.dismiss_offer();
    return true;
}

bool MessageBars::draw_interruption(Context& context, const Area& area) {
    if (!interruption_ || !interruption_->offer() || context.loading.active) return false;
    const int pressed_button =
        message_bar(context, "interrupted", BarKind::kNote, question_about(*interruption_->offer()),
                    {"Continue", "Dismiss"}, area);
    if (pressed_button == 0) starter_.resume(interruption_->accept());
    if (pressed_button == 1) interruption_->dismiss();
    return true;
}

}  // namespace elbow::gui
