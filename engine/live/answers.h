#pragma once

// What a request asks, answered at once and by the calling thread: for a picture, which can wait.

#include "engine/core/progress.h"
#include "engine/live/question.h"
#include "engine/live/views.h"

namespace elbow::live {

// One view for each of its queries that the model and the data set can answer, those that are made
// of others' last. Nothing of the scene
// is null. Throws Cancelled when the progress says so, and what the questions throw.
Views answers(const Scene&, Progress&);

}  // namespace elbow::live
