#pragma once

// All that the window may ask (engine/live/question.h).

#include <memory>
#include <vector>

#include "engine/live/question.h"

namespace elbow::live {

// By urgency. Before each of the others the first one has its turn: the cursor, which never waits.
std::vector<std::unique_ptr<Question>> make_questions();

}  // namespace elbow::live
