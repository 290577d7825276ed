// A run that goes on from an earlier moment of another one: a part of Session.

#include <algorithm>
#include <utility>

#include "engine/core/error.h"
#include "engine/run/check_run.h"
#include "engine/run/step_size.h"
#include "engine/train/session.h"

namespace elbow::train {
namespace {

// The run's training time when it had seen so many images: that of the last record before.
double seconds_at(std::int64_t samples, const Checkpoint& checkpoint) {
    double seconds = 0.0;
    const auto look = [&](const auto& records) {
        for (const auto& record : records)
            if (record.samples <= samples) seconds = std::max(seconds, record.seconds);
    };
    look(checkpoint.training);
    look(checkpoint.evaluations);
    return std::min(seconds, checkpoint.train_seconds);
}

// Those before a step, and then what makes of the options of that moment those of now.
std::vector<LoggedChange> changes_of_branch(Checkpoint checkpoint, std::int64_t step) {
    const RunConfig now = config_now(checkpoint);
    std::erase_if(checkpoint.changes, [&](const LoggedChange& each) { return each.step > step; });
    const RunConfig then = config_now(checkpoint);
    for (const Option& option : run_options()) {
        if (!option.live || option_text(then, option) == option_text(now, option)) continue;
        checkpoint.changes.push_back({step, option.name, option_text(now, option)});
    }
    return checkpoint.changes;
}

}  // namespace

Session::Session(const Checkpoint& checkpoint, const ParameterSnapshot& moment,
                 std::shared_ptr<const data::Dataset> dataset, int threads, std::uint64_t run,
                 Residence residence)
    : Session(checkpoint.config, std::move(dataset), threads, run, residence) {
    if (moment.spec != spec_ ||
        static_cast<std::int64_t>(moment.parameters.size()) != layout_.size()) {
        throw Error(
            "The moment to train on from is of another model than the run. Choose a moment "
            "of the run that is there now.");
    }
    branch_off(checkpoint, moment);
    run::check_run(config_, *dataset_);
    check_start();
    undiverged_ = this->checkpoint();
    schedule_evaluation();
}

void Session::branch_off(const Checkpoint& checkpoint, const ParameterSnapshot& moment) {
    const Moment at = moment.made();
    config_ = config_now(checkpoint);
    changes_ = changes_of_branch(checkpoint, at.step);
    had_schedule_ = run::changes_step_size(config_);
    // Readings of the run so far have a place for the step size where it followed a schedule.
    had_schedule_ |= checkpoint.readings.size() > reading_names().size();
    weights_->begin_with(moment.parameters);
    step_ = at.step;
    samples_ = at.samples;
    train_seconds_ = seconds_at(samples_, checkpoint);
    run_threads_ = checkpoint.threads;
    branches_ = checkpoint.branches;
    std::erase_if(branches_, [&](const Moment& each) { return each.samples >= at.samples; });
    branches_.push_back(at);
    begin_stall();
    recorder_.forget_sums();
}

}  // namespace elbow::train
