#pragma once

// The amortisation gap of the chosen image (explore/amortisation.h), some time after the rest that
// there is to say of it. Asked by a PointQuery.

#include <memory>

#include "engine/explore/amortisation.h"
#include "engine/live/question.h"

namespace elbow::live {

struct RefinedView final : View {
    explore::RefinedPoint point;
};

std::unique_ptr<Question> make_refined_question();

}  // namespace elbow::live
