#include "app/gui/panels/controls_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

#include "app/gui/actions/exports.h"
#include "app/gui/actions/race.h"
#include "app/gui/actions/run.h"
#include "app/gui/number_card.h"
#include "app/gui/panels/option_editor.h"
#include "app/gui/top_bar.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "engine/core/text.h"
#include "engine/data/targets.h"
#include "engine/estimator/estimator.h"
#include "engine/run/automatic.h"
#include "engine/run/check_run.h"
#include "engine/run/measure.h"
#include "engine/train/held_out.h"

namespace elbow::gui {
namespace {

// Where the newest evaluation is not the best.
std::string best_text(const Context& context) {
    const std::optional<train::Best>& best = context.trainer->best;
    if (!best || best->evaluations_since == 0) return {};
    const std::string text = " The best so far was " + nats_text(best->score) + " nats, after " +
                             reading(static_cast<double>(best->samples)) + " images";
    if (!run::keeps_best_weights(context.trainer->config)) return text + ".";
    return text + ": choose Weights shown, best, under Optimiser, to look at these.";
}

std::string decimals(double value, int count, const char* unit = "") {
    char text[48];
    std::snprintf(text, sizeof text, "%.*f%s", count, value, unit);
    return text;
}

class ControlsPanel : public Panel {
  public:
    const char* id() const override { return "controls"; }
    const char* title() const override { return "Run"; }
    Spot home() const override { return {{}, Side::kLeft, {0.19f}, {}}; }
    PanelSize least() const override { return {236.0f, 140.0f}; }
    float widest() const override { return 460.0f; }
    void add_actions(Context& context, WindowActions& actions) override {
        actions.push_back(
            {.id = "controls.ask",
             .title = "What is this number? The bound of the run",
             .help = kAskNumber,
             .run = [this] { card_.ask(); },
             .why_not = numbers_of_run(context).empty() ? "Nothing was measured yet." : ""});
        editors_[context.run_number].add_actions(context, actions);
    }
    void draw(Context&) override;

  private:
    void draw_run(Context&);
    static void draw_rivals(Context&);
    void draw_loading(Context&);
    void draw_numbers(Context&);
    void draw_bound(Context&);
    static void draw_readings(Context&);
    void draw_files(Context&);

