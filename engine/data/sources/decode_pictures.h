#pragma once

// All pictures of a folder or an archive as images of one size, decoded on all cores. A function
// for a worker thread.

#include <cstdint>
#include <functional>
#include <vector>

#include "engine/data/sources/choices.h"
#include "engine/data/sources/finding.h"

namespace elbow::data {

struct DecodedPicture {
    const FoundPicture* found = nullptr;
    std::vector<std::uint8_t> image;  // [C, H, W]
    std::uint32_t hash = 0;           // of the file's bytes
};

using SeeImage = std::function<void(DecodedPicture)>;

// Calls `see` for each on the caller's thread, in the order of the source, and returns what was
// left out, that of the look included. Throws Error as visit_files, and Cancelled within 0.1 s.
std::vector<LeftOut> decode_pictures(const Finding&, const Choices&, Progress&,
                                     const SeeImage& see);

}  // namespace elbow::data
