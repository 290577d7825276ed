#include "engine/live/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <utility>

#include "engine/core/clock.h"
#include "engine/core/error.h"
#include "engine/core/give_way.h"
#include "engine/core/memory.h"
#include "engine/core/overloaded.h"

namespace elbow::live {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kPublishInterval{33};
constexpr double kLongestFirstLook_s = 1.0;    // of evaluating a run that has not begun
constexpr double kEvaluationPiece_s = 0.1;     // after which commands are polled
constexpr std::chrono::milliseconds kRest{1};  // between two checks whether the rival has caught up

template <class Record>
void append(std::vector<Record>& to, std::vector<Record> from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

Trainer::Trainer(int threads, bool playing)
    : threads_(threads),
      wished_threads_(threads),
      state_(std::make_shared<const TrainerState>()),
      playing_(playing),
      thread_([this](const std::stop_token& stop) { loop(stop); }) {}

Trainer::~Trainer() = default;

void Trainer::send(Command command) {
    {
        const std::lock_guard lock(mutex_);
        commands_.push_back(std::move(command));
    }
    wake_.notify_all();
}

std::shared_ptr<const TrainerState> Trainer::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

TrainerUpdate Trainer::take_update() {
    const std::lock_guard lock(mutex_);
    TrainerUpdate taken = std::exchange(update_, {});
    update_.run = taken.run;
    return taken;
}

bool Trainer::working() const { return session_ && !failed_ && (playing_ || single_steps_ > 0); }

void Trainer::loop(const std::stop_token& stop) {
    give_way();  // to the window; the team, which this thread starts, does as well
    auto published = Clock::now();
    publish();
    while (!stop.stop_requested()) {
        auto commands = take_commands();
        const bool had_commands = !commands.empty();
        const bool was_working = working();
        apply_all(std::move(commands));
        if (working() && !waits_for_rival()) advance();
        if (had_commands || was_working != working() ||
            Clock::now() - published >= kPublishInterval) {
            publish();
            published = Clock::now();
        }
        keep_pace();
        const auto commanded = [this] { return !commands_.empty(); };
        if (!working()) {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, stop, commanded);
        } else if (waits_for_rival()) {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, kRest, commanded);
        }
    }
}

std::vector<Command> Trainer::take_commands() {
    const std::lock_guard lock(mutex_);
    return std::exchange(commands_, {});
}

// A command that cannot be obeyed is refused with a message; what runs goes on.
void Trainer::apply_all(std::vector<Command> commands) {
    for (Command& command : commands) {
        const bool starts = std::holds_alternative<Restart>(command) ||
                            std::holds_alternative<Resume>(command) ||
                            std::holds_alternative<Branch>(command);
        if (starts) start_refusal_.clear();
        try {
            apply(command);
        } catch (const std::exception& error) {
            refusal_ = message_of(error);
            ++refusal_number_;
            if (starts) start_refusal_ = refusal_;
        }
        command = Play{};  // releases what it carried, while no lock is held
    }
}

void Trainer::apply(const Command& command) {
    const auto session = [this]() -> train::Session& {
        if (!session_) throw Error("There is no run yet: wait until the data set is loaded.");
        return *session_;
    };
    std::visit(
        Overloaded{
            [&](const Play&) {
                playing_ = true;
                leave_failure();
                if (session_ && session_->is_out_of_patience()) session_->be_patient_again();
            },
            [&](const Pause&) { playing_ = false; },
            [&](const StepOnce&) {
                session();
                playing_ = false;
                leave_failure();
                ++single_steps_;
            },
            [&](const ChangeOption& change) { session().change(change.option, change.value); },
            [&](const GoOn&) {
                session();
                go_on();
            },
            [&](const Restart& restart) { this->restart(restart); },
            [&](const Resume& resume) { this->resume(resume); },
            [&](const Branch& branch) {
                session();
                this->branch(branch);
            },
            [&](const TakeCheckpoint& take) {
                try {
                    session();
                    hand_over_checkpoint(take.number);
                } catch (const std::exception& error) {  // whoever asked waits for an answer
                    auto none = std::make_shared<TakenCheckpoint>();
                    none->number = take.number;
                    none->failure = message_of(error);
                    pending_.taken.push_back(std::move(none));
                    throw;
                }
            }},
        command);
}

