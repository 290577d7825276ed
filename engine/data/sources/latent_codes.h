#pragma once

// The codes of images in an npz, as `elbow encode` and the window's export write them and as other
// programs do: to be shown on the map. Functions for a worker thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "engine/core/progress.h"

namespace elbow::data {

struct LatentCodes {
    std::filesystem::path file;
    int latents = 0;
    int in_file = 0;                   // codes
    std::vector<float> z;              // [count, latents], of at most kMostCodes fairly chosen
    std::vector<std::uint8_t> labels;  // [count], as numbered there; empty: none

    int count() const { return latents > 0 ? static_cast<int>(z.size()) / latents : 0; }
};

inline constexpr int kMostCodes = 10'000;

// An npz with a table of fractions under a name that codes have ("mean", "z", "codes"...) and no
// array that can be images. False where it cannot be read.
bool is_codes_file(const std::filesystem::path&);

// Throws Error where there are none in it, or codes of another length than `latents`, saying which;
// Cancelled.
std::shared_ptr<const LatentCodes> read_latent_codes(const std::filesystem::path&, int latents,
                                                     Progress&);

}  // namespace elbow::data
