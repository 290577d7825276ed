#include "engine/train/recorder.h"

#include <utility>

#include "engine/train/held_out.h"

namespace elbow::train {
namespace {

constexpr std::int64_t kRecordInterval = 1000;  // samples between two records of minibatch means
constexpr double kSpeedWindow_s = 0.5;          // training time that a speed is a mean over

}  // namespace

void Running::add(const estimator::BoundSum& step_sum, std::int64_t count, double step_seconds) {
    sum.reconstruction += step_sum.reconstruction;
    sum.kl += step_sum.kl;
    sum.gain += step_sum.gain;
    samples += count;
    seconds += step_seconds;
}

void Running::add(const std::vector<estimator::Reading>& step_readings, std::int64_t count) {
    readings.resize(step_readings.size(), 0.0);
    for (std::size_t i = 0; i < readings.size(); ++i)
        readings[i] += step_readings[i].value * static_cast<double>(count);
}

void Recorder::add(const Running& steps, const std::vector<estimator::Reading>& readings,
                   const Moment& moment, bool bounded) {
    for (Running* running : {&since_record_, &since_evaluation_, &since_speed_})
        running->add(steps.sum, steps.samples, steps.seconds);
    since_record_.add(readings, steps.samples);
    if (since_speed_.seconds >= kSpeedWindow_s) {
        images_per_s_ = static_cast<double>(since_speed_.samples) / since_speed_.seconds;
        since_speed_ = {};
    }
    if (since_record_.samples >= kRecordInterval) record(moment, bounded);
}

void Recorder::record(const Moment& moment, bool bounded) {
    const auto images = static_cast<double>(since_record_.samples);
    for (double& reading : since_record_.readings) reading /= images;
    records_.push_back({moment.samples, moment.seconds, moment.epoch,
                        bounded ? since_record_.sum.bound() / images : kNotANumber,
                        since_record_.sum.reconstruction / images,
                        bounded ? since_record_.sum.kl / images : kNotANumber,
                        std::move(since_record_.readings)});
    since_record_ = {};
}

std::vector<TrainRecord> Recorder::take_records() { return std::exchange(records_, {}); }

Running Recorder::take_since_evaluation() { return std::exchange(since_evaluation_, {}); }

}  // namespace elbow::train