void Trainer::restart(const Restart& restart) {
    const int threads = restart.lane ? restart.lane->threads : threads_;
    try {
        begin(std::make_unique<train::Session>(restart.config, restart.dataset, threads, run_ + 1));
    } catch (...) {
        if (restart.lane) restart.lane->pace->leave(restart.lane->number);
        lane_.reset();  // the previous run goes on, and no longer races
        throw;
    }
    lane_ = restart.lane;
}

void Trainer::resume(const Resume& resume) {
    const train::Checkpoint& saved = *resume.checkpoint;
    begin(std::make_unique<train::Session>(saved, resume.dataset, threads_, run_ + 1));
    lane_.reset();
    resumed_ = resume.number;
    if (resume.playing) playing_ = *resume.playing;
    hand_on_history(saved);
}

void Trainer::branch(const Branch& branch) {
    if (branch.moment->run != run_) {
        throw Error(
            "The run that was to be gone back in has made room for another. Choose a "
            "moment of the run that is there now.");
    }
    train::Checkpoint now =
        train::with_history(session_->checkpoint(), evaluations_.records(), training_.records());
    begin(std::make_unique<train::Session>(now, *branch.moment, session_->shared_dataset(),
                                           threads_, run_ + 1));
    lane_.reset();
    branched_ = true;
    now.evaluations = train::records_until(session_->samples(), std::move(now.evaluations));
    now.training = train::records_until(session_->samples(), std::move(now.training));
    hand_on_history(now);
}

// To whoever draws the curves.
void Trainer::hand_on_history(const train::Checkpoint& saved) {
    pending_.evaluation_records = saved.evaluations;
    for (const train::EvaluationRecord& record : saved.evaluations) evaluations_.push(record);
    if (!saved.evaluations.empty()) start_.bound = saved.evaluations.back().score();
    for (const train::TrainRecord& record : saved.training) training_.push(record);
    pending_.train_records = saved.training;
}

void Trainer::hand_over_checkpoint(std::uint64_t number) {
    auto taken = std::make_shared<TakenCheckpoint>();
    taken->number = number;
    taken->checkpoint =
        train::with_history(session_->checkpoint(), evaluations_.records(), training_.records());
    taken->dataset = session_->shared_dataset();
    taken->run = run_;
    taken->restarts_after_failure = restarts_after_failure_;
    taken->start = start_;
    pending_.taken.push_back(std::move(taken));
}

void Trainer::begin(std::unique_ptr<train::Session> session) {
    session_ = std::move(session);
    return_freed_memory();  // of the previous run
    failed_ = false;
    restarts_after_failure_ = 0;
    single_steps_ = 0;
    ++run_;
    resumed_ = 0;
    branched_ = false;
    first_look_s_ = 0.0;
    start_ = {};
    start_.train_seconds = session_->train_seconds();
    session_->use_threads(wished_threads_);
    pending_.train_records.clear();
    pending_.evaluation_records.clear();
    pending_.back_at.reset();
    evaluations_.clear();
    training_.clear();
}

// What an untrained model is worth nobody waits for: of a large one, or of many held-out images, it
// can take a minute.
void Trainer::look_no_longer_than_worth(double looked_s) {
    if (session_->samples() > 0) return;
    first_look_s_ += looked_s;
    if (first_look_s_ >= kLongestFirstLook_s) session_->leave_out_evaluation();
}

// A step or a piece of an evaluation, so that a command waits for one of them at most.
void Trainer::advance() {
    try {
        if (session_->evaluation_due()) {
            const double began_s = steady_now_s();
            const train::EvaluationRecord* whole = session_->evaluate_some(kEvaluationPiece_s);
            if (whole == nullptr) return look_no_longer_than_worth(steady_now_s() - began_s);
            evaluations_.push(*whole);
            pending_.evaluation_records.push_back(evaluations_.records().back());
            if (std::isnan(start_.bound)) start_.bound = evaluations_.records().back().score();
            if (playing_ && session_->is_out_of_patience()) playing_ = false;
            return;
        }
        session_->use_threads(wished_threads_);
        session_->step();
        for (train::TrainRecord& record : session_->take_train_records()) {
            training_.push(record);
            pending_.train_records.push_back(std::move(record));
        }
        if (single_steps_ > 0) --single_steps_;
    } catch (const train::Divergence& divergence) {
        fail(divergence);
        breaking_step_size_ = divergence.breaking_step_size();
        single_steps_ = 0;
        go_back();
    } catch (const std::exception& error) {
        fail(error);
        single_steps_ = 0;
    }
}

