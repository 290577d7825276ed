#pragma once

// The names that an option of texts may have, wherever they are listed: with the option itself, or
// as the data sets, estimators and optimisers in their rooms. Pure functions.

#include <string>
#include <vector>

#include "engine/run/config.h"

namespace elbow::run {

struct Choice {
    std::string name;     // as on the command line
    std::string title;    // as people call it
    std::string summary;  // one sentence; may be empty
};

// Of an option of run_options(); empty for one of numbers.
const std::vector<Choice>& choices_of(const Option&);

// What the option is set to, as people call it: "Wake-sleep" for wake_sleep, "all" training images
// for 0.
std::string value_text(const RunConfig&, const Option&);

// As a part of a sentence: "5 latents", "all training images", "step size 0.001", "targets grey".
std::string setting_text(const RunConfig&, const Option&);

// "adam, nadam, adagrad, sgd"
std::string choices_text(const Option&);

// Throws UsageError where a text of the configuration is none of its option's choices. The name of
// the data set is left to whoever loads it.
void check_choices(const RunConfig&);

}  // namespace elbow::run
