#pragma once

// A model for the tiny data set whose weights are random and large enough for its outputs to vary.

#include "engine/model/fused_model.h"

namespace elbow::test {

struct TinyModel {
    explicit TinyModel(int latents, std::uint64_t seed = 3)
        : architecture{12, 10, 16, latents, model::Activation::kTanh},
          parameters(model::initial_parameters(architecture, "glorot", seed)),
          vae(architecture) {
        for (float& parameter : parameters) parameter *= 2.0f;
    }

    model::Architecture architecture;
    std::vector<float> parameters;
    model::FusedModel vae;
};

}  // namespace elbow::test
