#include "app/commands/train_saver.h"

#include <cmath>
#include <limits>

#include "app/gui/autosaves.h"
#include "app/gui/rescue.h"
#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/core/text.h"
#include "engine/io/room.h"
#include "engine/io/run_folder.h"
#include "engine/run/measure.h"
#include "engine/train/divergence.h"
#include "engine/train/held_out.h"

namespace elbow::commands {
namespace {

std::string state_text(const RunConfig& config, std::int64_t step, double bound) {
    return "step " + std::to_string(step) + ", " + run::score_text(config) + " " +
           nats_text(bound) + " nats per image" + run::weights_text(config);
}

// Of the weights that the training begins with; NaN where they are yet to be evaluated.
double bound_at_start(const TrainPlan& plan, train::Session& session) {
    if (!plan.resumed) return std::numeric_limits<double>::quiet_NaN();
    const auto& evaluations = plan.resumed->checkpoint.evaluations;
    const bool evaluated = !evaluations.empty() && evaluations.back().samples == session.samples();
    return evaluated ? evaluations.back().score()
                     : train::score(session.config(), session.held_out_bound());
}

bool is_the_resumed_run(const TrainPlan& plan) {
    std::error_code error;
    return plan.resumed && std::filesystem::equivalent(plan.out, plan.resumed_from, error);
}

}  // namespace

TrainSaver::TrainSaver(TrainPlan& plan, train::Session& session)
    : data_dir_(plan.data_dir),
      out_(plan.out),
      lock_(plan.lock ? &*plan.lock : nullptr),
      start_bound_(out_.empty() ? std::numeric_limits<double>::quiet_NaN()
                                : bound_at_start(plan, session)),
      start_step_(session.steps()) {
    if (plan.resumed) {
        evaluations_ = plan.resumed->checkpoint.evaluations;
        for (const train::TrainRecord& record : plan.resumed->checkpoint.training)
            training_.push(record);
        window_session_ = plan.resumed->session;
    }
    if (out_.empty()) return;
    io::check_room(out_, session.checkpoint());
    if (is_the_resumed_run(plan)) {
        saved_in_ = out_;
        saved_bound_ = start_bound_;
        saved_step_ = start_step_;
    } else {
        replaces_another_ = io::holds_run(out_);
    }
    if (plan.resumed && std::isfinite(start_bound_)) {
        best_ = State{session.checkpoint(), start_bound_};
    }
}

void TrainSaver::note(std::vector<train::TrainRecord> records) {
    for (train::TrainRecord& record : records) training_.push(std::move(record));
}

void TrainSaver::note(const train::Session& session, const train::EvaluationRecord& evaluation) {
    evaluations_.push_back(evaluation);
    const double bound = evaluation.score();
    if (out_.empty()) return;
    if (std::isnan(start_bound_)) start_bound_ = bound;
    if (!std::isfinite(bound) || (best_ && bound <= best_->bound)) return;
    best_ = State{session.checkpoint(), bound};
}

train::Checkpoint TrainSaver::with_history(train::Checkpoint checkpoint) const {
    return train::with_history(std::move(checkpoint), evaluations_, training_.records());
}

void TrainSaver::save(const train::Session& session, const train::Checkpoint& checkpoint,
                      double bound) {
    io::save_run(*lock_, checkpoint, &session.dataset(), window_session_);
    replaces_another_ = false;
    saved_in_ = out_;
    saved_bound_ = bound;
    saved_step_ = checkpoint.step;
}

void TrainSaver::save_whatever_happens(const train::Session& session,
                                       const train::Checkpoint& checkpoint, double bound) {
    std::string why;
    do {
        try {
            return save(session, checkpoint, bound);
        } catch (const std::exception& failure) {
            why = message_of(failure);
        }
    } while (may_retry_ && may_retry_(why));
    saved_in_ =
        gui::rescue_run(checkpoint, &session.dataset(), window_session_, gui::state_folder(), why);
    throw Error(why + " The run (" + state_text(session.config(), checkpoint.step, bound) +
                ") is saved in '" + saved_in_.string() + "' instead.");
}

std::string TrainSaver::save_meanwhile(train::Session& session) {
    if (out_.empty()) return {};
    const double bound = train::score(session.config(), session.held_out_bound());
    const train::Checkpoint present = with_history(session.checkpoint());
    const std::string why = train::why_diverged(present, session.live_score(bound), start_bound_);
    if (!why.empty()) {
        return "Not saved at step " + std::to_string(session.steps()) +
               ", the run seems to diverge: " + why;
    }
    try {
        save(session, present, bound);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

void TrainSaver::save_at_end(const train::Session& session) {
    const double bound = evaluations_.back().score();
    const train::Checkpoint present = with_history(session.checkpoint());
    const std::string why = train::why_diverged(present, session.live_score(bound), start_bound_);
    if (why.empty()) {
        if (!out_.empty()) save_whatever_happens(session, present, bound);
        return;
    }
    const std::string remains = rescue(session);
    throw Error("The run has diverged after " + std::to_string(session.steps()) + " steps: " + why +
                " This state was not saved. " + remains + (remains.empty() ? "" : " ") +
                how_to_go_on(session.config(), session.config().step_size));
}

std::string TrainSaver::how_to_go_on(const RunConfig& config, double breaking_step_size) const {
    RunConfig smaller = config;
    smaller.step_size = train::smaller_step_size(breaking_step_size);
    const std::string step_size =
        "--step-size " + option_text(smaller, *find_run_option("step-size"));
    if (saved_in_.empty()) return "Start again with a smaller step size: " + step_size;
    std::string line = "elbow train --resume " + shell_word(saved_in_) + " " + step_size;
    if (!data_dir_.empty()) line += " --data-dir " + shell_word(data_dir_);
    return "Go on from there with a smaller step size:\n  " + line;
}

std::string TrainSaver::save_after_failure(train::Session& session) {
    if (out_.empty()) return {};
    // A run that diverged before anything was learnt is back where it began.
    if (session.steps() <= start_step_) return rescue(session);
    const double bound = train::score(session.config(), session.held_out_bound());
    const train::Checkpoint present = with_history(session.checkpoint());
    if (!train::why_diverged(present, session.live_score(bound), start_bound_).empty()) {
        return rescue(session);
    }
    try {
        save_whatever_happens(session, present, bound);
    } catch (const Error& error) {
        return error.what();
    }
    return "Saved to " + out_.string() + " (" + state_text(session.config(), saved_step_, bound) +
           ").";
}

std::string TrainSaver::rescue(const train::Session& session) {
    if (out_.empty()) return {};
    const std::string folder = "'" + out_.string() + "'";
    const bool learnt = best_ && best_->checkpoint.step > start_step_;
    if (replaces_another_ && !learnt) return "The run that " + folder + " holds was not replaced.";
    if (best_ && (!saved_bound_ || !(*saved_bound_ >= best_->bound))) {
        try {
            save_whatever_happens(session, with_history(best_->checkpoint), best_->bound);
        } catch (const Error& error) {
            return error.what();
        }
        return "The best state before is saved in " + folder + " (" +
               state_text(session.config(), saved_step_, *saved_bound_) + ").";
    }
    if (!saved_bound_) return "Nothing was saved.";
    return "The last good save stays in " + folder + " (" +
           state_text(session.config(), saved_step_, *saved_bound_) + ").";
}

}  // namespace elbow::commands
