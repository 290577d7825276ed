#pragma once

// The points of one curve that is being reproduced, as a CSV beside its run folder: samples,
// train_nats, test_nats, train_seconds. A line without a test value is a mean over the minibatches
// since the point before, noted where the run was saved between two points, so that the next
// point's mean comes out as if the training had never stopped.

#include <cstdint>
#include <filesystem>
#include <vector>

namespace elbow::commands {

struct CurvePoint {
    std::int64_t samples = 0;
    double train_nats = 0.0;
    double test_nats = 0.0;  // NaN: between two points
    double train_seconds = 0.0;
};

// Empty where there is no file. Throws Error naming the line that does not fit.
std::vector<CurvePoint> load_points(const std::filesystem::path&);

// Throws Error where the file cannot be written.
void save_points(const std::filesystem::path&, const std::vector<CurvePoint>&);

// Without the means between two points.
std::vector<CurvePoint> whole_points(std::vector<CurvePoint>);

}  // namespace elbow::commands
