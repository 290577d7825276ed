#include "engine/data/mat5.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

#include "engine/core/error.h"
#include "engine/data/byte_source.h"
#include "engine/data/inflater.h"
#include "engine/data/mat5_elements.h"

namespace elbow::data {
namespace {

using mat5::ByteSpan;
using mat5::Element;
using mat5::File;
using mat5::kReplace;
using mat5::kTagBytes;
using mat5::MatrixHeader;

// Flags, sizes and name of a matrix fit into this many bytes, unless it is none of ours.
constexpr std::size_t kMatrixHeaderBytes = 4096;
constexpr std::size_t kMostMatrices = 10'000;
constexpr std::size_t kValuesAtOnce = 64 << 10;
constexpr std::size_t kInflatedAtOnce = 4 << 20;  // bytes

using TakeOfMatrix = std::function<void(const MatrixHeader&, std::span<const double>)>;

template <class Number>
void visit_values(const File& file, const MatrixHeader& header, ByteSpan data,
                  const TakeOfMatrix& take) {
    const std::uint64_t count = value_count(header);
    if (data.size() != count * sizeof(Number)) {
        file.fail_matrix("its dimensions " + mat5::dimensions_text(header.shape) + " need " +
                         std::to_string(count * sizeof(Number)) + " bytes of values (" +
                         std::to_string(sizeof(Number)) + " each), found " +
                         std::to_string(data.size()) + "." + kReplace);
    }
    std::vector<double> values;
    for (std::size_t begin = 0; begin < count; begin += values.size()) {
        values.resize(std::min<std::uint64_t>(kValuesAtOnce, count - begin));
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] =
                static_cast<double>(file.number<Number>(data, (begin + i) * sizeof(Number)));
        }
        take(header, values);
    }
}

// How values are stored need not be their class: whole doubles are often stored as bytes.
void visit_stored(const File& file, const MatrixHeader& header, const Element& stored,
                  const TakeOfMatrix& take) {
    switch (stored.type) {
        case mat5::kInt8:
            return visit_values<std::int8_t>(file, header, stored.data, take);
        case mat5::kUint8:
            return visit_values<std::uint8_t>(file, header, stored.data, take);
        case mat5::kInt16:
            return visit_values<std::int16_t>(file, header, stored.data, take);
        case mat5::kUint16:
            return visit_values<std::uint16_t>(file, header, stored.data, take);
        case mat5::kInt32:
            return visit_values<std::int32_t>(file, header, stored.data, take);
        case mat5::kUint32:
            return visit_values<std::uint32_t>(file, header, stored.data, take);
        case mat5::kSingle:
            return visit_values<float>(file, header, stored.data, take);
        case mat5::kDouble:
            return visit_values<double>(file, header, stored.data, take);
        case mat5::kInt64:
            return visit_values<std::int64_t>(file, header, stored.data, take);
        case mat5::kUint64:
            return visit_values<std::uint64_t>(file, header, stored.data, take);
        default:
            break;
    }
    file.fail_matrix("expected its values as numbers of type 1 to 7, 9, 12 or 13, found type " +
                     std::to_string(stored.type) + "." + kReplace);
}

// rest: what follows the matrix's header.
void visit_matrix(const File& file, const MatrixHeader& header, ByteSpan rest,
                  const TakeOfMatrix& take) {
    const Element stored =
        take_element(file, rest, "the values of '" + file.wanted.value_or("") + "'");
    if (!rest.empty()) {
        file.fail_matrix("expected nothing after its values, found " + std::to_string(rest.size()) +
                         " bytes." + kReplace);
    }
    visit_stored(file, header, stored, take);
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
    if (promised <= largest && promised <= file.most_bytes && promised <= packed * kDeflateLimit)
        return;
    file.fail_matrix("it is compressed and promises " + std::to_string(promised) +
                     " bytes: its dimensions " + mat5::dimensions_text(header.shape) +
                     " need at most " + std::to_string(largest) + ", its " +
                     std::to_string(packed) + " compressed bytes hold at most " +
                     std::to_string(packed * kDeflateLimit) + ", and " +
                     std::to_string(file.most_bytes) + " are read at most." + kReplace);
}

