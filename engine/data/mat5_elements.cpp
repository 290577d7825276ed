#include "engine/data/mat5_elements.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

namespace elbow::data::mat5 {
namespace {

// The format: "MAT-File Format", The MathWorks, chapter 1 (level 5).
constexpr std::size_t kVersionAt = 124;
constexpr std::size_t kByteOrderAt = 126;
constexpr std::uint16_t kVersion = 0x0100;
constexpr std::uint16_t kVersionOfHdf5 = 0x0200;

// The classes of matrices by their numbers; those from double to uint64 can be read.
constexpr std::array<const char*, 18> kClassNames{
    "0",     "cell",  "struct", "object", "char",   "sparse", "double", "single",   "int8",
    "uint8", "int16", "uint16", "int32",  "uint32", "int64",  "uint64", "function", "object"};
constexpr std::uint32_t kFirstNumericClass = 6;
constexpr std::uint32_t kLastNumericClass = 15;
constexpr std::uint32_t kLastClassWithName = 15;
constexpr std::uint32_t kComplexFlag = 0x0800;

bool is_real_class(const MatrixHeader& header) {
    return header.class_number >= kFirstNumericClass && header.class_number <= kLastNumericClass;
}

}  // namespace

void take_file_header(File& file, ByteSpan content) {
    if (content.size() < kFileHeaderBytes) {
        file.fail("is truncated: a MAT file starts with a header of 128 bytes, found " +
                  std::to_string(content.size()) + "." + kReplace);
    }
    const std::uint8_t first = content[kByteOrderAt];
    const std::uint8_t second = content[kByteOrderAt + 1];
    file.big_endian = first == 'M' && second == 'I';
    if (!file.big_endian && !(first == 'I' && second == 'M')) {
        file.fail(
            "is not a MAT file of level 5: expected 'IM' or 'MI' in bytes 126 and 127, found " +
            std::to_string(first) + " and " + std::to_string(second) +
            ". Check what was put there; MATLAB writes level 5 with save -v6 or -v7.");
    }
    const auto version = file.number<std::uint16_t>(content, kVersionAt);
    if (version != kVersion) {
        file.fail(
            "has the MAT version " + std::to_string(version) + ", expected " +
            std::to_string(kVersion) + " (level 5)." +
            (version == kVersionOfHdf5 ? " It was saved with -v7.3: save it with -v7." : kReplace));
    }
}

// Takes the first element, with its padding, off `rest`.
Element take_element(const File& file, ByteSpan& rest, const std::string& what) {
    if (rest.size() < kTagBytes) {
        file.fail("is truncated or damaged: expected " + what + " with its tag of 8 bytes, found " +
                  std::to_string(rest.size()) + " bytes." + kReplace);
    }
    Element element;
    const auto word = file.number<std::uint32_t>(rest, 0);
    // A size in the upper half says that up to four bytes of data stand within the tag.
    if (const std::uint32_t small_bytes = word >> 16; small_bytes != 0) {
        if (small_bytes > 4) {
            file.fail("is damaged: " + what + " promises " + std::to_string(small_bytes) +
                      " bytes within its tag, which has room for 4." + kReplace);
        }
        element = {word & 0xFFFFU, rest.subspan(4, small_bytes)};
        rest = rest.subspan(kTagBytes);
        return element;
    }
    const auto bytes = file.number<std::uint32_t>(rest, 4);
    rest = rest.subspan(kTagBytes);
    if (bytes > rest.size()) {
        file.fail("is truncated or damaged: " + what + " promises " + std::to_string(bytes) +
                  " bytes, found " + std::to_string(rest.size()) + "." + kReplace);
    }
    element = {word, rest.first(bytes)};
    const std::size_t padding = word == kCompressed ? 0 : (8 - bytes % 8) % 8;
    rest = rest.subspan(std::min(rest.size(), bytes + padding));
    return element;
}

// Takes flags, sizes and name off the start of a matrix.
MatrixHeader take_matrix_header(const File& file, ByteSpan& rest) {
    MatrixHeader header;
    const Element flags = take_element(file, rest, "a matrix's flags");
    if (flags.type != kUint32 || flags.data.size() != 8) {
        file.fail("is damaged: expected a matrix's flags as 8 bytes of type 6, found " +
                  std::to_string(flags.data.size()) + " of type " + std::to_string(flags.type) +
                  "." + kReplace);
    }
    const auto word = file.number<std::uint32_t>(flags.data, 0);
    header.class_number = word & 0xFFU;
    header.complex = (word & kComplexFlag) != 0;
    if (header.class_number > kLastClassWithName) return header;  // written in other ways

    const Element sizes = take_element(file, rest, "a matrix's dimensions");
    if (sizes.type != kInt32 || sizes.data.size() % 4 != 0) {
        file.fail("is damaged: expected a matrix's dimensions as 4-byte numbers of type 5, found " +
                  std::to_string(sizes.data.size()) + " bytes of type " +
                  std::to_string(sizes.type) + "." + kReplace);
    }
    for (std::size_t at = 0; at < sizes.data.size(); at += 4) {
        header.shape.push_back(file.number<std::int32_t>(sizes.data, at));
    }
    const Element name = take_element(file, rest, "a matrix's name");
    header.name.assign(name.data.begin(), name.data.end());
    return header;
}

// "560 x 1965"
std::string dimensions_text(const std::vector<std::int32_t>& shape) {
    std::string text;
    for (const std::int32_t size : shape) {
        text += (text.empty() ? "" : " x ") + std::to_string(size);
        if (text.size() > 60) return text + " x ...";
    }
    return text.empty() ? "none" : text;
}

std::string class_name(const MatrixHeader& header) {
    const std::uint32_t number = header.class_number;
    return number < kClassNames.size() ? kClassNames[number] : std::to_string(number);
}

bool is_readable(const MatrixHeader& header) { return is_real_class(header) && !header.complex; }

void check_matrix_header(const File& file, const MatrixHeader& header) {
    if (!is_real_class(header)) {
        file.fail_matrix(
            "expected real numbers (class uint8 to uint64, int8 to int64, single or double), found "
            "the class " +
            class_name(header) + ". Save it again as uint8.");
    }
    if (header.complex) {
        file.fail_matrix("expected real numbers, found complex ones. Save its real part as uint8.");
    }
    const std::string text = dimensions_text(header.shape);
    if (header.shape.size() != 2 && (!file.any_shape || header.shape.empty())) {
        file.fail_matrix("expected two dimensions, found " + std::to_string(header.shape.size()) +
                         " (" + text + "). Reshape it to one image a column.");
    }
    std::uint64_t values = 1;
    for (const std::int32_t side : header.shape) {
        const std::uint64_t most = file.most_bytes / values;
        if (side < 1 || static_cast<std::uint64_t>(side) > most) {
            file.fail_matrix("expected dimensions of at least 1 and at most " +
                             std::to_string(file.most_bytes) + " values, found " + text +
                             ". The file is damaged, or not the one expected: replace it.");
        }
        values *= static_cast<std::uint64_t>(side);
    }
}

std::uint64_t value_count(const MatrixHeader& header) {
    return std::accumulate(header.shape.begin(), header.shape.end(), std::uint64_t{1},
                           std::multiplies<>());
}

}  // namespace elbow::data::mat5
