#pragma once

// What a run's steps have found, summed up until somebody wants a mean: for the records of its
// training, for its evaluations and for its speed. The Session's thread alone.

#include <cstdint>
#include <vector>

#include "engine/estimator/estimator.h"
#include "engine/train/history.h"

namespace elbow::train {

// Sums over the images of some steps.
struct Running {
    estimator::BoundSum sum;
    std::int64_t samples = 0;
    double seconds = 0.0;
    std::vector<double> readings;  // each times the images of its minibatch
    void add(const estimator::BoundSum& step_sum, std::int64_t count, double step_seconds);
    void add(const std::vector<estimator::Reading>& step_readings, std::int64_t count);
};

class Recorder {
  public:
    // Where the run is after the steps that are added.
    struct Moment {
        std::int64_t samples;
        double seconds;
        double epoch;
    };

    // bounded: whether the run has a bound; without one its records hold none, and no KL.
    void add(const Running& steps, const std::vector<estimator::Reading>&, const Moment&,
             bool bounded);

    // Records made since the last call; there are minibatch means about every kRecordInterval
    // samples.
    std::vector<TrainRecord> take_records();
    // The sums since the last call.
    Running take_since_evaluation();
    // Training speed over the last second or so.
    double images_per_s() const { return images_per_s_; }

    // For a run that goes back; the records stay.
    void forget_sums() { since_record_ = since_evaluation_ = since_speed_ = {}; }

  private:
    void record(const Moment&, bool bounded);

    Running since_record_, since_evaluation_, since_speed_;
    std::vector<TrainRecord> records_;
    double images_per_s_ = 0.0;
};

}  // namespace elbow::train
