#pragma once

// The sizes at which `elbow bench grow` measures. Plain data.

#include <cstdint>
#include <string>
#include <vector>

#include "app/bench/memory_images.h"
#include "engine/model/spec.h"
#include "engine/run/config.h"

namespace elbow::bench {

struct GrowCase {
    std::string name;  // "784-500-20, 60 000 images", "map of 100 000 points, 784-500-2"
    RunConfig config;
    ImageSizes sizes;
    bool map = false;  // of the held-out images; otherwise the training is measured
};

// In the order in which they are shown; no two have the same name.
std::vector<GrowCase> grow_cases();

model::ModelSpec spec_of(const GrowCase&);

// Bytes that measuring takes, about.
std::uint64_t memory_needed(const GrowCase&);

}  // namespace elbow::bench
