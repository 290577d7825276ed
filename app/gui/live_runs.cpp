#include "app/gui/live_runs.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

#include "engine/core/error.h"
#include "engine/core/memory.h"
#include "engine/core/text.h"
#include "engine/run/check_run.h"

namespace elbow::gui {
namespace {

// Resumes from here on are numbered here, and those before by the RunStarter.
constexpr std::uint64_t kBroughtBack = 1'000'000'000;

}  // namespace

LiveRuns::LiveRuns(Threads threads, KeepingRule rule)
    : threads_(threads), rule_(std::move(rule)), trash_(rule_.state) {
    if (!rule_.mark) rule_.mark = std::make_shared<WindowMark>(rule_.state);
    runs_.push_back(std::make_unique<LiveRun>(threads_.untouched, true, rule_));
}

LiveRuns::~LiveRuns() = default;

const RunConfig& LiveRuns::config(std::size_t number) const {
    const live::TrainerState& state = *run(number).state;
    return state.snapshot || !race_ ? state.config : race_->asked_for[number];
}

std::pair<RunConfig, RunConfig> LiveRuns::both_configs(const RunConfig& wished) const {
    const RunConfig other = live::beside(wished, config(1 - in_hand_));
    return in_hand_ == 0 ? std::pair{wished, other} : std::pair{other, wished};
}

void LiveRuns::begin(live::Command command, const std::optional<RunConfig>& rival,
                     const OpenedRun& opened) {
    auto* restart = std::get_if<live::Restart>(&command);
    if (restart != nullptr && rival) return begin_race(std::move(*restart), *rival);
    for (const auto& one : runs_) one->saver.keep();
    if (racing()) leave(1 - in_hand_);
    in_hand().expect_replacement();
    if (const auto* resume = std::get_if<live::Resume>(&command))
        in_hand().expect(resume->number, opened);
    in_hand().trainer.send(std::move(command));
}

// Each pair of runs has a pace of its own, so that what the runs before still report to theirs does
// not count.
void LiveRuns::begin_race(live::Restart first, const RunConfig& rival) {
    run::check_new_run(first.config, *first.dataset);
    run::check_new_run(rival, *first.dataset);
    if (!racing()) run(0).expect_replacement();
    for (const auto& one : runs_) one->saver.keep();
    if (!racing()) {
        race_began_ = true;
        const bool playing = run(0).state->status != live::TrainerStatus::kPaused;
        runs_.push_back(std::make_unique<LiveRun>(threads_.untouched, playing, rule_));
    }
    linked_.reset();
    map_link_ = {};
    auto pace = std::make_shared<live::Pace>();
    if (race_) pace->on = race_->pace->on.load();
    race_ = Race{std::move(pace), {first.config, rival}};
    const int threads = share_of(threads_.untouched);
    run(1).trainer.send(live::Restart{rival, first.dataset, live::Lane{race_->pace, 1, threads}});
    first.lane = live::Lane{race_->pace, 0, threads};
    run(0).trainer.send(std::move(first));
}

int LiveRuns::share_of(int threads) const {
    return std::max(1, threads / static_cast<int>(count()));
}

void LiveRuns::share_processor(bool touched) {
    const int threads = share_of(touched ? threads_.touched : threads_.untouched);
    for (const auto& one : runs_) {
        one->trainer.use_threads(threads);
        one->link.spare(!touched);
    }
}

void LiveRuns::send(const live::Command& command) {
    const auto* change = std::get_if<live::ChangeOption>(&command);
    const Option* option = change == nullptr ? nullptr : find_run_option(change->option);
    if (option != nullptr && !live::is_shared_in_race(*option)) {
        return in_hand().trainer.send(command);
    }
    for (const auto& one : runs_) {
        const bool failed = one->state->status == live::TrainerStatus::kFailed;
        if (!racing() || !failed) one->trainer.send(command);
    }
}

live::TrainerStatus LiveRuns::status() const {
    const auto any_is = [this](live::TrainerStatus status) {
        return std::any_of(runs_.begin(), runs_.end(),
                           [&](const auto& one) { return one->state->status == status; });
    };
    for (const auto status : {live::TrainerStatus::kPlaying, live::TrainerStatus::kPaused}) {
        if (any_is(status)) return status;
    }
    return in_hand().state->status;
}

void LiveRuns::end_race() {
    if (racing()) leave(1 - in_hand_);
}

void LiveRuns::leave(std::size_t number) {
    race_->pace->on = false;
    race_.reset();
    race_began_ = false;
    run(number).saver.keep();
    run(number).trainer.send(live::Pause{});
    leaving_.push_back(std::move(runs_[number]));
    runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(number));
    in_hand_ = 0;
}

void LiveRuns::keep_within(const KeepingBudget& budget) {
    rule_.budget = budget;
    for (const auto& one : runs_) one->saver.keep_within(budget);
}

void LiveRuns::tell_what_went(LiveRun& run, Toasts& toasts) {
    for (const SaveNews& news : std::exchange(run.gone, {})) {
        trash_.offer(news.text, news.gone, toasts);
    }
}

