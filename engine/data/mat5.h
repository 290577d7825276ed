#pragma once

// MATLAB's MAT file of level 5: a header of 128 bytes, then data elements, each with its type and
// size. Read are real numeric matrices, plain or compressed by zlib, in either byte order. Pure
// functions.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/progress.h"

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

// The same limit where any matrix is read (visit_mat5); no such file holds larger ones.
inline constexpr std::uint64_t kLargestMat5ArrayBytes = 2ULL << 30;

struct Mat5Entry {
    std::string name;
    std::string type;  // "uint8", "double", "cell"
    std::vector<std::int32_t> shape;
    bool readable = false;  // real numbers
};

// What a file holds; reads no values. Throws Error as read_mat5 does.
std::vector<Mat5Entry> list_mat5(std::span<const std::uint8_t> content,
                                 const std::string& shown_as);

// Hands the values of a matrix of any dimensions to `take`, piece by piece, the first index
// fastest. Throws Error as read_mat5 does, and Cancelled.
void visit_mat5(std::span<const std::uint8_t> content, const std::string& matrix,
                const std::string& shown_as, const Progress&,
                const std::function<void(std::span<const double>)>& take);

}  // namespace elbow::data
