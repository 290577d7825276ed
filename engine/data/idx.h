#pragma once

// The IDX format of MNIST: a magic number (0, 0, element type, number of dimensions), each
// dimension as a big-endian 32-bit number, then the elements. Only unsigned bytes are read, plain
// or compressed by gzip.

#include <cstdint>
#include <filesystem>
#include <vector>

#include "engine/core/progress.h"
#include "engine/data/byte_source.h"

namespace elbow::data {

// Nothing larger is taken for a data set; what a file's header says is held against these, and
// against the file's size, before memory is asked for.
inline constexpr std::uint32_t kLargestCount = 20'000'000;  // images or labels
inline constexpr std::uint32_t kLargestSide = 4096;         // pixels
inline constexpr std::uint64_t kLargestBytes = 16ULL << 30;

// The bytes before the elements in a file of this shape.
std::vector<std::uint8_t> idx_header(const std::vector<std::uint32_t>& shape);

// One file, read from its header to its last element. Used by one thread.
class IdxFile {
  public:
    // Reads the header. `dimensions` is 3 for images [count, rows, columns], 4 for images in colour
    // [count, rows, columns, channels] and 1 for labels [count]. Throws Error where the file has
    // another magic number or number of dimensions, an absurd size, or cannot hold what it
    // promises.
    IdxFile(const std::filesystem::path&, int dimensions);

    const std::vector<std::uint32_t>& shape() const { return shape_; }  // each at least 1

    // [product of shape] elements, the last index fastest; once. Throws Error where there are too
    // few or too many. May throw Cancelled; reports no progress itself.
    std::vector<std::uint8_t> read_values(const Progress&);

  private:
    ByteSource source_;
    std::vector<std::uint32_t> shape_;
    std::uint64_t promised_;  // elements
};

}  // namespace elbow::data
