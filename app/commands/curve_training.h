#pragma once

// One curve of a figure, trained from where its run folder stands: measured at fixed sample counts,
// saved every minute, and the same whether it was interrupted or not. Main thread only.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "app/commands/curve_points.h"
#include "app/commands/marginal_estimator.h"
#include "app/commands/reproduce_plan.h"
#include "engine/io/run_lock.h"
#include "engine/train/session.h"

namespace elbow::commands {

class CurveTraining {
  public:
    // The lock is of the curve's run folder, and has to outlive this. An empty estimator: the curve
    // is of the lower bound, its training value the mean over the minibatches since the point
    // before.
    CurveTraining(const PlannedCurve&, const std::filesystem::path& out, io::RunLock&,
                  std::shared_ptr<const data::Dataset>, int threads, MarginalEstimator);

    // So many samples have been seen; `samples` of a new run are 0.
    std::int64_t samples() const { return session_->samples(); }
    double images_per_s() const { return session_->images_per_s(); }

    // Trains kRound samples. The point that was measured behind them, if there is one due. Throws
    // Error where the run diverges; nothing is saved then.
    std::optional<CurvePoint> advance();

    // Throws Error where there is no room for the run.
    void check_room() const;
    // Once a minute.
    bool save_is_due() const;
    // Throws Error where that is not possible.
    void save();

  private:
    CurvePoint measure();

    std::filesystem::path points_file_;
    io::RunLock& lock_;
    int threads_;
    MarginalEstimator marginal_;
    std::unique_ptr<train::Session> session_;
    std::vector<train::EvaluationRecord> evaluations_;
    train::ThinnedSeries<train::TrainRecord> training_;  // for history.csv
    std::vector<CurvePoint> points_;                     // whole ones
    std::optional<CurvePoint> between_;                  // as saved last; none right behind a point
    double minibatch_sum_ = 0.0;                         // nats, since the last point
    std::int64_t minibatch_samples_ = 0;                 // summed there
    std::chrono::steady_clock::time_point saved_at_ =
        std::chrono::steady_clock::now();  // or tried to
};

}  // namespace elbow::commands
