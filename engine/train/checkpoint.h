#pragma once

// A whole run at one moment: what it takes to go on from there, and what was measured until then. A
// value, for any thread.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/spec.h"
#include "engine/run/config.h"
#include "engine/train/history.h"
#include "engine/train/snapshot.h"

namespace elbow::train {

// A change of a live option and the step before which it took effect: with the configuration and
// the seed, enough to repeat a run.
struct LoggedChange {
    std::int64_t step;
    std::string option;  // its name in run_options()
    std::string value;   // as text
};

// The best held-out score (held_out.h) of a run so far.
struct Best {
    double score;  // nats per image
    std::int64_t step;
    std::int64_t samples;
    int evaluations_since = 0;  // none of which was better
    bool operator==(const Best&) const = default;
};

// How the held-out score has come along, for a step size that halves where it stalls. The
// evaluations that count are those that are due, so that it does not matter whether somebody looks
// in between.
struct Stall {
    double best = -std::numeric_limits<double>::infinity();  // nats per image
    int evaluations_since = 0;                               // or since the last halving
    int halvings = 0;
    std::int64_t next_evaluation = 0;  // samples
    bool operator==(const Stall&) const = default;
};

struct Checkpoint {
    RunConfig config;  // as the run was started
    std::vector<LoggedChange> changes;
    // Where the run went on from weights alone (Session's third constructor): what the optimiser
    // and the estimator remembered began anew there. In rising order.
    std::vector<Moment> branches;
    model::ModelSpec spec;
    std::int64_t step = 0;
    std::int64_t samples = 0;
    double train_seconds = 0.0;
    // With which all of its steps were made: how the sums of a step are shared out decides their
    // last bits. Absent where it is not known or was not one number.
    std::optional<int> threads;
    std::optional<Best> best;       // absent before the first evaluation
    std::optional<Stall> stall;     // where the schedule follows the bound
    std::vector<float> parameters;  // those that are shown
    struct NamedState {
        std::string name;
        std::vector<float> values;
    };
    std::vector<NamedState> optimizer_state;
    std::vector<NamedState> estimator_state;
    // Oldest first; thinned in long runs.
    std::vector<EvaluationRecord> evaluations;
    std::vector<TrainRecord> training;
    std::vector<std::string> readings;  // of the estimator: what the training's are of
};

// Among what the optimiser remembers, where `parameters` are others.
inline constexpr const char* kLiveWeights = "live.weights";

// The weights that training goes on with.
const std::vector<float>& live_weights(const Checkpoint&);

// The configuration that it goes on with, its changes made. Throws Error for one of an option that
// does not exist.
RunConfig config_now(const Checkpoint&);

// What it shows, without the number of a run.
SnapshotPtr snapshot_of(const Checkpoint&);

// The checkpoint with what was measured until then.
inline Checkpoint with_history(Checkpoint checkpoint, std::vector<EvaluationRecord> evaluations,
                               std::vector<TrainRecord> training = {}) {
    checkpoint.evaluations = records_until(checkpoint.samples, std::move(evaluations));
    checkpoint.training = records_until(checkpoint.samples, std::move(training));
    for (TrainRecord& record : checkpoint.training)
        fit_readings(record, checkpoint.readings.size());
    return checkpoint;
}

}  // namespace elbow::train
