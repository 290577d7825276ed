#pragma once

// MATLAB's MAT file of level 5: a header of 128 bytes, then data elements, each with its type and
// size. Only what a table of grey values needs is read: one real numeric matrix with two
// dimensions, plain or compressed by zlib, in either byte order. Used by one thread.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace elbow::data {

struct Mat5Matrix {
    std::uint32_t rows = 0;            // at least 1
    std::uint32_t columns = 0;         // at least 1
    std::vector<std::uint8_t> values;  // [columns, rows]: one column after the other
};

// Nothing larger is read: of a file, and of a matrix once it is unpacked.
inline constexpr std::uint64_t kLargestMat5Bytes = 64 << 20;

// Reads the matrix of this name. Throws Error where the file is missing, truncated, damaged or of
// another format, where it has no such matrix, and where that matrix is not one of real whole
// numbers from 0 to 255 (stored as uint8, double or any of the types between).
Mat5Matrix read_mat5(const std::filesystem::path&, const std::string& matrix);

// The same of a file's content; `shown_as` names it in messages.
Mat5Matrix parse_mat5(std::span<const std::uint8_t> content, const std::string& matrix,
                      const std::string& shown_as);

}  // namespace elbow::data
