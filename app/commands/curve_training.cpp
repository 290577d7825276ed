#include "app/commands/curve_training.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/io/room.h"
#include "engine/io/run_folder.h"

namespace elbow::commands {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kCurveSaveInterval = std::chrono::seconds(60);
constexpr int kMarginalImages = 1000;  // the paper's figure 3: the first so many of each split

}  // namespace

CurveTraining::CurveTraining(const PlannedCurve& curve, const std::filesystem::path& out,
                             io::RunLock& lock, std::shared_ptr<const data::Dataset> dataset,
                             int threads, MarginalEstimator marginal)
    : points_file_(curve.points_file(out)),
      lock_(lock),
      threads_(threads),
      marginal_(std::move(marginal)) {
    const std::filesystem::path& folder = lock.folder();
    if (!io::holds_run(folder)) {
        session_ = std::make_unique<train::Session>(curve.config, std::move(dataset), threads);
        return;
    }
    io::SavedRun saved = io::load_run(folder);
    io::check_dataset(saved, *dataset);
    session_ = std::make_unique<train::Session>(saved.checkpoint, std::move(dataset), threads);
    evaluations_ = std::move(saved.checkpoint.evaluations);
    for (train::TrainRecord& record : saved.checkpoint.training) training_.push(std::move(record));
    // The points are written before the run, so a program that was killed in between left points
    // ahead of it; those come again.
    for (const CurvePoint& point : load_points(points_file_)) {
        if (point.samples > samples()) break;
        if (!std::isnan(point.test_nats)) points_.push_back(point);
        if (std::isnan(point.test_nats) && point.samples == samples()) between_ = point;
    }
    const std::int64_t last = points_.empty() ? 0 : points_.back().samples;
    if (next_point(last) <= samples()) {
        throw Error("'" + points_file_.string() + "' should hold the points of the run in '" +
                    folder.string() + "' up to " + std::to_string(samples()) +
                    " samples, but has them up to " + std::to_string(last) +
                    ". Put the file back, or remove the run folder to begin that curve anew.");
    }
    if (between_) {
        minibatch_samples_ = samples() - last;
        minibatch_sum_ = between_->train_nats * static_cast<double>(minibatch_samples_);
    }
}

std::optional<CurvePoint> CurveTraining::advance() {
    const std::int64_t end = samples() + kRound;
    while (samples() < end) session_->step();
    for (train::TrainRecord& record : session_->take_train_records()) {
        // One record for each kRound samples: the session makes them at that rhythm, and the runs
        // begin, stop and go on at its multiples.
        minibatch_sum_ += record.bound * static_cast<double>(kRound);
        minibatch_samples_ += kRound;
        training_.push(std::move(record));
    }
    std::optional<CurvePoint> point;
    if (samples() >= next_point(points_.empty() ? 0 : points_.back().samples)) {
        point = measure();
        points_.push_back(*point);
        minibatch_sum_ = 0.0;
        minibatch_samples_ = 0;
    }
    return point;
}

bool CurveTraining::save_is_due() const { return Clock::now() - saved_at_ >= kCurveSaveInterval; }

CurvePoint CurveTraining::measure() {
    CurvePoint point;
    point.samples = samples();
    if (marginal_) {
        const train::SnapshotPtr snapshot = session_->snapshot();
        const data::Dataset& dataset = session_->dataset();
        const auto value = [&](const data::ImageSet& set, int most) {
            return marginal_(*snapshot, dataset, set, std::min(kMarginalImages, most),
                             session_->config().seed, threads_);
        };
        point.train_nats = value(dataset.train, session_->train_count());
        point.test_nats = value(dataset.held_out, dataset.held_out.count);
    } else {
        train::EvaluationRecord record = session_->evaluate();
        record.train_bound = minibatch_samples_ > 0
                                 ? minibatch_sum_ / static_cast<double>(minibatch_samples_)
                                 : std::numeric_limits<double>::quiet_NaN();
        point.train_nats = record.train_bound;
        point.test_nats = record.test_bound;
        if (std::isfinite(point.test_nats)) evaluations_.push_back(std::move(record));
    }
    point.train_seconds = session_->train_seconds();
    if (!std::isfinite(point.test_nats)) {
        throw Error("The held-out images score no finite number after " +
                    std::to_string(point.samples) +
                    " samples. Choose a smaller --step-size and another --out folder.");
    }
    return point;
}

void CurveTraining::check_room() const { io::check_room(lock_.folder(), session_->checkpoint()); }

void CurveTraining::save() {
    saved_at_ = Clock::now();
    std::vector<CurvePoint> points = points_;
    const std::int64_t last = points.empty() ? 0 : points.back().samples;
    // The mean of the save before stays until this save is whole.
    if (between_ && between_->samples < samples()) points.push_back(*between_);
    std::sort(points.begin(), points.end(),
              [](const CurvePoint& a, const CurvePoint& b) { return a.samples < b.samples; });
    between_.reset();
    if (samples() > last) {
        between_ = CurvePoint{samples(), minibatch_sum_ / static_cast<double>(minibatch_samples_),
                              std::numeric_limits<double>::quiet_NaN(), session_->train_seconds()};
        points.push_back(*between_);
    }
    std::error_code ignored;  // what it hides, the next line says
    std::filesystem::create_directories(points_file_.parent_path(), ignored);
    save_points(points_file_, points);
    io::save_run(lock_,
                 train::with_history(session_->checkpoint(), evaluations_, training_.records()),
                 &session_->dataset());
}

}  // namespace elbow::commands
