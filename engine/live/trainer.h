#pragma once

// The trainer's thread: drains commands between steps, steps the Session that it alone owns, and
// publishes snapshots and records. The GUI's calls only swap pointers under a short lock and never
// wait for a step.

#include <atomic>
#include <condition_variable>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "engine/live/race.h"
#include "engine/train/session.h"

namespace elbow::live {

struct Play {};
struct Pause {};
struct StepOnce {};  // pauses, then one minibatch
struct ChangeOption {
    std::string option;  // one that is live
    std::string value;
};
// After a divergence: goes on from the state before it, with TrainerState::step_size_to_go_on, and
// plays.
struct GoOn {};
// A place in a race.
struct Lane {
    std::shared_ptr<Pace> pace;
    int number;   // 0 or 1
    int threads;  // of this run
};
// A new run with this configuration; play or pause stays as it is. The run before is dropped only
// when the new one could be made.
struct Restart {
    RunConfig config;
    std::shared_ptr<const data::Dataset> dataset;
    std::optional<Lane> lane = std::nullopt;  // in a race
};
// Goes on from a saved run; its past is handed on to whoever draws the curves.
struct Resume {
    std::shared_ptr<const train::Checkpoint> checkpoint;
    std::shared_ptr<const data::Dataset> dataset;
    std::optional<bool> playing = std::nullopt;  // absent: play or pause stays as it is
    std::uint64_t number = 0;                    // told in TrainerState::resumed
};
// A branch of the present run: another run, which goes on from the weights of a moment of it
// before. Play or pause stays as it is, and the past until then is handed on.
struct Branch {
    train::SnapshotPtr moment;  // of this trainer's run
};
// Asks for a checkpoint; it appears in TrainerUpdate::taken with the same number.
struct TakeCheckpoint {
    std::uint64_t number;
};
using Command = std::variant<Play, Pause, StepOnce, ChangeOption, GoOn, Restart, Resume, Branch,
                             TakeCheckpoint>;

enum class TrainerStatus { kIdle, kPlaying, kPaused, kFailed };

// What the trainer looks like at a step boundary.
struct TrainerState {
    TrainerStatus status = TrainerStatus::kIdle;  // kIdle: no run yet
    std::string failure;                          // why it failed and what to do; empty: it has not
    // Of GoOn: the run's own where it is smaller than the one that broke it, else half of that.
    // Absent where no smaller one would help, and where the run has not diverged.
    std::optional<double> step_size_to_go_on;
    std::string refusal;               // why a command was refused, the last one; empty: none was
    std::uint64_t refusal_number = 0;  // rises with each refusal
    std::string start_refusal;         // why the last Restart or Resume was; empty: it was not
    RunConfig config;                  // live changes included
    std::shared_ptr<const data::Dataset> dataset;  // with the run's targets
    train::SnapshotPtr snapshot;
    std::uint64_t resumed = 0;  // Resume::number of what began this run; 0 after a Restart
    bool branched = false;      // a Branch began it
    std::vector<train::Moment> branches;  // as train::Checkpoint has them
    double epoch = 0.0;
    double train_seconds = 0.0;
    double images_per_s = 0.0;
    std::vector<estimator::Reading> readings;  // what else the estimator tells
    std::int64_t warmup_updates_left = 0;      // until the weights begin to move
    std::optional<train::Best> best;           // of all evaluations
    bool out_of_patience = false;              // and it was paused for that
    int threads = 1;
};

// Where a run was when it was started or resumed.
struct RunStart {
    // Held-out score (held_out.h), nats per image; NaN before the first evaluation.
    double bound = std::numeric_limits<double>::quiet_NaN();
    double train_seconds = 0.0;  // more than 0 for a run that was resumed
};

// A checkpoint with what belongs to it: all of one run and of one moment.
struct TakenCheckpoint {
    std::uint64_t number;
    train::Checkpoint checkpoint;
    std::shared_ptr<const data::Dataset> dataset;
    std::uint64_t run = 0;
    int restarts_after_failure = 0;  // how often the run has gone on after a failure, further back
    RunStart start;
    std::string failure;  // not empty: why no checkpoint could be taken; then there is none
};

// Since the last call of take_update().
struct TrainerUpdate {
    std::uint64_t run = 0;  // the run that the records belong to; records of older runs are dropped
    std::vector<train::TrainRecord> train_records;
    std::vector<train::EvaluationRecord> evaluation_records;
    // The run went back to so many training images: what was measured after them, and told in
    // earlier updates, is no more of this run.
    std::optional<std::int64_t> back_at;
    std::vector<std::shared_ptr<const TakenCheckpoint>> taken;  // in the order of the commands
};

class Trainer {
  public:
    // Starts the thread, with no run and playing: the first Restart or Resume trains at once.
    explicit Trainer(int threads, bool playing = true);
    ~Trainer();
    Trainer(const Trainer&) = delete;
    Trainer& operator=(const Trainer&) = delete;

    void send(Command);
    // At most so many threads, of those that it was made with, from the next step on.
    void use_threads(int threads) { wished_threads_ = threads; }
    std::shared_ptr<const TrainerState> state() const;
    TrainerUpdate take_update();

  private:
    void loop(const std::stop_token&);
    std::vector<Command> take_commands();
    void apply_all(std::vector<Command>);
    void apply(const Command&);
    void begin(std::unique_ptr<train::Session>);
    void restart(const Restart&);
    void resume(const Resume&);
    void branch(const Branch&);
    void hand_on_history(const train::Checkpoint&);
    void hand_over_checkpoint(std::uint64_t number);
    void advance();
    void look_no_longer_than_worth(double looked_s);
    void keep_pace();
    bool waits_for_rival() const;
    void fail(const std::exception&);
    void go_back();
    std::optional<double> step_size_to_go_on() const;
    void leave_failure();
    void go_on();
    void take_snapshot();
    void publish();
    bool working() const;

    const int threads_;
    std::atomic<int> wished_threads_;
    // Shared, under mutex_.
    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<Command> commands_;
    std::shared_ptr<const TrainerState> state_;
    TrainerUpdate update_;
    // The thread's own.
    std::unique_ptr<train::Session> session_;
    train::SnapshotPtr snapshot_;
    std::string snapshot_weights_;  // the option's value when it was taken
    bool playing_;
    bool failed_ = false;
    int restarts_after_failure_ = 0;  // of this run
    int single_steps_ = 0;
    std::string failure_;                       // while failed_
    std::optional<double> breaking_step_size_;  // while failed_, by a divergence
    std::string refusal_;
    std::uint64_t refusal_number_ = 0;
    std::string start_refusal_;
    std::uint64_t run_ = 0;
    RunStart start_;             // of this run
    double first_look_s_ = 0.0;  // that it has been evaluated for before its first step
    std::optional<Lane> lane_;   // in a race
    std::uint64_t resumed_ = 0;  // for TrainerState
    bool branched_ = false;
    train::ThinnedSeries<train::EvaluationRecord> evaluations_;  // of this run
    train::ThinnedSeries<train::TrainRecord> training_;
    TrainerUpdate pending_;
    std::jthread thread_;  // last
};

}  // namespace elbow::live
