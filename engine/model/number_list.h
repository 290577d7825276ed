#pragma once

// An option that is a list of whole numbers: "200,200". Pure functions.

#include <string>
#include <vector>

#include "engine/model/spec.h"

namespace elbow::model {

// Throws UsageError for anything but 1 to `most_numbers` numbers from 1 to `largest`.
std::vector<int> number_list(const Member&, const char* option, int most_numbers, int largest);

}  // namespace elbow::model
