#include "engine/train/checkpoint.h"

#include <memory>

#include "engine/core/error.h"
#include "engine/run/measure.h"

namespace elbow::train {

const std::vector<float>& live_weights(const Checkpoint& checkpoint) {
    for (const Checkpoint::NamedState& state : checkpoint.optimizer_state)
        if (state.name == kLiveWeights) return state.values;
    return checkpoint.parameters;
}

SnapshotPtr snapshot_of(const Checkpoint& checkpoint) {
    return std::make_shared<const ParameterSnapshot>(
        ParameterSnapshot{checkpoint.spec, checkpoint.parameters, 0, checkpoint.step,
                          checkpoint.samples, run::has_encoder(config_now(checkpoint))});
}

RunConfig config_now(const Checkpoint& checkpoint) {
    RunConfig config = checkpoint.config;
    for (const LoggedChange& logged : checkpoint.changes) {
        const Option* option = find_run_option(logged.option);
        if (option == nullptr) {
            throw Error("The saved run changed an option '" + logged.option +
                        "', which does not exist.");
        }
        set_option_from_text(config, *option, logged.value);
    }
    return config;
}

}  // namespace elbow::train
