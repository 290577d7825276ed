#pragma once

// The images of a file of arrays on their way to the cache. A function for a worker thread.

#include "engine/data/sources/choices.h"
#include "engine/data/sources/finding.h"
#include "engine/data/sources/import_cache.h"

namespace elbow::data {

// The finding has arrays. May throw Cancelled.
void import_arrays(const Finding&, const Choices&, ImportCache&, Progress&);

}  // namespace elbow::data
