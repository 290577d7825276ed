#include "engine/io/png_size.h"

#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include "engine/core/error.h"

namespace elbow::io {
namespace {

using Bytes = std::vector<std::uint8_t>;

enum class PngFilter : std::uint8_t { kNone, kSub, kUp, kAverage, kPaeth };  // as PNG numbers them
constexpr PngFilter kPngFilters[] = {PngFilter::kNone, PngFilter::kSub, PngFilter::kUp,
                                     PngFilter::kAverage, PngFilter::kPaeth};

// Bytes as PNG lays them in lines.
struct PngLines {
    Bytes bytes;
    std::size_t line = 0;   // bytes of a line
    std::size_t pixel = 1;  // bytes from a value to the one that stands left of it
};

PngLines lines_of_png(std::span<const std::uint8_t> image, const data::ImageShape& shape) {
    const auto planes = static_cast<std::size_t>(shape.channels);
    const auto width = static_cast<std::size_t>(shape.width);
    const auto height = static_cast<std::size_t>(shape.height);
    const bool bits =
        planes == 1 && std::all_of(image.begin(), image.end(),
                                   [](std::uint8_t value) { return value == 0 || value == 255; });
    if (bits) {
        PngLines lines{{}, (width + 7) / 8, 1};
        lines.bytes.assign(lines.line * height, 0);
        for (std::size_t i = 0; i < image.size(); ++i) {
            const std::size_t x = i % width, y = i / width;
            if (image[i] != 0)
                lines.bytes[y * lines.line + x / 8] |= static_cast<std::uint8_t>(0x80U >> (x % 8));
        }
        return lines;
    }
    PngLines lines{{}, width * planes, planes};
    lines.bytes.resize(image.size());
    for (std::size_t i = 0; i < image.size(); ++i)
        lines.bytes[i % (width * height) * planes + i / (width * height)] = image[i];
    return lines;
}

// Of left, above and above left, the nearest to left + above - above left.
int paeth(int left, int above, int corner) {
    const int to_left = std::abs(above - corner), to_above = std::abs(left - corner);
    const int to_corner = std::abs(left + above - 2 * corner);
    if (to_left <= to_above && to_left <= to_corner) return left;
    return to_above <= to_corner ? above : corner;
}

Bytes filtered(const PngLines& lines, PngFilter filter) {
    Bytes result;
    result.reserve(lines.bytes.size() + lines.bytes.size() / lines.line);
    for (std::size_t at = 0; at < lines.bytes.size(); ++at) {
        const std::size_t x = at % lines.line;
        if (x == 0) result.push_back(static_cast<std::uint8_t>(filter));
        const bool has_left = x >= lines.pixel, has_above = at >= lines.line;
        const int left = has_left ? lines.bytes[at - lines.pixel] : 0;
        const int above = has_above ? lines.bytes[at - lines.line] : 0;
        const int corner = has_left && has_above ? lines.bytes[at - lines.line - lines.pixel] : 0;
        const int guess[] = {0, left, above, (left + above) / 2, paeth(left, above, corner)};
        result.push_back(
            static_cast<std::uint8_t>(lines.bytes[at] - guess[static_cast<std::size_t>(filter)]));
    }
    return result;
}

}  // namespace

std::size_t png_data_bytes(std::span<const std::uint8_t> image, const data::ImageShape& shape) {
    if (image.size() != static_cast<std::size_t>(shape.size()) || image.empty()) {
        throw Error("Expected an image of " + std::to_string(shape.size()) + " values, found " +
                    std::to_string(image.size()) + ".");
    }
    const PngLines lines = lines_of_png(image, shape);
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (const PngFilter filter : kPngFilters) {
        const Bytes plain = filtered(lines, filter);
        uLongf size = compressBound(static_cast<uLong>(plain.size()));
        Bytes compressed(size);
        const int code = compress2(compressed.data(), &size, plain.data(),
                                   static_cast<uLong>(plain.size()), Z_BEST_COMPRESSION);
        if (code != Z_OK) throw Error("zlib cannot compress an image: there is too little memory.");
        least = std::min(least, static_cast<std::size_t>(size));
    }
    return least;
}

}  // namespace elbow::io