// Unpacks only the header unless this is the wanted matrix.
OpenedMatrix open_compressed(const File& file, ByteSpan packed, const Progress* progress) {
    OpenedMatrix opened;
    Inflater inflater(packed);
    std::vector<std::uint8_t>& content = opened.unpacked;
    const auto fail_damaged = [&](std::uint64_t promised) {
        file.fail("is truncated or damaged: a compressed matrix promises " +
                  std::to_string(promised) + " bytes, and " + std::to_string(content.size()) +
                  " came out of it." + kReplace);
    };
    if (inflater.append(kTagBytes, content) < kTagBytes) fail_damaged(kTagBytes);
    if (const auto type = file.number<std::uint32_t>(content, 0); type != mat5::kMatrix) {
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
    while (content.size() < promised) {
        if (progress != nullptr) progress->throw_if_cancelled();
        const std::uint64_t wanted =
            std::min<std::uint64_t>(kInflatedAtOnce, promised - content.size());
        if (inflater.append(wanted, content) < wanted) break;
    }
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

OpenedMatrix open_matrix(const File& file, const Element& element, const Progress* progress) {
    if (element.type == mat5::kCompressed) return open_compressed(file, element.data, progress);
    if (element.type != mat5::kMatrix) {
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
    file.fail("has no matrix called '" + file.wanted.value_or("") + "', found " +
              (names.empty() ? "none at all" : text) +
              ". Replace it by the published file, or give the matrix that name.");
}

// Opens one matrix after the other until `visit`, given each, says that it was the last.
template <class Visit>
void for_each_matrix(File& file, ByteSpan content, const Progress* progress, Visit visit) {
    take_file_header(file, content);
    ByteSpan rest = content.subspan(mat5::kFileHeaderBytes);
    for (std::size_t i = 1; !rest.empty() && i <= kMostMatrices; ++i) {
        const Element element = take_element(file, rest, "data element " + std::to_string(i));
        if (visit(open_matrix(file, element, progress))) return;
    }
}

// The header of the wanted matrix, whose values `take` gets.
MatrixHeader visit_wanted(File& file, ByteSpan content, const Progress* progress,
                          const TakeOfMatrix& take) {
    std::vector<std::string> others;
    std::optional<MatrixHeader> found;
    for_each_matrix(file, content, progress, [&](const OpenedMatrix& opened) {
        if (opened.header.name == file.wanted) {
            visit_matrix(file, opened.header, opened.rest, take);
            found = opened.header;
        } else {
            others.push_back(opened.header.name);
        }
        return found.has_value();
    });
    if (!found) fail_not_there(file, others);
    return *found;
}

void append_grey(const File& file, const MatrixHeader& header, std::span<const double> more,
                 std::vector<std::uint8_t>& values) {
    const auto rows = static_cast<std::size_t>(header.shape[0]);
    values.reserve(value_count(header));  // the file holds them
    for (const double value : more) {
        if (!(value >= 0.0 && value <= 255.0) || value != std::floor(value)) {
            std::array<char, 40> text{};
            std::snprintf(text.data(), text.size(), "%.9g", value);
            const std::size_t at = values.size();
            file.fail_matrix("expected whole numbers from 0 to 255, found " +
                             std::string(text.data()) + " in row " + std::to_string(at % rows + 1) +
                             ", column " + std::to_string(at / rows + 1) +
                             ". Scale and round them, and save them as uint8.");
        }
        values.push_back(static_cast<std::uint8_t>(value));
    }
}

}  // namespace

std::vector<Mat5Entry> list_mat5(ByteSpan content, const std::string& shown_as) {
    File file{shown_as, {}, kLargestMat5ArrayBytes, true};
    std::vector<Mat5Entry> entries;
    for_each_matrix(file, content, nullptr, [&entries](const OpenedMatrix& opened) {
        const MatrixHeader& header = opened.header;
        entries.push_back({header.name, class_name(header), header.shape, is_readable(header)});
        return false;
    });
    return entries;
}

void visit_mat5(ByteSpan content, const std::string& matrix, const std::string& shown_as,
                const Progress& progress,
                const std::function<void(std::span<const double>)>& take) {
    File file{shown_as, matrix, kLargestMat5ArrayBytes, true};
    visit_wanted(file, content, &progress,
                 [&take](const MatrixHeader&, std::span<const double> values) { take(values); });
}

Mat5Matrix parse_mat5(ByteSpan content, const std::string& matrix, const std::string& shown_as) {
    File file{shown_as, matrix, kLargestMat5Bytes};
    std::vector<std::uint8_t> values;
    const MatrixHeader header = visit_wanted(
        file, content, nullptr, [&](const MatrixHeader& of, std::span<const double> more) {
            append_grey(file, of, more, values);
        });
    return {static_cast<std::uint32_t>(header.shape[0]),
            static_cast<std::uint32_t>(header.shape[1]), std::move(values)};
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
