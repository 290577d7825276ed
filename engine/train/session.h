#pragma once

// A run without a thread: owns the live weights and moves them one minibatch at a time. Headless
// commands call it directly; in the window the Trainer's thread does, and then nobody else.

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/error.h"
#include "engine/core/rng.h"
#include "engine/core/team.h"
#include "engine/data/dataset.h"
#include "engine/estimator/estimator.h"
#include "engine/eval/bound.h"
#include "engine/optim/optimizer.h"
#include "engine/run/config.h"
#include "engine/train/checkpoint.h"
#include "engine/train/history.h"
#include "engine/train/recorder.h"
#include "engine/train/snapshot.h"
#include "engine/train/weights.h"

namespace elbow::train {

// A step has made the run diverge, or lost what a device held; it is back at a state before that.
class Divergence : public Error {
  public:
    // breaking_step_size: absent where a smaller one would not help.
    Divergence(const std::string& message, std::optional<double> breaking_step_size)
        : Error(message), breaking_step_size_(breaking_step_size) {}
    std::optional<double> breaking_step_size() const { return breaking_step_size_; }

  private:
    std::optional<double> breaking_step_size_;
};

// The step size with which a run goes on that this one has made diverge.
inline double smaller_step_size(double breaking) { return breaking / 2.0; }

// Where the weights of a run are between its steps.
enum class Residence {
    kByConfig,  // on the graphics card of a run that has one, else with the host
    kDevice,    // for tests: on the processor as on a card
};

class Session {
  public:
    // Throws UsageError for a configuration that does not fit the data. threads >= 1.
    Session(const RunConfig&, std::shared_ptr<const data::Dataset>, int threads,
            std::uint64_t run = 0, Residence = Residence::kByConfig);

    // Goes on from a checkpoint; throws Error where it does not fit the data set, or where its
    // weights give no finite bound.
    Session(const Checkpoint&, std::shared_ptr<const data::Dataset>, int threads,
            std::uint64_t run = 0, Residence = Residence::kByConfig);

    // A branch: goes on from the weights of an earlier moment of a run, with the options that the
    // run has now. What the optimiser and the estimator remember, and which weights were the best,
    // is not known of a moment, and begins anew. The checkpoint is of the run later on, and has its
    // history. Throws Error where the weights do not fit, or give no finite bound.
    Session(const Checkpoint&, const ParameterSnapshot& moment,
            std::shared_ptr<const data::Dataset>, int threads, std::uint64_t run = 0,
            Residence = Residence::kByConfig);

    // The configuration as it is now, live changes included.
    const RunConfig& config() const { return config_; }
    // What the decoder learns to predict: the data set with the run's targets.
    const data::Dataset& dataset() const { return *dataset_; }
    std::shared_ptr<const data::Dataset> shared_dataset() const { return dataset_; }
    const estimator::EstimatorEntry& estimator() const;
    const model::ModelSpec& spec() const { return spec_; }

    // Changes an option whose `live` is true, from the next step on. Throws UsageError otherwise.
    void change(const std::string& option, const std::string& value);

    // From the next step on; at most as many as the session was made with.
    void use_threads(int threads) { team_->use(threads); }
    int threads() const { return team_->size(); }
    // What the team computes from now on is added to these times (team.h); null: it is not timed.
    void time_into(TeamTimes* times) { team_->time_into(times); }

    // One minibatch. Throws Divergence where the bound is no longer a finite number, or has run
    // away. The run is then back at its last evaluation that had not diverged (divergence.h), or at
    // its beginning, and can go on from there. The same where a device fails, without it. Of a run
    // on a device a bound is known, and in the records, about 30 ms later.
    void step();

    // Whole steps are made on a device, and what it holds is copied when it is asked for.
    bool is_resident() const { return weights_->device() != nullptr; }

    // At the start, at 1, 2, 4 and 8 tenths of the rhythm, then once every evaluation_interval()
    // samples.
    bool evaluation_due() const;
    std::int64_t evaluation_interval() const;
    const EvaluationRecord& evaluate();
    // Evaluates for about this long, from where the previous call stopped; returns the record once
    // all held-out images are done, nullptr before. A step in between starts it again.
    const EvaluationRecord* evaluate_some(double seconds);
    // Leaves out the one that is due, and says so; false where something hangs on it.
    bool leave_out_evaluation();

