#include "engine/io/npz.h"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/text.h"

namespace elbow::io {
namespace {

static_assert(std::endian::native == std::endian::little,
              "the arrays are little-endian, and so are the machines that this was written for");

constexpr std::uint64_t kMostZipBytes = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kArrayAlignment = 64;  // of the values, as numpy maps them
constexpr std::uint16_t kZipVersion = 20;
// 1 January 1980, midnight: the same arrays make the same bytes.
constexpr std::uint16_t kZipDate = 1U << 5U | 1U, kZipTime = 0;

template <class Whole>
void append_whole(std::string& bytes, Whole number) {
    for (std::size_t i = 0; i < sizeof number; ++i)
        bytes += static_cast<char>(number >> 8U * i & 0xFFU);
}

template <class Value>
std::string_view bytes_of_values(std::span<const Value> values) {
    return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

// What stands before the values: version 1.0, a Python dictionary, blanks up to the alignment.
std::string npy_header(const std::string& dtype, const NpzFile::Shape& shape) {
    std::string sides;
    for (const std::int64_t side : shape) sides += std::to_string(side) + ",";
    std::string words =
        "{'descr': '" + dtype + "', 'fortran_order': False, 'shape': (" + sides + "), }";
    std::string header("\x93NUMPY\x01\x00", 8);
    const std::size_t whole = header.size() + sizeof(std::uint16_t) + words.size() + 1;
    words.append((kArrayAlignment - whole % kArrayAlignment) % kArrayAlignment, ' ');
    words += '\n';
    append_whole(header, static_cast<std::uint16_t>(words.size()));
    return header + words;
}

std::uint32_t checksum(std::uint32_t before, std::string_view bytes) {
    if (bytes.empty()) return before;  // zlib begins anew where there is no address
    return static_cast<std::uint32_t>(
        ::crc32_z(before, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace

void NpzFile::add(const std::string& name, const std::string& dtype, const Shape& shape,
                  std::string_view values, std::size_t bytes_of_value) {
    const auto wanted = std::accumulate(shape.begin(), shape.end(), std::uint64_t{bytes_of_value},
                                        [](std::uint64_t product, std::int64_t side) {
                                            return product * static_cast<std::uint64_t>(side);
                                        });
    if (wanted != values.size()) {
        throw Error("Expected " + std::to_string(wanted) + " bytes for the array '" + name +
                    "', found " + std::to_string(values.size()) +
                    ": give it as many values as its "
                    "shape has.");
    }
    const std::string header = npy_header(dtype, shape), file = name + ".npy";
    const std::uint64_t size = header.size() + values.size(), offset = bytes_.size();
    if (offset + size + directory_.size() + 4096 > kMostZipBytes) {
        throw Error("Expected arrays of less than " + bytes_text(kMostZipBytes) +
                    " together, found " + bytes_text(offset + size) +
                    ". Select fewer images, or export the table (CSV).");
    }
    // What an entry of the directory and the head of its file have in common.
    std::string common;
    append_whole(common, kZipVersion);
    append_whole(common, std::uint16_t{0});  // no flags
    append_whole(common, std::uint16_t{0});  // not compressed
    append_whole(common, kZipTime);
    append_whole(common, kZipDate);
    append_whole(common, checksum(checksum(0, header), values));
    append_whole(common, static_cast<std::uint32_t>(size));
    append_whole(common, static_cast<std::uint32_t>(size));
    append_whole(common, static_cast<std::uint16_t>(file.size()));
    append_whole(common, std::uint16_t{0});  // nothing extra

    directory_ += "PK\x01\x02";
    append_whole(directory_, kZipVersion);
    directory_ += common;
    directory_.append(10, '\0');  // no comment, first disk, attributes of its own: none
    append_whole(directory_, static_cast<std::uint32_t>(offset));
    directory_ += file;
    bytes_ += "PK\x03\x04" + common + file + header;
    bytes_ += values;
    ++count_;
}

void NpzFile::add(const std::string& name, const Shape& shape, std::span<const float> values) {
    add(name, "<f4", shape, bytes_of_values(values), sizeof(float));
}

void NpzFile::add(const std::string& name, const Shape& shape,
                  std::span<const std::int32_t> values) {
    add(name, "<i4", shape, bytes_of_values(values), sizeof(std::int32_t));
}

void NpzFile::add(const std::string& name, const Shape& shape,
                  std::span<const std::uint8_t> values) {
    add(name, "|u1", shape, bytes_of_values(values), sizeof(std::uint8_t));
}

void NpzFile::add(const std::string& name, const std::vector<std::string>& texts) {
    std::vector<std::u32string> letters;
    std::size_t longest = 1;
    for (const std::string& text : texts) {
        letters.push_back(characters(text));
        longest = std::max(longest, letters.back().size());
    }
    std::u32string values;
    for (std::u32string& text : letters) {
        text.resize(longest);
        values += text;
    }
    add(name, "<U" + std::to_string(longest), {static_cast<std::int64_t>(texts.size())},
        bytes_of_values(std::span<const char32_t>(values)), longest * sizeof(char32_t));
}

std::string NpzFile::finish() {
    const auto offset = static_cast<std::uint32_t>(bytes_.size());
    std::string end = "PK\x05\x06";
    end.append(4, '\0');  // one disk
    append_whole(end, static_cast<std::uint16_t>(count_));
    append_whole(end, static_cast<std::uint16_t>(count_));
    append_whole(end, static_cast<std::uint32_t>(directory_.size()));
    append_whole(end, offset);
    append_whole(end, std::uint16_t{0});  // no comment
    return std::move(bytes_) + directory_ + end;
}

}  // namespace elbow::io
