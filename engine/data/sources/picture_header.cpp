#include "engine/data/sources/picture_header.h"

#include <stb_image.h>
#include <webp/decode.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace elbow::data {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr int kUpright = 1;
constexpr int kFirstTurned = 5;  // orientations from here on swap width and height

std::uint32_t big_16(Bytes bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at] << 8 | bytes[at + 1]);
}
std::uint32_t big_32(Bytes bytes, std::size_t at) {
    return big_16(bytes, at) << 16 | big_16(bytes, at + 2);
}
std::uint32_t little_16(Bytes bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at + 1] << 8 | bytes[at]);
}
std::uint32_t little_32(Bytes bytes, std::size_t at) {
    return little_16(bytes, at + 2) << 16 | little_16(bytes, at);
}

bool has(Bytes bytes, std::size_t at, std::string_view text) {
    return bytes.size() >= at + text.size() &&
           std::equal(text.begin(), text.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char letter, std::uint8_t byte) {
                          return static_cast<std::uint8_t>(letter) == byte;
                      });
}

// A size as a file has it may be any number; 0 stands for one that cannot be.
int size_of(std::uint32_t number) { return number > 0x7fffffff ? 0 : static_cast<int>(number); }

// A palette may hold colours that are transparent: the chunk that says so stands before the pixels.
bool has_transparent_colour(Bytes png) {
    for (std::size_t at = 8; at + 8 <= png.size() && !has(png, at + 4, "IDAT");) {
        if (has(png, at + 4, "tRNS")) return true;
        const std::size_t rest = png.size() - at;
        const std::size_t chunk = std::size_t{big_32(png, at)} + 12;
        if (chunk > rest) return false;
        at += chunk;
    }
    return false;
}

bool read_png(Bytes bytes, PictureHeader& header) {
    constexpr std::array kChannels = {1, 0, 3, 3, 2, 0, 4};  // of the types of colour
    if (bytes.size() < 33 || !has(bytes, 12, "IHDR")) return false;
    header.width = size_of(big_32(bytes, 16));
    header.height = size_of(big_32(bytes, 20));
    const std::size_t type = bytes[25];
    if (type >= kChannels.size() || kChannels[type] == 0) return false;
    header.channels = kChannels[type];
    if (header.channels % 2 == 1 && has_transparent_colour(bytes)) ++header.channels;
    return true;
}

// The tag 0x0112 of the first directory of an EXIF segment, whose TIFF header `tiff` begins with.
int orientation_of(Bytes tiff) {
    if (tiff.size() < 8 || (!has(tiff, 0, "II") && !has(tiff, 0, "MM"))) return kUpright;
    const bool little = tiff[0] == 'I';
    const auto read_16 = [&](std::size_t at) {
        return little ? little_16(tiff, at) : big_16(tiff, at);
    };
    const std::size_t directory = little ? little_32(tiff, 4) : big_32(tiff, 4);
    if (directory > tiff.size() - 2) return kUpright;
    const std::size_t entries = read_16(directory);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t at = directory + 2 + 12 * i;
        if (at + 12 > tiff.size()) return kUpright;
        if (read_16(at) != 0x0112) continue;
        const std::uint32_t value = read_16(at + 8);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : kUpright;
    }
    return kUpright;
}

