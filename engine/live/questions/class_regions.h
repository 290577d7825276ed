#pragma once

// Which class each cell of a part of the map's plane belongs to (explore/classes.h).

#include <memory>
#include <vector>

#include "engine/explore/classes.h"
#include "engine/explore/manifold.h"
#include "engine/live/class_votes.h"
#include "engine/live/question.h"

namespace elbow::live {

struct ClassRegionsQuery {
    explore::ManifoldRequest plane;
    HeldOutClasses classes = {};
    bool operator==(const ClassRegionsQuery&) const = default;
};

struct ClassRegionsView final : View {
    explore::ManifoldRequest plane;
    HeldOutClasses classes;  // that the votes are for
    // At the middles of the cells, [rows, columns], row 0 at the top; empty: the images are not
    // encoded yet.
    std::vector<explore::ClassVote> votes;
    int voters = 0;
};

std::unique_ptr<Question> make_class_regions_question();

}  // namespace elbow::live
