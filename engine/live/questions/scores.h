#pragma once

// What the model makes of each held-out image (explore/scores.h).

#include <memory>

#include "engine/explore/scores.h"
#include "engine/live/question.h"

namespace elbow::live {

struct ScoresQuery {
    bool operator==(const ScoresQuery&) const = default;
};

struct ScoresView final : View {
    explore::ImageScores scores;
};

std::unique_ptr<Question> make_scores_question();

}  // namespace elbow::live
