#pragma once

// `elbow reproduce` without its command line. Main thread only.

#include "app/commands/marginal_estimator.h"
#include "app/commands/reproduce_plan.h"

namespace elbow::commands {

// Trains what the figure needs and writes it; lines of results go to stdout, the progress to
// stderr. Figure 3 needs `marginal`. Throws UsageError for what there is not, Error where something
// cannot be read, trained or written, or where Ctrl-C ended it (all is saved then).
void reproduce(const ReproduceOptions&, const MarginalEstimator& marginal);

}  // namespace elbow::commands