void Trainer::keep_pace() {
    if (!lane_) return;
    if (failed_) {
        lane_->pace->leave(lane_->number);
    } else {
        lane_->pace->report(lane_->number, session_->samples());
    }
}

bool Trainer::waits_for_rival() const {
    return lane_ && single_steps_ == 0 && lane_->pace->is_ahead(lane_->number);
}

void Trainer::fail(const std::exception& error) {
    failed_ = true;
    failure_ = message_of(error);
    breaking_step_size_.reset();
}

// The session already has.
void Trainer::go_back() {
    const std::int64_t samples = session_->samples();
    const auto drop = [&](auto& records) {
        std::erase_if(records, [&](const auto& record) { return record.samples > samples; });
    };
    session_->take_train_records();
    drop(pending_.train_records);
    drop(pending_.evaluation_records);
    evaluations_.drop_after(samples);
    training_.drop_after(samples);
    pending_.back_at = samples;
}

std::optional<double> Trainer::step_size_to_go_on() const {
    if (!failed_ || !breaking_step_size_) return std::nullopt;
    const double chosen = session_->config().step_size;
    return chosen < *breaking_step_size_ ? chosen : train::smaller_step_size(*breaking_step_size_);
}

void Trainer::leave_failure() {
    if (std::exchange(failed_, false)) ++restarts_after_failure_;
}

void Trainer::go_on() {
    const std::optional<double> step_size = step_size_to_go_on();
    if (!step_size) {
        throw Error(
            "The run did not stop because of its step size, so a smaller one does not help. Press "
            "Play, or restart it.");
    }
    RunConfig config = session_->config();
    config.step_size = *step_size;
    session_->change("step-size", option_text(config, *find_run_option("step-size")));
    leave_failure();
    playing_ = true;
}

// If there is not enough memory for a copy, or a graphics card gives none, the previous one stays
// on show and the failure is told.
void Trainer::take_snapshot() {
    if (snapshot_ && snapshot_->run == run_ && snapshot_->step == session_->steps() &&
        snapshot_weights_ == session_->config().weights) {
        return;
    }
    try {
        snapshot_ = session_->snapshot();
        snapshot_weights_ = session_->config().weights;
    } catch (const std::exception& error) {
        fail(error);
    }
}

void Trainer::publish() {
    if (session_) take_snapshot();
    auto state = std::make_shared<TrainerState>();
    state->threads = session_ ? session_->threads() : threads_;
    if (failed_) state->failure = failure_;
    state->step_size_to_go_on = step_size_to_go_on();
    state->refusal = refusal_;
    state->refusal_number = refusal_number_;
    state->start_refusal = start_refusal_;
    if (session_) {
        state->status = failed_    ? TrainerStatus::kFailed
                        : playing_ ? TrainerStatus::kPlaying
                                   : TrainerStatus::kPaused;
        state->config = session_->config();
        state->dataset = session_->shared_dataset();
        state->snapshot = snapshot_;
        state->resumed = resumed_;
        state->branched = branched_;
        state->branches = session_->branches();
        state->epoch = session_->epoch();
        state->train_seconds = session_->train_seconds();
        state->images_per_s = session_->images_per_s();
        state->readings = session_->readings();
        state->warmup_updates_left = session_->warmup_updates_left();
        state->best = session_->best();
        state->out_of_patience = session_->is_out_of_patience();
    }
    std::shared_ptr<const TrainerState> newest = std::move(state);
    TrainerUpdate news = std::exchange(pending_, {});

    const std::lock_guard lock(mutex_);
    state_.swap(newest);  // the previous one is freed after the lock
    if (update_.run != run_) {
        update_.run = run_;
        update_.train_records.clear();
        update_.evaluation_records.clear();
        update_.back_at.reset();
    }
    if (news.back_at) {
        const auto is_void = [&](const auto& record) { return record.samples > *news.back_at; };
        std::erase_if(update_.train_records, is_void);
        std::erase_if(update_.evaluation_records, is_void);
        update_.back_at = std::min(*news.back_at, update_.back_at.value_or(*news.back_at));
    }
    append(update_.train_records, std::move(news.train_records));
    append(update_.evaluation_records, std::move(news.evaluation_records));
    append(update_.taken, std::move(news.taken));
}

}  // namespace elbow::live
