#pragma once

// Which options decide anything in a run, so that whoever shows them can say why one does not. Pure
// functions, for any thread.

#include <string>

#include "engine/core/config.h"

namespace elbow::train {

// Empty where the option matters to the run, whatever its value; otherwise one sentence saying why
// it does not.
std::string not_applicable_because(const Option&, const RunConfig&);

}  // namespace elbow::train
