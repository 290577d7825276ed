#pragma once

// Which of a benchmark's cases are wanted. A pure function.

#include <string>
#include <vector>

#include "engine/core/error.h"

namespace elbow::bench {

// Those with this text in their names; an empty text is in all. `kind`: what one of them is called,
// "model". Throws UsageError that lists the names where there is none.
template <class Case>
std::vector<Case> cases_named(const std::vector<Case>& all, const std::string& part_of_name,
                              const std::string& kind) {
    std::vector<Case> chosen;
    std::string names;
    for (const Case& each : all) {
        names += "\n  " + each.name;
        if (each.name.find(part_of_name) != std::string::npos) chosen.push_back(each);
    }
    if (chosen.empty()) {
        throw UsageError("--model: no " + kind + " has '" + part_of_name +
                         "' in its name. There are:" + names);
    }
    return chosen;
}

}  // namespace elbow::bench
