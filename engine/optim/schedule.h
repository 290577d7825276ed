#pragma once

// How the step size changes along a run. Pure functions.

#include <string>

#include "engine/core/registry.h"

namespace elbow::optim {

struct ScheduleEntry {
    std::string name;
    std::string title;
    std::string summary;
    // The part of the step size that is taken where the schedule is done by `done`, in [0, 1] of
    // its length. Null: it has no length.
    double (*part)(double done);
    bool halves_on_a_stall = false;  // it follows the held-out bound instead
};

const Registry<ScheduleEntry>& schedules();

}  // namespace elbow::optim
