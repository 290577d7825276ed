#pragma once

// How fast the decoded image changes, over a part of the map's plane.

#include <memory>

#include "engine/explore/metric.h"
#include "engine/live/question.h"

namespace elbow::live {

struct MetricQuery {
    explore::ManifoldRequest plane;
    bool operator==(const MetricQuery&) const = default;
};

struct MetricView final : View {
    explore::Metric metric;
};

std::unique_ptr<Question> make_metric_question();

}  // namespace elbow::live
