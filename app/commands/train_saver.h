#pragma once

// Saves what a headless training has learnt, and never a run that has diverged over a good one: of
// the save on disk and the best state that was evaluated, the better is what a diverged run leaves.
// Main thread.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/train_plan.h"
#include "engine/train/session.h"

namespace elbow::commands {

class TrainSaver {
  public:
    // Told why a save at the end failed; true: try again.
    using MayRetry = std::function<bool(const std::string& why)>;

    // `session` as it begins; the plan's lock has to outlive this. Without a folder to save to,
    // nothing below writes anything. Throws Error where the folder has no room for the run.
    TrainSaver(TrainPlan& plan, train::Session& session);

    // Asked from now on before a run that cannot be saved at the end goes elsewhere.
    void when_save_fails(MayRetry may_retry) { may_retry_ = std::move(may_retry); }

    // After each step, with what it recorded of the training.
    void note(std::vector<train::TrainRecord>);
    // After each evaluation, which is of the present weights.
    void note(const train::Session&, const train::EvaluationRecord&);
    // All of the run, oldest first.
    const std::vector<train::EvaluationRecord>& evaluations() const { return evaluations_; }
    // While training goes on: measures the held-out bound and saves unless the run has diverged. A
    // disk that is full for a moment ends no training. Returns what to tell the person; empty:
    // nothing.
    std::string save_meanwhile(train::Session&);
    // At the end, after an evaluation of the present weights. Throws Error where the run has
    // diverged, after rescuing what was learnt before, and where it could only be saved elsewhere
    // (where that is).
    void save_at_end(const train::Session&);
    // After a divergence, once what was learnt is saved: the command line that goes on from there
    // with a smaller step size, or that there is nothing to go on from.
    std::string how_to_go_on(const RunConfig&, double breaking_step_size) const;
    // After a step has failed: saves the present weights where they are sound, else what was learnt
    // before. Returns what remains and where, for the person.
    std::string save_after_failure(train::Session&);

  private:
    struct State {
        train::Checkpoint checkpoint;
        double bound;  // held-out, nats per image
    };

    train::Checkpoint with_history(train::Checkpoint) const;
    void save(const train::Session&, const train::Checkpoint&, double bound);
    // At the end. Saves elsewhere, and then throws Error which says where, when nothing helps.
    void save_whatever_happens(const train::Session&, const train::Checkpoint&, double bound);
    // Writes the best state where it is better than what is saved, and says what the folder holds.
    std::string rescue(const train::Session&);

    std::filesystem::path data_dir_;  // --data-dir, for whoever goes on
    std::filesystem::path out_;       // empty: nothing is saved
    io::RunLock* lock_;               // of that folder, the plan's; null: nothing is saved
    MayRetry may_retry_;
    double start_bound_;  // held-out, nats per image; NaN before the first evaluation
    std::int64_t start_step_;
    bool replaces_another_ = false;   // the folder holds a run that this one has not yet replaced
    std::filesystem::path saved_in_;  // empty: this run is nowhere yet
    std::optional<double> saved_bound_;  // of this run as the folder holds it
    std::int64_t saved_step_ = 0;
    std::optional<State> best_;
    std::vector<train::EvaluationRecord> evaluations_;
    train::ThinnedSeries<train::TrainRecord> training_;
    std::string window_session_;  // of the run that goes on, as the window left it
};

}  // namespace elbow::commands
