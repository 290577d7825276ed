#pragma once

// What an image costs with some of its latents (explore/compression.h): the chosen one, and the
// drawing.

#include <memory>
#include <vector>

#include "engine/explore/compression.h"
#include "engine/live/question.h"
#include "engine/live/questions/drawing.h"

namespace elbow::live {

struct CompressionQuery {
    int image = 0;          // held out
    std::vector<int> kept;  // latents, each once
    bool operator==(const CompressionQuery&) const = default;
};
struct DrawingCompressionQuery {
    DrawingQuery drawing;
    std::vector<int> kept;
    bool operator==(const DrawingCompressionQuery&) const = default;
};

template <class Query>
struct CompressionOf final : View {
    Query query;
    explore::Compression compression;
};
using CompressionView = CompressionOf<CompressionQuery>;
using DrawingCompressionView = CompressionOf<DrawingCompressionQuery>;

std::unique_ptr<Question> make_compression_question();
std::unique_ptr<Question> make_drawing_compression_question();

}  // namespace elbow::live
