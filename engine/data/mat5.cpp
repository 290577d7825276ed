#include "engine/data/mat5.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <type_traits>

#include "engine/core/error.h"
#include "engine/data/byte_source.h"
#include "engine/data/inflater.h"

namespace elbow::data {
namespace {

// The format: "MAT-File Format", The MathWorks, chapter 1 (level 5).
using ByteSpan = std::span<const std::uint8_t>;

constexpr std::size_t kFileHeaderBytes = 128;
constexpr std::size_t kVersionAt = 124;
constexpr std::size_t kByteOrderAt = 126;
constexpr std::uint16_t kVersion = 0x0100;
constexpr std::uint16_t kVersionOfHdf5 = 0x0200;
constexpr std::size_t kTagBytes = 8;
// Flags, sizes and name of a matrix fit into this many bytes, unless it is none of ours.
constexpr std::size_t kMatrixHeaderBytes = 4096;
constexpr std::size_t kMostMatrices = 10'000;
constexpr const char* kReplace = " Fetch it again or replace it.";

enum Type : std::uint32_t {
    kInt8 = 1,
    kUint8 = 2,
    kInt16 = 3,
    kUint16 = 4,
    kInt32 = 5,
    kUint32 = 6,
    kSingle = 7,
    kDouble = 9,
    kMatrix = 14,
    kCompressed = 15
};

// The classes of matrices by their numbers; those from double to uint32 can be read.
constexpr std::array<const char*, 18> kClassNames{
    "0",     "cell",  "struct", "object", "char",   "sparse", "double", "single",   "int8",
    "uint8", "int16", "uint16", "int32",  "uint32", "int64",  "uint64", "function", "object"};
constexpr std::uint32_t kFirstNumericClass = 6;
constexpr std::uint32_t kLastNumericClass = 13;
constexpr std::uint32_t kLastClassWithName = 15;
constexpr std::uint32_t kComplexFlag = 0x0800;

// What is read from, and which matrix is wanted.
struct File {
    std::string shown_as;
    std::string wanted;
    bool big_endian = false;

