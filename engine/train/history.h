#pragma once

// What was measured along a run, for curves and tables. Values in nats per image.

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace elbow::train {

// Means over the minibatches since the record before: what the optimiser saw, while the weights
// moved.
struct TrainRecord {
    std::int64_t samples;
    double seconds;  // training time, evaluation and pauses not counted
    double epoch;
    double bound, reconstruction, kl;
    std::vector<double> readings = {};  // what else the estimator tells, in its order
};

// So many readings: those that were not told yet when the record was made are unknown.
inline void fit_readings(TrainRecord& record, std::size_t count) {
    record.readings.resize(count, std::numeric_limits<double>::quiet_NaN());
}

// Over all held-out images, one noise sample each, with the weights as they were at `samples`.
struct EvaluationRecord {
    std::int64_t samples;
    double seconds;
    double epoch;
    double train_bound;  // mean over the minibatches since the last evaluation, or since
                         // the run went on after being saved; NaN before the
                         // first step
    double test_bound, test_reconstruction, test_kl;
    double images_per_s;  // training alone, since the last evaluation; 0 before the first step
    std::vector<float> test_kl_per_latent;  // [N]
    bool averaged = false;                  // of the mean of the weights along the run

    // As train::score() of the same evaluation.
    double score() const { return std::isnan(test_bound) ? test_reconstruction : test_bound; }
};

// The records up to a moment, of those that a series or a table holds.
template <class Record>
std::vector<Record> records_until(std::int64_t samples, std::vector<Record> records) {
    std::erase_if(records, [samples](const Record& record) { return record.samples > samples; });
    return records;
}

// Keeps a growing series light: when it is full, every other record of its older half goes.
template <class Record>
class ThinnedSeries {
  public:
    explicit ThinnedSeries(std::size_t capacity = 8192) : capacity_(capacity) {}

    void push(Record record) {
        records_.push_back(std::move(record));
        if (records_.size() > capacity_) thin();
    }
    // Of a run that went back to so many training images.
    void drop_after(std::int64_t samples) {
        std::erase_if(records_, [&](const Record& record) { return record.samples > samples; });
    }
    void clear() { records_.clear(); }
    const std::vector<Record>& records() const { return records_; }

  private:
    void thin() {
        const std::size_t half = records_.size() / 2;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < records_.size(); ++i) {
            if (i >= half || i % 2 == 0) {
                if (kept != i) records_[kept] = std::move(records_[i]);
                ++kept;
            }
        }
        records_.erase(records_.begin() + static_cast<std::ptrdiff_t>(kept), records_.end());
    }

    std::size_t capacity_;
    std::vector<Record> records_;
};

}  // namespace elbow::train
