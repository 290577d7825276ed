#pragma once

// Which class the places along a path belong to (explore/classes.h). Of images without classes, and
// of a run without an encoder, there is no answer.

#include <memory>
#include <vector>

#include "engine/explore/classes.h"
#include "engine/explore/interpolation.h"
#include "engine/live/class_votes.h"
#include "engine/live/question.h"

namespace elbow::live {

struct PathClassesQuery {
    explore::PathRequest path;  // its frames are the places
    HeldOutClasses classes = {};
    bool operator==(const PathClassesQuery&) const = default;
};

struct PathClassesView final : View {
    PathClassesQuery query;
    std::vector<explore::ClassVote> votes;  // [frames]; empty: the images are not encoded yet
    int voters = 0;
};

std::unique_ptr<Question> make_path_classes_question();

}  // namespace elbow::live