    NumberCard card_;
    std::array<OptionEditor, 2> editors_;  // of each run, where two race
};

void ControlsPanel::draw_run(Context& context) {
    const float scale = context.scale;
    const bool playing = context.status == live::TrainerStatus::kPlaying;
    const float width =
        ImGui::GetContentRegionAvail().x / scale;  // design units, as the buttons take them
    const float gap = ImGui::GetStyle().ItemSpacing.x / scale;
    if (context.theme.fonts.large != nullptr) ImGui::PushFont(context.theme.fonts.large);
    action_button(context, playing ? "Pause" : "Play", play_action(context), {width, 44.0f}, true);
    if (context.theme.fonts.large != nullptr) ImGui::PopFont();
    const float third = (width - 2 * gap) / 3;
    action_button(context, "Step", step_action(context), {third, 30.0f});
    ImGui::SameLine();
    action_button(context, "Restart", restart_action(context), {third, 30.0f});
    ImGui::SameLine();
    if (button(context, "controls.race", "Race...",
               "Trains a second run beside this one, from the same weights on the same images, in "
               "another way. Both start again.",
               why_no_race(context), {third, 30.0f})) {
        ImGui::OpenPopup("race");
    }
    draw_rivals(context);
}

// Against which estimator the present one is to race.
void ControlsPanel::draw_rivals(Context& context) {
    if (!ImGui::BeginPopup("race")) return;
    close_on_escape();
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted("Race against");
    ImGui::PopStyleColor();
    for (const estimator::EstimatorEntry& entry : estimator::estimators()) {
        const WindowAction action = rival_action(context, entry);
        const bool itself = entry.name == context.trainer->config.estimator;
        const std::string label =
            itself ? entry.title + ", with other options (set on the left)" : entry.title;
        if (ImGui::Selectable(label.c_str())) action.run();
        context.layout.mark(action.id.c_str());
        hover(context, action.help.c_str());
    }
    ImGui::EndPopup();
}

void ControlsPanel::draw_loading(Context& context) {
    if (!context.loading.active) return;
    ImGui::PushTextWrapPos(0.0f);
    ImGui::TextUnformatted(context.loading.what.c_str());
    ImGui::PopTextWrapPos();
    const float cancel = button_width("Cancel");
    const bool known = context.loading.fraction >= 0.0;
    // While the end is unknown, the bar moves back and forth to show that it is alive.
    const double wave = 0.5 - 0.5 * std::cos(2.0 * context.now_s);
    const std::string words =
        known ? decimals(100.0 * context.loading.fraction, 0, " %") : std::string("...");
    ImGui::ProgressBar(
        static_cast<float>(known ? context.loading.fraction : wave),
        {ImGui::GetContentRegionAvail().x - cancel - ImGui::GetStyle().ItemSpacing.x, 0.0f},
        words.c_str());
    ImGui::SameLine();
    action_button(context, "Cancel", cancel_loading_action(context));
}

void ControlsPanel::draw_bound(Context& context) {
    const auto& evaluations = context.curves.evaluations.records();
    const data::Dataset* dataset = context.dataset();
    if (evaluations.empty() || dataset == nullptr) {
        return value_row(context, "Held-out bound", "\u2013",
                         "Appears after the first evaluation.");
    }
    const train::EvaluationRecord& newest = evaluations.back();
    const RunConfig config = train::measured_config(context.trainer->config, newest);
    if (!run::has_encoder(config)) {
        const std::string why = run::no_bound_text(config);
        return value_row(context, "Held-out bound", "\u2013", why.c_str());
    }
    const std::string help = "Mean " + run::measure_text(config) + " in nats per image over all " +
                             reading(dataset->held_out.count) + " held-out images, " +
                             data::targets_text(*dataset) + ", " + run::draws_text(config) +
                             ", when " + reading(static_cast<double>(newest.samples)) +
                             " training images had been seen." + best_text(context);
    const std::string value = nats(newest.score());
    const std::string title = run::held_out_title(config);
    value_row(context, title.c_str(), value + " nats", help.c_str(), exact_text(newest.score()));
    context.layout.mark("controls.held_out_bound", value);
    card_.draw_mark(context, "controls.ask", title, value + " nats");
}

// One minibatch tells little, so it is the newest point of the curve, where there is one.
void ControlsPanel::draw_readings(Context& context) {
    const std::vector<estimator::Reading>& readings = context.trainer->readings;
    const auto& records = context.curves.train.records();
    const bool begun = context.has_run() && context.trainer->snapshot->step > 0;
    const bool recorded = !records.empty() && records.back().readings.size() == readings.size();
    for (std::size_t i = 0; i < readings.size(); ++i) {
        const double value = recorded ? records.back().readings[i] : readings[i].value;
        const bool plain = std::abs(value) < 1000.0 && (value == 0.0 || std::abs(value) >= 0.1);
        const std::string text = !begun ? "\u2013" : plain ? decimals(value, 3) : short_text(value);
        const std::string help = readings[i].help + std::string(" In ") + readings[i].unit +
                                 (recorded ? ", mean over the last minibatches of 1000 images."
                                           : ", of the last minibatch.");
        value_row(context, readings[i].name, text, help.c_str(), begun ? exact_text(value) : "");
    }
}

void ControlsPanel::draw_numbers(Context& context) {
    const live::TrainerState& trainer = *context.trainer;
    const auto samples = static_cast<double>(trainer.snapshot ? trainer.snapshot->samples : 0);
    value_row(context, "Images seen", reading(samples),
              "Training images seen so far; an image counts each time that it is in a minibatch.",
              decimals(samples, 0));
    if (context.layout.enabled()) {
        context.layout.mark("controls.samples", decimals(samples, 0));
        context.layout.mark("controls.train_seconds", decimals(trainer.train_seconds, 1));
        context.layout.mark("controls.threads", std::to_string(trainer.threads));
    }
    value_row(context, "Epoch", decimals(trainer.epoch, 2), "Passes through the training images.",
              exact_text(trainer.epoch));
    const bool playing = trainer.status == live::TrainerStatus::kPlaying;
    value_row(context, "Speed",
              playing ? short_count(trainer.images_per_s) + "/s" : status_word(context),
              "Training images a second over the last second or so; evaluation, and in a race the "
              "wait for the other run, are not counted.",
              playing ? exact_text(trainer.images_per_s) : "");
    value_row(context, "Training time", duration_text(trainer.train_seconds),
              "Time spent on training steps, in seconds where it is copied; pauses and evaluation "
              "are not counted.",
              exact_text(trainer.train_seconds));
    if (trainer.warmup_updates_left > 0) {
        value_row(context, "Weights move in",
                  std::to_string(trainer.warmup_updates_left) + " updates",
                  status_help(context).c_str());
    }
    draw_bound(context);
    card_.draw(context, [&] { return numbers_of_run(context); });
    draw_readings(context);
    value_row(context, "Frame", decimals(context.frame_ms, 1, " ms"),
              "Time that the window takes for one frame, including the wait for the screen.",
              exact_text(context.frame_ms));
    if (run::resolved_gradients(trainer.config) != "fused") {
        value_row(context, "Gradients", run::gradients_text(trainer.config),
                  "What computes the gradients of this run, and where.");
    }
    value_row(context, "Threads", std::to_string(trainer.threads),
              "Processor threads that the training uses.", std::to_string(trainer.threads));
}

void ControlsPanel::draw_files(Context& context) {
    const float scale = context.scale;
    const float width = ImGui::GetContentRegionAvail().x / scale;
    const float half = (width - ImGui::GetStyle().ItemSpacing.x / scale) / 2;
    action_button(context, "Save run", save_run_action(context), {half, 0.0f});
    ImGui::SameLine();
    action_button(context, "Export...", export_dialog_action(context), {half, 0.0f});
}

void ControlsPanel::draw(Context& context) {
    if (context.race == nullptr) {  // what was edited goes on with its run
        const RunConfig& config = context.trainer->config;
        if (!editors_[0].follows(config) && editors_[1].follows(config)) editors_[0] = editors_[1];
        editors_[1] = {};
    } else {
        OptionEditor& other = editors_[1 - context.run_number];
        other.follow(context.race->runs[1 - context.run_number].trainer->config, "");
    }
    OptionEditor& options = editors_[context.run_number];
    options.follow(context.trainer->config,
                   context.has_run() ? "" : "Options can be changed when the run has begun.");
    draw_run(context);
    draw_loading(context);
    ImGui::Separator();
    draw_numbers(context);
    ImGui::Separator();
    options.draw_search(context);
    const float below = options.pending_height(context) + ImGui::GetFrameHeightWithSpacing() +
                        ImGui::GetTextLineHeightWithSpacing() + ImGui::GetStyle().ItemSpacing.y +
                        4.0f * context.scale;
    const float room = std::max(ImGui::GetContentRegionAvail().y - below, 80.0f * context.scale);
    begin_region("##options", {0.0f, room});
    ImGui::Indent(8.0f * context.scale);
    options.draw_rows(context);
    ImGui::Unindent(8.0f * context.scale);
    ImGui::EndChild();
    OptionEditor::draw_legend(context);
    options.draw_pending(context);
    ImGui::Separator();
    draw_files(context);
}

}  // namespace

std::unique_ptr<Panel> make_controls_panel() { return std::make_unique<ControlsPanel>(); }

}  // namespace elbow::gui
