#pragma once

// A model for the tiny data set whose weights are random and large enough for its outputs to vary.

#include "engine/fused/fused_model.h"

namespace elbow::test {

struct TinyModel {
    explicit TinyModel(int latents, std::uint64_t seed = 3)
        : architecture{12, 10, 16, latents, fused::Activation::kTanh},
          parameters(model::initial_parameters(architecture, "glorot", seed)),
          vae(architecture) {
        for (float& parameter : parameters) parameter *= 2.0f;
    }

    fused::Architecture architecture;
    std::vector<float> parameters;
    fused::FusedModel vae;
};

}  // namespace elbow::test
