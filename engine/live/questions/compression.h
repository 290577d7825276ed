#pragma once

// What the chosen image costs with some of its latents (explore/compression.h).

#include <memory>
#include <vector>

#include "engine/explore/compression.h"
#include "engine/live/question.h"

namespace elbow::live {

struct CompressionQuery {
    int image = 0;          // held out
    std::vector<int> kept;  // latents, each once
    bool operator==(const CompressionQuery&) const = default;
};

struct CompressionView final : View {
    CompressionQuery query;
    explore::Compression compression;
};

std::unique_ptr<Question> make_compression_question();

}  // namespace elbow::live