    [[noreturn]] void fail(const std::string& what) const {
        throw Error("'" + shown_as + "' " + what);
    }
    [[noreturn]] void fail_matrix(const std::string& what) const {
        fail("has a matrix '" + wanted + "' that cannot be used: " + what);
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

File check_file_header(ByteSpan content, const std::string& wanted, const std::string& shown_as) {
    File file{shown_as, wanted};
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
    return file;
}

struct Element {
    std::uint32_t type = 0;
    ByteSpan data;
};

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

struct MatrixHeader {
    std::uint32_t class_number = 0;
    bool complex = false;
    std::vector<std::int32_t> shape;
    std::string name;
};

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
std::string shape_text(const std::vector<std::int32_t>& shape) {
    std::string text;
    for (const std::int32_t size : shape) {
        text += (text.empty() ? "" : " x ") + std::to_string(size);
        if (text.size() > 60) return text + " x ...";
    }
    return text.empty() ? "none" : text;
}

void check_matrix_header(const File& file, const MatrixHeader& header) {
    const std::uint32_t number = header.class_number;
    if (number < kFirstNumericClass || number > kLastNumericClass) {
        file.fail_matrix(
            "expected real numbers (class uint8 to uint32, int8 to int32, single or double), found "
            "the class " +
            (number < kClassNames.size() ? kClassNames[number] : std::to_string(number)) +
            ". Save it again as uint8.");
    }
    if (header.complex) {
        file.fail_matrix("expected real numbers, found complex ones. Save its real part as uint8.");
    }
    const std::string text = shape_text(header.shape);
    if (header.shape.size() != 2) {
        file.fail_matrix("expected two dimensions, found " + std::to_string(header.shape.size()) +
                         " (" + text + "). Reshape it to one image a column.");
    }
    const std::int64_t rows = header.shape[0];
    const std::int64_t columns = header.shape[1];
    if (rows < 1 || columns < 1 || static_cast<std::uint64_t>(rows * columns) > kLargestMat5Bytes) {
        file.fail_matrix("expected dimensions of at least 1 and at most " +
                         std::to_string(kLargestMat5Bytes) + " values, found " + text +
                         ". The file is damaged, or not the one expected: replace it.");
    }
}

std::uint64_t value_count(const MatrixHeader& header) {
    return static_cast<std::uint64_t>(header.shape[0]) *
           static_cast<std::uint64_t>(header.shape[1]);
}

template <class Number>
std::vector<std::uint8_t> grey_values(const File& file, const MatrixHeader& header, ByteSpan data) {
    const std::uint64_t count = value_count(header);
    if (data.size() != count * sizeof(Number)) {
        file.fail_matrix("its dimensions " + shape_text(header.shape) + " need " +
                         std::to_string(count * sizeof(Number)) + " bytes of values (" +
                         std::to_string(sizeof(Number)) + " each), found " +
                         std::to_string(data.size()) + "." + kReplace);
    }
    std::vector<std::uint8_t> values(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto value = static_cast<double>(file.number<Number>(data, i * sizeof(Number)));
        if (!(value >= 0.0 && value <= 255.0) || value != std::floor(value)) {
            std::array<char, 40> text{};
            std::snprintf(text.data(), text.size(), "%.9g", value);
            const auto rows = static_cast<std::size_t>(header.shape[0]);
            file.fail_matrix("expected whole numbers from 0 to 255, found " +
                             std::string(text.data()) + " in row " + std::to_string(i % rows + 1) +
                             ", column " + std::to_string(i / rows + 1) +
                             ". Scale and round them, and save them as uint8.");
        }
        values[i] = static_cast<std::uint8_t>(value);
    }
    return values;
}

// How values are stored need not be their class: whole doubles are often stored as bytes.
std::vector<std::uint8_t> stored_values(const File& file, const MatrixHeader& header,
                                        const Element& stored) {
    switch (stored.type) {
        case kInt8:
            return grey_values<std::int8_t>(file, header, stored.data);
        case kUint8:
            return grey_values<std::uint8_t>(file, header, stored.data);
        case kInt16:
            return grey_values<std::int16_t>(file, header, stored.data);
        case kUint16:
            return grey_values<std::uint16_t>(file, header, stored.data);
        case kInt32:
            return grey_values<std::int32_t>(file, header, stored.data);
        case kUint32:
            return grey_values<std::uint32_t>(file, header, stored.data);
        case kSingle:
            return grey_values<float>(file, header, stored.data);
        case kDouble:
            return grey_values<double>(file, header, stored.data);
        default:
            break;
    }
    file.fail_matrix("expected its values as numbers of type 1 to 7 or 9, found type " +
                     std::to_string(stored.type) + "." + kReplace);
}

// rest: what follows the matrix's header.
Mat5Matrix take_matrix(const File& file, const MatrixHeader& header, ByteSpan rest) {
    const Element stored = take_element(file, rest, "the values of '" + file.wanted + "'");
    if (!rest.empty()) {
        file.fail_matrix("expected nothing after its values, found " + std::to_string(rest.size()) +
                         " bytes." + kReplace);
    }
    return {static_cast<std::uint32_t>(header.shape[0]),
            static_cast<std::uint32_t>(header.shape[1]), stored_values(file, header, stored)};
}

// An element with the header and, where it is the wanted one, the content of its matrix.
struct OpenedMatrix {
    MatrixHeader header;
    std::vector<std::uint8_t> unpacked;  // what `rest` points into where it was compressed
    ByteSpan rest;                       // behind the header
};

// What a compressed element may unpack to follows from its matrix's dimensions, so that neither a
// damaged size nor a bomb asks for memory.
void expect_plausible_size(const File& file, const MatrixHeader& header, std::uint64_t promised,
                           std::uint64_t header_bytes, std::uint64_t packed) {
    const std::uint64_t largest = header_bytes + kTagBytes + value_count(header) * sizeof(double);
    if (promised <= largest && promised <= kLargestMat5Bytes && promised <= packed * kDeflateLimit)
        return;
    file.fail_matrix("it is compressed and promises " + std::to_string(promised) +
                     " bytes: its dimensions " + shape_text(header.shape) + " need at most " +
                     std::to_string(largest) + ", its " + std::to_string(packed) +
                     " compressed bytes hold at most " + std::to_string(packed * kDeflateLimit) +
                     ", and " + std::to_string(kLargestMat5Bytes) + " are read at most." +
                     kReplace);
}

// Unpacks only the header unless this is the wanted matrix.
OpenedMatrix open_compressed(const File& file, ByteSpan packed) {
    OpenedMatrix opened;
    Inflater inflater(packed);
    std::vector<std::uint8_t>& content = opened.unpacked;
    const auto fail_damaged = [&](std::uint64_t promised) {
        file.fail("is truncated or damaged: a compressed matrix promises " +
                  std::to_string(promised) + " bytes, and " + std::to_string(content.size()) +
                  " came out of it." + kReplace);
    };
    if (inflater.append(kTagBytes, content) < kTagBytes) fail_damaged(kTagBytes);
    if (const auto type = file.number<std::uint32_t>(content, 0); type != kMatrix) {
        file.fail("is damaged: expected a compressed matrix (type 14), found type " +
                  std::to_string(type) + "." + kReplace);
    }
    const std::uint64_t promised = file.number<std::uint32_t>(content, 4);
    content.clear();
    inflater.append(std::min<std::uint64_t>(promised, kMatrixHeaderBytes), content);
    opened.rest = content;
    opened.header = take_matrix_header(file, opened.rest);
    if (opened.header.name != file.wanted) return opened;

    check_matrix_header(file, opened.header);
    const std::uint64_t header_bytes = content.size() - opened.rest.size();
    expect_plausible_size(file, opened.header, promised, header_bytes, packed.size());
    inflater.append(promised - content.size(), content);
    if (content.size() < promised) fail_damaged(promised);
    std::vector<std::uint8_t> beyond;
    if (inflater.append(1, beyond) != 0) {
        file.fail_matrix("it is compressed and promises " + std::to_string(promised) +
                         " bytes, and more come out of it." + kReplace);
    }
    if (!inflater.ended()) fail_damaged(promised);
    opened.rest = ByteSpan(content).subspan(header_bytes);
    return opened;
}

OpenedMatrix open_matrix(const File& file, const Element& element) {
    if (element.type == kCompressed) return open_compressed(file, element.data);
    if (element.type != kMatrix) {
        file.fail("is damaged: expected a matrix (type 14, or 15 where it is compressed), found " +
                  std::to_string(element.data.size()) + " bytes of type " +
                  std::to_string(element.type) + "." + kReplace);
    }
    OpenedMatrix opened;
    opened.rest = element.data;
    opened.header = take_matrix_header(file, opened.rest);
    if (opened.header.name == file.wanted) check_matrix_header(file, opened.header);
    return opened;
}

[[noreturn]] void fail_not_there(const File& file, const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 8); ++i) {
        text += (i == 0 ? "'" : ", '") + names[i].substr(0, 63) + "'";
    }
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return std::isprint(c) == 0; }, '?');
    if (names.size() > 8) text += " and " + std::to_string(names.size() - 8) + " more";
    file.fail("has no matrix called '" + file.wanted + "', found " +
              (names.empty() ? "none at all" : text) +
              ". Replace it by the published file, or give the matrix that name.");
}

}  // namespace

Mat5Matrix parse_mat5(ByteSpan content, const std::string& matrix, const std::string& shown_as) {
    const File file = check_file_header(content, matrix, shown_as);
    ByteSpan rest = content.subspan(kFileHeaderBytes);
    std::vector<std::string> others;
    while (!rest.empty() && others.size() < kMostMatrices) {
        const Element element =
            take_element(file, rest, "data element " + std::to_string(others.size() + 1));
        const OpenedMatrix opened = open_matrix(file, element);
        if (opened.header.name == matrix) return take_matrix(file, opened.header, opened.rest);
        others.push_back(opened.header.name);
    }
    fail_not_there(file, others);
}

Mat5Matrix read_mat5(const std::filesystem::path& path, const std::string& matrix) {
    const std::vector<std::uint8_t> content = read_content(path, kLargestMat5Bytes + 1);
    if (content.size() > kLargestMat5Bytes) {
        throw Error("'" + path.string() + "' is too large: expected a MAT file of at most " +
                    std::to_string(kLargestMat5Bytes) + " bytes, found more. Replace it.");
    }
    return parse_mat5(content, matrix, path.string());
}

}  // namespace elbow::data
