#include "app/gui/live_run.h"

#include <algorithm>
#include <utility>

#include "app/gui/latent_activity.h"
#include "app/gui/request_of.h"
#include "app/gui/window_words.h"
#include "engine/core/clock.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

// A drag, a turn of the wheel or a tour along the path is one step to take back, not one a frame.
constexpr double kSettledAfterSeconds = 0.35;

}  // namespace

bool LiveRun::collect(std::optional<double> input_s, Toasts& toasts) {
    const auto before = std::exchange(state, trainer.state());
    fit_to_run();
    take_update(toasts);
    hear_refusal(toasts);
    look_at_moment(input_s);
    follow();
    if (state->dataset) columns.follow(view_state.table, state->dataset->held_out.count, toasts);
    if (state->snapshot) codes.follow(view_state.codes, state->snapshot->spec.latents, toasts);
    return state->status == live::TrainerStatus::kPlaying || saver.busy() || link.changed() ||
           state != before || !refusal.empty() || rewind.playing() || columns.busy() ||
           codes.busy();
}

// The newest one, or the one that the person has gone back to.
void LiveRun::look_at_moment(std::optional<double> input_s) {
    rewind.take(state->snapshot, link.views().get<live::MapView>());
    const double now_s = steady_now_s();
    rewind.advance(now_s - std::exchange(looked_at_s_, now_s));
    explore_chosen_moment(false);
    link.begin_frame(explored(), state->dataset, input_s);
    show_map_of_moment();
}

void LiveRun::show_map_of_moment() {
    const live::HeldMoment* moment = rewind.shown();
    if (!rewind.at() || !moment->map) return;
    const auto map = link.views().get<live::MapView>();
    const bool there = map && map->stamp.samples == moment->snapshot->samples;
    if (!there) link.know(moment->map);
}

void LiveRun::explore_chosen_moment(bool by_hand) {
    if (std::exchange(explored_at_, rewind.at()) == rewind.at()) return;
    const live::HeldMoment* moment = rewind.shown();
    if (moment != nullptr) link.jump_to(moment->snapshot, state->dataset, {moment->map}, by_hand);
}

train::SnapshotPtr LiveRun::explored() const {
    const live::HeldMoment* moment = rewind.shown();
    return moment != nullptr ? moment->snapshot : nullptr;
}

// For a frame a panel may show it where it belongs.
void LiveRun::hear_refusal(Toasts& toasts) {
    if (!refusal.empty()) toasts.add(ToastKind::kError, in_window_words(refusal));
    refusal.clear();
    if (std::exchange(refusal_number_, state->refusal_number) != state->refusal_number) {
        refusal = state->refusal;
    }
}

std::shared_ptr<const ReplacedRun> LiveRun::take_replaced() {
    if (!replaced_ || !state->snapshot || state->snapshot->run <= replaced_->run) return nullptr;
    return std::make_shared<const ReplacedRun>(
        ReplacedRun{std::exchange(replaced_, nullptr),
                    *std::exchange(replaced_session_, std::nullopt), identity});
}

void LiveRun::take_update(Toasts& toasts) {
    live::TrainerUpdate update = trainer.take_update();
    if (update.run != curves_run_) {
        curves_run_ = update.run;
        curves.train.clear();
        curves.evaluations.clear();
        ++curves.version;
    }
    if (update.back_at) {
        curves.train.drop_after(*update.back_at);
        curves.evaluations.drop_after(*update.back_at);
        ++curves.version;
    }
    for (train::TrainRecord& record : update.train_records) curves.train.push(std::move(record));
    for (auto& record : update.evaluation_records) curves.evaluations.push(std::move(record));
    if (!update.train_records.empty() || !update.evaluation_records.empty()) ++curves.version;
    for (SaveNews& news : saver.poll(update)) {
        if (!news.gone.empty()) {
            gone.push_back(std::move(news));
            continue;
        }
        toasts.add(news.kind, std::move(news.text), std::move(news.folder));
    }
    auto replaced = saver.take_replaced();
    // Of several runs at once the first: what came after it has learnt nothing.
    const bool first = replaced && (!replaced_ || replaced->run == replaced_->run);
    if (first && replaced_session_) replaced_ = std::move(replaced);
}

