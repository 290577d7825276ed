#pragma once

// Images that need no files and no time: grey values drawn from a counter, for benchmarks, whose
// speed depends on how many pixels are zero, and hardly on what the images show.

#include <memory>

#include "engine/data/dataset.h"

namespace elbow::bench {

struct ImageSizes {
    int height = 28;  // pixels
    int width = 28;   // pixels
    int train = 1;    // images
    int held_out = 100;
    bool continuous = false;  // for a Gaussian likelihood
    int black_percent = 0;    // % of the pixels that are zero, in runs of eight
};

std::shared_ptr<const data::Dataset> images_in_memory(const ImageSizes&);

}  // namespace elbow::bench