    // For why_diverged(): the score of the live weights where `shown` is that of the weights that
    // are shown. An average hides for a while that the live ones are broken, so they are looked at,
    // over the first held-out images.
    double live_score(double shown) const;

    // The bound of the held-out images with the weights that are shown; leaves no record.
    eval::Bound held_out_bound();

    // Of the weights that are shown.
    SnapshotPtr snapshot() const;

    // Of all evaluations; absent before the first.
    const std::optional<Best>& best() const { return best_; }
    // As Checkpoint::branches.
    const std::vector<Moment>& branches() const { return branches_; }
    // So many evaluations have found nothing better as the option "patience" says.
    bool is_out_of_patience() const;
    void be_patient_again();

    // Without the evaluations and the training, which the session does not keep.
    Checkpoint checkpoint() const;

    std::int64_t steps() const { return step_; }
    std::int64_t samples() const { return samples_; }
    double epoch() const;
    double train_seconds() const { return train_seconds_; }
    int train_count() const { return train_count_; }

    // As Recorder::take_records().
    std::vector<TrainRecord> take_train_records() { return recorder_.take_records(); }

    // Updates that still leave the weights where they are (Adagrad's warm-up).
    std::int64_t warmup_updates_left() const;

    // What else the estimator can tell about the last step, and the step size where it follows a
    // schedule or did before.
    std::vector<estimator::Reading> readings() const;

    std::vector<std::string> reading_names() const;

    // Training speed over the last second or so.
    double images_per_s() const { return recorder_.images_per_s(); }

  private:
    void build(int threads, Residence);
    void restore(const Checkpoint&);
    void branch_off(const Checkpoint&, const ParameterSnapshot&);
    void draw_minibatch();
    double kl_weight() const;
    // `update`: index within the step.
    optim::StepSettings step_settings(int update) const;
    void step_or_leave_device(const estimator::Minibatch&, double start_s);
    void step_on_device(const estimator::Minibatch&, double start_s);
    Running take_bounds();
    // Of `images` images, after so many steps.
    void check_divergence(const estimator::BoundSum&, std::int64_t images, std::int64_t step);
    void schedule_evaluation();
    void note_evaluation(const eval::Bound&);
    bool note_best(double score);
    void begin_stall();
    void note_stall(double score);
    double step_size_after(std::int64_t samples) const;
    void note_start(double score);
    void check_start() const;
    void account(const Running&);

    RunConfig started_with_;
    RunConfig config_;
    bool had_schedule_ = false;  // of the step size, now or before
    std::shared_ptr<const data::Dataset> dataset_;
    std::uint64_t run_;
    int train_count_ = 0;
    model::ModelSpec spec_;
    model::ParameterLayout layout_;
    std::unique_ptr<Team> team_;
    std::unique_ptr<estimator::Estimator> estimator_;
    std::unique_ptr<Weights> weights_;
    Stream order_stream_;
    Stream noise_stream_;
    Stream target_stream_;
    Stream augment_stream_;
    AlignedFloats gradients_;
    std::vector<std::uint32_t> order_;
    std::int64_t order_epoch_ = -1;
    std::vector<std::uint32_t> indices_;
    std::vector<LoggedChange> changes_;
    std::vector<Moment> branches_;
    std::int64_t step_ = 0;
    std::int64_t samples_ = 0;
    double train_seconds_ = 0.0;
    std::optional<int> run_threads_;  // as Checkpoint::threads
    Recorder recorder_;
    Running on_device_;            // steps whose bounds are still there
    double bounds_taken_s_ = 0.0;  // on the steady clock
    std::int64_t next_evaluation_ = 0;
    bool evaluation_wanted_ = false;  // before it is due
    EvaluationRecord last_evaluation_{};
    std::optional<eval::BoundWork> held_out_work_;  // an evaluation that has begun
    std::optional<Best> best_;
    std::optional<Stall> stall_;  // absent: the schedule does not follow the bound
    Checkpoint undiverged_;       // where the run goes back to when it diverges
    // The score (held_out.h) that the session began with, nats per image: of its first minibatch or
    // of its first evaluation, whichever came first; NaN before.
    double start_score_ = std::numeric_limits<double>::quiet_NaN();
    double least_bound_ = -std::numeric_limits<double>::infinity();  // nats per image
};

}  // namespace elbow::train
