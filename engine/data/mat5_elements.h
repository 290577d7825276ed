#pragma once

// What a MAT file of level 5 (mat5.h) is made of: its header, and elements with the headers of
// matrices in them. Pure functions for its reader.

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "engine/core/error.h"

namespace elbow::data::mat5 {

using ByteSpan = std::span<const std::uint8_t>;

inline constexpr std::size_t kFileHeaderBytes = 128;
inline constexpr std::size_t kTagBytes = 8;
inline constexpr const char* kReplace = " Fetch it again or replace it.";

enum Type : std::uint32_t {
    kInt8 = 1,
    kUint8 = 2,
    kInt16 = 3,
    kUint16 = 4,
    kInt32 = 5,
    kUint32 = 6,
    kSingle = 7,
    kDouble = 9,
    kInt64 = 12,
    kUint64 = 13,
    kMatrix = 14,
    kCompressed = 15
};

// What is read from, and which matrix is wanted.
struct File {
    std::string shown_as;
    std::optional<std::string> wanted;  // absent: only what there is
    std::uint64_t most_bytes = 0;       // of a matrix
    bool any_shape = false;             // rather than two dimensions
    bool big_endian = false;

    [[noreturn]] void fail(const std::string& what) const {
        throw Error("'" + shown_as + "' " + what);
    }
    [[noreturn]] void fail_matrix(const std::string& what) const {
        fail("has a matrix '" + wanted.value_or("") + "' that cannot be used: " + what);
    }

    // bytes: at least sizeof(Number) from `at` on.
    template <class Number>
    Number number(ByteSpan bytes, std::size_t at) const {
        using Bits = std::conditional_t<
            sizeof(Number) == 1, std::uint8_t,
            std::conditional_t<
                sizeof(Number) == 2, std::uint16_t,
                std::conditional_t<sizeof(Number) == 4, std::uint32_t, std::uint64_t>>>;
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < sizeof(Number); ++i) {
            const std::size_t place = big_endian ? sizeof(Number) - 1 - i : i;
            bits |= std::uint64_t{bytes[at + place]} << (8 * i);
        }
        return std::bit_cast<Number>(static_cast<Bits>(bits));
    }
};

// Reads the byte order off the header of a file; throws Error where it has none.
void take_file_header(File&, ByteSpan content);

struct Element {
    std::uint32_t type = 0;
    ByteSpan data;
};

// Takes the first element, with its padding, off `rest`.
Element take_element(const File&, ByteSpan& rest, const std::string& what);

struct MatrixHeader {
    std::uint32_t class_number = 0;
    bool complex = false;
    std::vector<std::int32_t> shape;
    std::string name;
};

// Takes flags, sizes and name off the start of a matrix.
MatrixHeader take_matrix_header(const File&, ByteSpan& rest);

// "560 x 1965"
std::string dimensions_text(const std::vector<std::int32_t>& shape);

// "uint8"
std::string class_name(const MatrixHeader&);
// Its class is one of real numbers that can be read.
bool is_readable(const MatrixHeader&);

// Throws Error where the wanted matrix cannot be read.
void check_matrix_header(const File&, const MatrixHeader&);
// The product of the shape, which was checked.
std::uint64_t value_count(const MatrixHeader&);

}  // namespace elbow::data::mat5