bool is_start_of_frame(std::uint8_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

void read_jpeg_segment(std::uint8_t marker, Bytes segment, PictureHeader& header) {
    if (is_start_of_frame(marker) && segment.size() >= 6) {
        header.height = static_cast<int>(big_16(segment, 1));
        header.width = static_cast<int>(big_16(segment, 3));
        header.channels = segment[5];
    } else if (marker == 0xE1 && has(segment, 0, std::string_view("Exif\0\0", 6))) {
        header.orientation = orientation_of(segment.subspan(6));
    }
}

bool read_jpeg(Bytes bytes, PictureHeader& header) {
    constexpr std::uint8_t kStartOfScan = 0xDA, kEnd = 0xD9;
    for (std::size_t at = 2; at + 4 <= bytes.size();) {
        const std::uint8_t marker = bytes[at + 1];
        if (bytes[at] != 0xFF) return false;
        if (marker == 0xFF) {  // a filling byte
            ++at;
            continue;
        }
        if (marker == kStartOfScan || marker == kEnd) {
            header.needed_bytes = at;
            break;
        }
        const std::size_t length = big_16(bytes, at + 2);
        if (length < 2) return false;
        const std::size_t end = std::min(bytes.size(), at + 2 + length);
        read_jpeg_segment(marker, bytes.subspan(at + 4, end - std::min(end, at + 4)), header);
        at += 2 + length;
    }
    if (header.channels == 4) header.refusal = "a CMYK JPEG: turn it into RGB";
    if (header.orientation >= kFirstTurned) std::swap(header.width, header.height);
    return header.width > 0 || header.height > 0;
}

bool read_bmp(Bytes bytes, PictureHeader& header) {
    constexpr std::uint32_t kOldHeader = 12, kPlain = 0, kMasks = 3;
    if (bytes.size() < 34) return false;
    if (little_32(bytes, 14) == kOldHeader) {
        header.width = static_cast<int>(little_16(bytes, 18));
        header.height = static_cast<int>(little_16(bytes, 20));
        return true;
    }
    const auto signed_height = static_cast<std::int32_t>(little_32(bytes, 22));
    header.width = size_of(little_32(bytes, 18));
    header.height = size_of(static_cast<std::uint32_t>(std::abs(std::int64_t{signed_height})));
    const std::uint32_t bits = little_16(bytes, 28), packing = little_32(bytes, 30);
    header.channels = bits == 32 ? 4 : 3;
    if (packing == kPlain || packing == kMasks) {
        const std::uint64_t row = (static_cast<std::uint64_t>(header.width) * bits + 31) / 32 * 4;
        header.needed_bytes =
            little_32(bytes, 10) + row * static_cast<std::uint64_t>(header.height);
    }
    return true;
}

bool read_webp(Bytes bytes, PictureHeader& header) {
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(bytes.data(), bytes.size(), &features) != VP8_STATUS_OK) return false;
    header.width = features.width;
    header.height = features.height;
    header.channels = features.has_alpha != 0 ? 4 : 3;
    if (features.has_animation != 0) header.refusal = "a WebP animation: save one of its pictures";
    return true;
}

// As the library reads it.
bool read_other(Bytes bytes, PictureHeader& header) {
    return stbi_info_from_memory(bytes.data(),
                                 static_cast<int>(std::min(bytes.size(), kHeaderBytes)),
                                 &header.width, &header.height, &header.channels) != 0;
}

struct PictureFormat {
    const char* name;
    bool (*begins)(Bytes);
    bool (*read)(Bytes, PictureHeader&);  // false where the header is damaged or cut
};

constexpr std::array<PictureFormat, 7> kPictureFormats = {{
    {"PNG", [](Bytes b) { return has(b, 0, "\x89PNG\r\n\x1a\n"); }, read_png},
    {"JPEG", [](Bytes b) { return has(b, 0, "\xff\xd8\xff"); }, read_jpeg},
    {"BMP", [](Bytes b) { return has(b, 0, "BM") && b.size() > 17 && b[15] == 0 && b[16] == 0; },
     read_bmp},
    {"WebP", [](Bytes b) { return has(b, 0, "RIFF") && has(b, 8, "WEBP"); }, read_webp},
    {"GIF", [](Bytes b) { return has(b, 0, "GIF87a") || has(b, 0, "GIF89a"); }, read_other},
    {"PSD", [](Bytes b) { return has(b, 0, "8BPS"); }, read_other},
    {"PNM",
     [](Bytes b) {
         return b.size() > 2 && b[0] == 'P' && (b[1] == '5' || b[1] == '6') &&
                std::string_view(" \t\r\n#").find(static_cast<char>(b[2])) !=
                    std::string_view::npos;
     },
     read_other},
}};

const PictureFormat* format_of(Bytes bytes) {
    const auto* const found =
        std::find_if(kPictureFormats.begin(), kPictureFormats.end(),
                     [&](const PictureFormat& format) { return format.begins(bytes); });
    return found == kPictureFormats.end() ? nullptr : found;
}

}  // namespace

const char* picture_format(std::span<const std::uint8_t> first_bytes) {
    const PictureFormat* format = format_of(first_bytes);
    return format == nullptr ? nullptr : format->name;
}

std::optional<PictureHeader> picture_header(std::span<const std::uint8_t> first_bytes) {
    const PictureFormat* format = format_of(first_bytes);
    if (format == nullptr) return std::nullopt;
    PictureHeader header;
    header.format = format->name;
    if (!format->read(first_bytes, header)) return std::nullopt;
    return header;
}

}  // namespace elbow::data
