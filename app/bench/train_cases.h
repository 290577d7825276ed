#pragma once

// The models whose training step is measured: the paper's, of the sizes of its data sets.

#include <memory>
#include <string>
#include <vector>

#include "app/bench/floor.h"
#include "engine/data/dataset.h"
#include "engine/run/config.h"

namespace elbow::bench {

struct TrainCase {
    std::string name;
    RunConfig config;
    Schedule schedule;
    std::shared_ptr<const data::Dataset> images;
};

// Those that this processor can compute.
std::vector<TrainCase> train_cases();

}  // namespace elbow::bench
