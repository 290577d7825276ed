#pragma once

// Reconstructions of some held-out images, and samples from the prior.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/live/question.h"

namespace elbow::live {

struct SheetsQuery {
    std::vector<int> reconstructions;  // held-out images
    int prior_samples = 64;
    std::uint64_t prior_seed = 1;  // a new seed: new noise
    int prior_columns = 8;         // of a model that is told labels each row of samples has its own
    bool operator==(const SheetsQuery&) const = default;
};

struct SheetView final : View {
    std::vector<int> reconstructed;             // held-out images; none where there is no encoder
    std::vector<std::uint8_t> reconstructions;  // [reconstructed.size(), D]
    int prior_count = 0;
    std::vector<float> prior_z;               // [prior_count, N]
    std::vector<std::uint8_t> prior_samples;  // [prior_count, D]
};

std::unique_ptr<Question> make_sheets_question();

}  // namespace elbow::live
