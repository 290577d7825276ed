#pragma once

// Whether minus the bound of a model is how much room an image takes without loss, and what it is
// where it is not. Pure function.

#include <string>

#include "engine/data/dataset.h"
#include "engine/model/spec.h"

namespace elbow::run {

struct CodeLength {
    bool lossless = false;
    // What has to be added to -log2 p(x) / D: a density of values from 0 to 1 is one of 256 grey
    // values with 8 bits more.
    double more_bits_a_value = 0.0;
    std::string words;  // a sentence or two
};

CodeLength code_length(const model::ModelSpec&, data::Targets);

}  // namespace elbow::run
