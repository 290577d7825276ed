#pragma once

// What one image costs when it is sent through the model, with all of its latents or with some of
// them: bits back (Hinton & van Camp 1993; Townsend et al. 2019). Pure functions.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/model/model.h"

namespace elbow::explore {

struct Compression {
    int index = 0;                             // in the held-out set
    std::vector<std::uint8_t> reconstruction;  // [D] decoded from the means of the kept latents
    double code_nats = 0.0;   // KL of q(z|x) from the prior, of the kept latents alone
    double image_nats = 0.0;  // mean of -log p(x|z) over draws of the kept latents
    double nats() const { return code_nats + image_nats; }  // with all kept: minus the bound
};

// Whether the latents of the model can be left out one by one: those that are independent of each
// other, each with a KL of its own.
bool has_separate_latents(const model::ModelSpec&);

// kept: numbers of latents, each once; the others stand at the mean of the prior, which both sides
// know, so that they cost nothing. With all of them the draws, and so the numbers, are those of
// point_detail(). Throws UsageError for an image or a latent that is not there, and where latents
// are left out that cannot be.
Compression compression(model::Model&, model::Parameters, const data::Dataset&, int held_out_index,
                        std::span<const int> kept, int noise_samples, std::uint64_t seed);

}  // namespace elbow::explore
