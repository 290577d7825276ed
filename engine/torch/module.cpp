// What the program looks up in LibTorch's module. The caller owns the results.

#include <string_view>
#include <utility>

#include "engine/torch/objectives/makers.h"

using elbow::estimator::EstimatorSetup;
using elbow::estimator::PartObjective;

extern "C" PartObjective* elbow_make_torch_objective(const char* name,
                                                     const EstimatorSetup* setup) {
    using Maker = std::unique_ptr<PartObjective> (*)(const EstimatorSetup&);
    constexpr std::pair<std::string_view, Maker> kObjectives[] = {
        {"sgvb_b", elbow::torch_models::make_sgvb_b},
        {"sgvb_a", elbow::torch_models::make_sgvb_a},
        {"iwae", elbow::torch_models::make_iwae},
        {"wake_sleep", elbow::torch_models::make_wake_sleep},
        {"autoencoder", elbow::torch_models::make_autoencoder},
        {"decoder", elbow::torch_models::make_decoder_alone},
    };
    for (const auto& [known, make] : kObjectives) {
        if (known == name) return make(*setup).release();
    }
    return nullptr;
}

// How many graphics cards LibTorch can compute on.
extern "C" int elbow_count_cuda_devices() {
    return torch::cuda::is_available() ? static_cast<int>(torch::cuda::device_count()) : 0;
}