// Brings what the person explores in line with the run, when that is a new one.
void LiveRun::fit_to_run() {
    if (!state->snapshot || state->snapshot->run == run_) return;
    run_ = state->snapshot->run;
    const int latents = state->snapshot->spec.latents;
    // What was chosen before its first data set was chosen for it, in a race.
    const bool other_data = dataset_ != nullptr && state->dataset != dataset_;
    const bool other_latents = view_state.cursor.size() != static_cast<std::size_t>(latents);
    dataset_ = state->dataset;
    if (take_up_session()) return;
    view_state.fit_to(latents);
    if (other_latents) view_state.codes.clear();
    if (other_data) {
        view_state.point.reset();
        view_state.selection.clear();
        view_state.isolate = false;
        view_state.attributes.clear();
        view_state.drawing.clear();
        view_state.table.clear();
        view_state.unknown.clear();
        view_state.led_by.clear();
        view_state.hidden_labels = 0;
        view_state.hidden_of.clear();
        view_state.label = 0;
        view_state.path_images.reset();
    }
    if (other_data || other_latents) {
        view_state.bookmarks.clear();  // the session of the run before has them
        forget_what_was_visible();
        undo.clear();
    }
    undo.note_restart();
}

// Where the run goes on from a session of its own; says whether it does.
bool LiveRun::take_up_session() {
    const bool mine = state->resumed != 0 && state->resumed == expected_.resume;
    const OpenedRun opened = mine ? std::exchange(expected_, {}).run : OpenedRun{};
    const RunSession& session = opened.session;
    if (mine) saver.note_opened(run_, opened.folder, state->snapshot->step);
    opened_from = opened.folder;
    name = session.name;
    pinned = session.pinned;
    const auto found = fitting(session.view_state, state->snapshot->spec.latents,
                               state->dataset->held_out.count, state->dataset->shape());
    if (!found) return false;
    view_state = *found;
    // Of another data set's session, perhaps.
    view_state.label =
        std::clamp(view_state.label, 0, std::max(state->snapshot->spec.classes - 1, 0));
    forget_what_was_visible();
    undo.clear();
    return true;
}

std::filesystem::path LiveRun::folder() const {
    const std::filesystem::path kept = saver.folder_of(run_);
    return kept.empty() ? opened_from : kept;
}

RunSession LiveRun::session() const {
    return {name, pinned, state->status == live::TrainerStatus::kPlaying, view_state};
}

void LiveRun::follow() {
    if (!state->snapshot || !state->dataset) return;
    std::shared_ptr<const live::MapView> map = link.views().get<live::MapView>();
    if (map && map->stamp.run != state->snapshot->run) map = nullptr;  // of the run before
    Followed now{map, curves.version, view_state};
    if (now == followed_) return;
    RunFacts run;
    run.has_normal_prior = run::has_normal_prior(state->config);
    const std::vector<float> activity =
        activity_of_latents(curves, map.get(), state->snapshot->spec.latents);
    run.activity = activity;
    if (map) {
        run.map = &map->map;
        run.order = *map->order;
        const auto& labels = state->dataset->held_out.labels;
        if (labels.size() == static_cast<std::size_t>(map->map.count)) run.labels = labels;
    }
    gui::follow_run(view_state, run);
    now.view_state = view_state;
    followed_ = std::move(now);
}

void LiveRun::forget_what_was_visible() {
    visible = {};
    link.drop_move();
}

void LiveRun::drag_moment(float x) {
    rewind.drag_to(x);
    explore_chosen_moment(true);
    show_map_of_moment();
}

void LiveRun::follow_dot() {
    if (!link.asked_about(view_state.cursor)) link.post(request_of(view_state, visible));
}

bool LiveRun::settle(double now_s, bool mouse_held, const MapLook& look) {
    explore_chosen_moment(true);
    link.post(request_of(view_state, visible));
    const bool moved = !(view_state == view_state_before_);
    if (moved) {
        if (!same_choice(view_state, view_state_before_)) moved_at_s_ = now_s;
        view_state_before_ = view_state;
    }
    const bool busy = mouse_held || now_s - moved_at_s_ < kSettledAfterSeconds;
    if (state->snapshot && state->dataset) undo.observe(view_state, look, busy);
    return moved;
}

}  // namespace elbow::gui
