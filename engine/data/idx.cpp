#include "engine/data/idx.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>
#include <string>

#include "engine/core/error.h"
#include "engine/data/inflater.h"

namespace elbow::data {
namespace {

constexpr std::size_t kUnpackedAtOnce = 4 << 20;
constexpr std::uint32_t kMagic = 0x00000800;  // unsigned bytes; the number of dimensions is added

[[noreturn]] void fail(const ByteSource& source, const std::string& what) {
    throw Error("'" + source.path().string() + "' " + what);
}

std::string hexadecimal(std::uint32_t value) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "0x%08X", value);
    return text.data();
}

// "60000 x 28 x 28"
std::string shape_text(const std::vector<std::uint32_t>& shape) {
    std::string text;
    for (const std::uint32_t size : shape) {
        text += (text.empty() ? "" : " x ") + std::to_string(size);
    }
    return text;
}

std::uint32_t read_number(ByteSource& source) {
    std::array<std::uint8_t, 4> bytes{};
    if (source.read(bytes) != bytes.size()) {
        fail(source, "is truncated: it ends within its header (" +
                         std::to_string(source.file_bytes()) +
                         " bytes on disk). Fetch it again or replace it.");
    }
    return (std::uint32_t{bytes[0]} << 24) | (std::uint32_t{bytes[1]} << 16) |
           (std::uint32_t{bytes[2]} << 8) | bytes[3];
}

void check_magic(ByteSource& source, int dimensions) {
    const std::uint32_t found = read_number(source);
    const std::uint32_t expected = kMagic | static_cast<std::uint32_t>(dimensions);
    if (found == expected) return;
    std::string guess = "This is not an IDX file; check what was put there.";
    if (found == 0x00000801U || found == 0x00000803U) {
        guess = found == 0x00000801U ? "It holds labels: are the two files swapped?"
                                     : "It holds images: are the two files swapped?";
    } else if ((found & 0xFFFF0000U) == 0) {
        guess =
            "It is an IDX file of another kind; only unsigned bytes are read, images with three "
            "dimensions, in colour with four, and labels with one.";
    }
    fail(source, "has a wrong magic number: expected " + hexadecimal(expected) + " (" +
                     (dimensions == 1 ? "labels" : "images") + " in IDX format), found " +
                     hexadecimal(found) + ". " + guess);
}

// Takes magic number and dimensions off the file.
std::vector<std::uint32_t> read_shape(ByteSource& source, int dimensions) {
    check_magic(source, dimensions);
    std::vector<std::uint32_t> shape(static_cast<std::size_t>(dimensions));
    for (std::uint32_t& size : shape) size = read_number(source);
    const bool sane =
        std::all_of(shape.begin(), shape.end(), [](auto size) { return size > 0; }) &&
        shape[0] <= kLargestCount &&
        std::all_of(shape.begin() + 1, shape.end(), [](auto size) { return size <= kLargestSide; });
    if (!sane) {
        fail(source,
             "has an absurd size in its header: expected 1 to " + std::to_string(kLargestCount) +
                 (dimensions == 1 ? " labels" : " images") +
                 (dimensions == 1 ? ""
                                  : " of 1 to " + std::to_string(kLargestSide) + " pixels a side") +
                 ", found " + shape_text(shape) + ". The file is damaged: replace it.");
    }
    return shape;
}

// The number of bytes that the header promises, held against what the file can have.
std::uint64_t checked_size(const ByteSource& source, const std::vector<std::uint32_t>& shape) {
    const std::uint64_t bytes =
        std::accumulate(shape.begin(), shape.end(), std::uint64_t{1}, std::multiplies<>());
    const std::uint64_t header = 4 * (1 + shape.size());
    if (bytes > kLargestBytes) {
        fail(source, "has an absurd size in its header: " + shape_text(shape) + " is " +
                         std::to_string(bytes) + " bytes, more than the " +
                         std::to_string(kLargestBytes) + " that are read at most.");
    }
    const std::string promised = "its header promises " + shape_text(shape) + " = " +
                                 std::to_string(header + bytes) + " bytes with the header, ";
    const std::uint64_t on_disk = source.file_bytes();
    const std::uint64_t at_most = source.packed() ? on_disk * kDeflateLimit : on_disk;
    if (at_most < header + bytes) {
        fail(source, "is truncated: " + promised + "found " + std::to_string(on_disk) +
                         (source.packed() ? " bytes of gzip, which cannot hold them" : "") +
                         ". Fetch it again or replace it.");
    }
    if (!source.packed() && on_disk > header + bytes) {
        fail(source, "is too large: " + promised + "found " + std::to_string(on_disk) + " (" +
                         std::to_string(on_disk - header - bytes) +
                         " bytes too many). Fetch it again or replace it.");
    }
    return bytes;
}

// Room for `wanted` values. A plain file's size has been seen, so it gets all at once; what a
// packed one promises is believed as it arrives, at most twofold, and never more than was promised.
void make_room(std::vector<std::uint8_t>& values, std::uint64_t wanted, bool packed,
               std::uint64_t promised) {
    if (wanted <= values.capacity()) return;
    const std::uint64_t grown = std::max<std::uint64_t>(wanted, 2 * values.capacity());
    values.reserve(packed ? std::min(grown, promised) : promised);
}

}  // namespace

std::vector<std::uint8_t> idx_header(const std::vector<std::uint32_t>& shape) {
    std::vector<std::uint8_t> bytes;
    const auto append = [&bytes](std::uint32_t value) {
        for (const int shift : {24, 16, 8, 0}) {
            bytes.push_back(static_cast<std::uint8_t>(value >> shift));
        }
    };
    append(kMagic | static_cast<std::uint32_t>(shape.size()));
    for (const std::uint32_t size : shape) append(size);
    return bytes;
}

IdxFile::IdxFile(const std::filesystem::path& path, int dimensions)
    : source_(path),
      shape_(read_shape(source_, dimensions)),
      promised_(checked_size(source_, shape_)) {}

std::vector<std::uint8_t> IdxFile::read_values(const Progress& progress) {
    std::vector<std::uint8_t> values;
    while (values.size() < promised_) {
        progress.throw_if_cancelled();
        const std::size_t filled = values.size();
        const std::size_t wanted = std::min<std::uint64_t>(kUnpackedAtOnce, promised_ - filled);
        make_room(values, filled + wanted, source_.packed(), promised_);
        values.resize(filled + wanted);
        const std::size_t got = source_.read(std::span(values).subspan(filled));
        if (got < wanted) {
            fail(source_, "is truncated: its header promises " + shape_text(shape_) + " = " +
                              std::to_string(promised_) + " elements, found " +
                              std::to_string(filled + got) + ". Fetch it again or replace it.");
        }
    }
    // Reading past the end also compares the checksum of what was unpacked.
    std::array<std::uint8_t, 1> beyond{};
    if (source_.read(beyond) != 0) {
        fail(source_, "is too large: its header promises " + shape_text(shape_) + " = " +
                          std::to_string(values.size()) +
                          " elements, and more follow. Fetch it again or replace it.");
    }
    return values;
}

}  // namespace elbow::data
