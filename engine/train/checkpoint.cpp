#include "engine/train/checkpoint.h"

#include "engine/core/error.h"

namespace elbow::train {

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
