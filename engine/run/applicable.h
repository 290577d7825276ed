#pragma once

// Which options decide anything in a run, so that whoever shows them can say why one does not. Pure
// functions, for any thread.

#include <string>

#include "engine/run/config.h"

namespace elbow::run {

// Empty where the option matters to the run, whatever its value; otherwise one sentence saying why
// it does not.
std::string not_applicable_because(const Option&, const RunConfig&);

// Whether the option belongs to members of a family, or to a schedule or an average, of which
// another one is chosen: the components of a mixture, where the prior is normal.
bool is_of_another_member(const Option&, const RunConfig&);

}  // namespace elbow::run
