#pragma once

// The aggregate posterior q(z) beside the prior (explore/aggregate.h), of the newest map.

#include <memory>

#include "engine/explore/aggregate.h"
#include "engine/live/question.h"

namespace elbow::live {

struct AggregateQuery {
    int x_axis = 0, y_axis = 1;
    bool operator==(const AggregateQuery&) const = default;
};

struct AggregateView final : View {
    explore::Aggregate aggregate;  // without cells before the first map
};

std::unique_ptr<Question> make_aggregate_question();

}  // namespace elbow::live
