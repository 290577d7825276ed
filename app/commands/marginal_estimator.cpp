#include "app/commands/marginal_estimator.h"

#include "engine/core/error.h"

namespace elbow::commands {

MarginalEstimator marginal_estimator() {
    throw Error(
        "Figure 3 needs the estimator of the marginal likelihood (the paper's appendix D), which "
        "this version of the program does not have. Reproduce fig2, fig4 or fig5, or use a newer "
        "version.");
}

}  // namespace elbow::commands