// A restart that was a mistake costs nothing. What has hardly begun is not worth the words.
void LiveRuns::offer_back(LiveRun& run, Toasts& toasts) {
    const auto replaced = run.take_replaced();
    if (!replaced) return;
    const bool race_began = std::exchange(race_began_, false);
    const live::TakenCheckpoint& taken = *replaced->taken;
    const double trained_s = taken.checkpoint.train_seconds - taken.start.train_seconds;
    const bool back = run.state->resumed > kBroughtBack;
    ToastAction undo{"Undo", [this, replaced] { bring_back(replaced); }, !back};
    if (trained_s < rule_.worth_undoing_s) undo = {};
    if (back) {
        toasts.add(ToastKind::kGood, "The previous run is back.", {}, std::move(undo));
    } else if (run.state->branched) {
        const auto images = [](std::int64_t samples) {
            return short_text(static_cast<double>(samples)) + " images";
        };
        toasts.add(ToastKind::kInfo,
                   "Training on from " + images(run.state->branches.back().samples) +
                       " in a branch; the run of " + images(taken.checkpoint.samples) +
                       " that was here is kept.",
                   {}, std::move(undo));
    } else if (undo.act && run.state->resumed == 0) {
        toasts.add(ToastKind::kInfo, race_began ? "The race has begun." : "Restarted.", {},
                   std::move(undo));
    }
}

void LiveRuns::bring_back_when_kept() {
    if (!bringing_back_ || in_hand().saver.busy()) return;
    const auto run = std::exchange(bringing_back_, nullptr);
    const live::TakenCheckpoint& taken = *run->taken;
    live::Resume resume{{run->taken, &taken.checkpoint}, taken.dataset};
    resume.number = kBroughtBack + ++brought_back_;
    const bool is_of_this_trainer = run->identity == in_hand().identity;
    std::filesystem::path folder;
    if (is_of_this_trainer) folder = in_hand().saver.folder_of(taken.run);
    begin(std::move(resume), std::nullopt, {run->session, folder});
}

bool LiveRuns::collect(std::optional<double> input_s, Toasts& toasts) {
    bool moves = !leaving_.empty() || trash_.busy();
    trash_.poll(toasts);
    // Threads end with the step that they are in, which no frame waits for.
    for (auto& one : leaving_) {
        one->collect(std::nullopt, toasts);
        tell_what_went(*one, toasts);
        if (one->saver.busy()) continue;
        ending_.push_back(std::async(std::launch::async, [gone = std::move(one)]() mutable {
            gone.reset();
            return_freed_memory();
        }));
    }
    std::erase(leaving_, nullptr);
    for (const auto& one : runs_) {
        if (one->collect(input_s, toasts)) moves = true;
        tell_what_went(*one, toasts);
    }
    // Last, so that no other message of this frame lies over what can be taken back.
    for (const auto& one : runs_) offer_back(*one, toasts);
    bring_back_when_kept();
    std::erase_if(ending_, [](const std::future<void>& end) {
        return end.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    });
    return moves;
}

// Both have begun, and where each is looked at is of its own model.
bool LiveRuns::can_link_maps() const {
    if (!racing()) return false;
    const auto latents = [this](std::size_t number) {
        const train::SnapshotPtr& snapshot = run(number).state->snapshot;
        const int own = snapshot ? snapshot->spec.latents : 0;
        const auto seen = static_cast<int>(run(number).view_state.cursor.size());
        return seen == own ? own : 0;
    };
    return latents(0) > 0 && why_no_link(latents(0), latents(1)).empty();
}

void LiveRuns::link_choices(bool link_maps) {
    const auto of = [](const LiveRun& run) {
        const ViewState& seen = run.view_state;
        return Choice{seen.point, seen.hidden_labels, seen.hidden_of,
                      seen.table, seen.selection,     seen.isolate};
    };
    // Whichever run's was changed; that of the run in hand where both were.
    Choice chosen = of(in_hand());
    if (racing() && chosen == linked_) chosen = of(run(1 - in_hand_));
    linked_ = chosen;
    for (const auto& one : runs_) {
        one->view_state.point = chosen.point;
        one->view_state.hidden_labels = chosen.hidden_labels;
        one->view_state.hidden_of = chosen.hidden_of;
        one->view_state.table = chosen.table;
        one->view_state.selection = chosen.selection;
        one->view_state.isolate = chosen.isolate;
        one->visible.in_hand = one.get() == &in_hand();
    }
    if (can_link_maps())
        map_link_.follow({&run(0).view_state, &run(1).view_state}, in_hand_, link_maps);
    else
        map_link_ = {};
    const std::optional<std::int64_t> moment = in_hand().rewind.at();
    if (std::exchange(linked_moment_, moment) != moment && racing())
        run(1 - in_hand_).rewind.go_to(moment);
}

std::vector<SaveNews> LiveRuns::keep_and_wait() {
    std::vector<SaveNews> news;
    std::string trouble;
    const auto keep = [&](LiveRun& one) {
        try {
            for (SaveNews& item : one.saver.keep_and_wait()) news.push_back(std::move(item));
        } catch (const std::exception& failure) {
            trouble += (trouble.empty() ? "" : "\n") + message_of(failure);
        }
    };
    for (const auto& one : leaving_) keep(*one);
    for (const auto& one : runs_) {
        if (one.get() != &in_hand()) keep(*one);
    }
    keep(in_hand());  // last, so that it is the newest
    if (!trouble.empty()) throw Error(trouble);
    rule_.mark->end();
    return news;
}

}  // namespace elbow::gui
