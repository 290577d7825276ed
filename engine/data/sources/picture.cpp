#include "engine/data/sources/picture.h"

#include <stb_image.h>
#include <webp/decode.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string_view>

#include "engine/core/clones.h"
#include "engine/core/file.h"
#include "engine/core/word_search.h"
#include "engine/data/sources/picture_header.h"

namespace elbow::data {
namespace {

constexpr std::size_t kRgb = 3, kRgba = 4;
constexpr std::int64_t kQuicklyReadPixels = 2'000'000;  // in about a twentieth of a second
constexpr std::array kPictureEndings = {".png", ".jpg", ".jpeg", ".bmp", ".webp", ".gif",
                                        ".tga", ".psd", ".pgm",  ".ppm", ".pnm"};

[[noreturn]] void refuse_unreadable(const std::string& name, const char* why) {
    throw UnreadablePicture("Expected a picture, and " + name +
                                " is none that Elbow can read, or it is damaged. Use a PNG, JPEG, "
                                "BMP, WebP or GIF file.",
                            why);
}

[[noreturn]] void refuse_damaged(const std::string& name) {
    refuse_unreadable(name, "damaged or cut off");
}

void check_size(int width, int height, const std::string& name) {
    if (width <= 0 || height <= 0) refuse_damaged(name);
    if (std::int64_t{width} * height <= kMostPicturePixels) return;
    throw UnreadablePicture("Expected a picture of at most 50 million pixels, and " + name +
                                " has " + std::to_string(width) + " x " + std::to_string(height) +
                                ". Make it smaller first.",
                            "more than 50 million pixels");
}

// stb_image reads on behind the end of a JPEG or a BMP, as if zeros followed.
bool is_cut_off(std::span<const std::uint8_t> bytes, const PictureHeader& header) {
    if (header.needed_bytes > bytes.size()) return true;
    if (std::string_view(header.format) != "JPEG") return false;
    constexpr std::array<std::uint8_t, 2> kEnd = {0xFF, 0xD9};
    const auto pixels = bytes.subspan(header.needed_bytes);
    return std::search(pixels.begin(), pixels.end(), kEnd.begin(), kEnd.end()) == pixels.end();
}

void check_header(std::span<const std::uint8_t> bytes, const PictureHeader& header,
                  const std::string& name) {
    if (!header.refusal.empty())
        throw UnreadablePicture("Cannot read " + name + ": it is " + header.refusal + ".",
                                header.refusal);
    check_size(header.width, header.height, name);
    if (is_cut_off(bytes, header)) refuse_damaged(name);
}

ReadPicture read_webp_picture(std::span<const std::uint8_t> bytes, const PictureHeader& header,
                              const std::string& name) {
    ReadPicture picture{header.width, header.height, {}};
    picture.pixels.resize(static_cast<std::size_t>(header.width) *
                          static_cast<std::size_t>(header.height) * kRgba);
    if (WebPDecodeRGBAInto(bytes.data(), bytes.size(), picture.pixels.data(), picture.pixels.size(),
                           header.width * static_cast<int>(kRgba)) == nullptr)
        refuse_damaged(name);
    return picture;
}

// [count, To] of stb_image's pixels with 1 grey, 2 grey and alpha, 3 colour or 4 colour and alpha.
template <std::size_t From, std::size_t To>
void write_pixels(const stbi_uc* __restrict from, std::size_t count, std::uint8_t* __restrict to) {
    if constexpr (From == To) {
        std::copy_n(from, To * count, to);
    } else {
        for (std::size_t i = 0; i < count; ++i, from += From, to += To) {
            to[0] = to[1] = to[2] = from[0];
            if constexpr (To == kRgba) to[3] = from[1];
        }
    }
}

ELBOW_CLONES void write_pixels(const stbi_uc* from, int channels, std::size_t count,
                               std::uint8_t* to) {
    switch (channels) {
        case 1:
            return write_pixels<1, kRgb>(from, count, to);
        case 2:
            return write_pixels<2, kRgba>(from, count, to);
        case 3:
            return write_pixels<kRgb, kRgb>(from, count, to);
        default:
            return write_pixels<kRgba, kRgba>(from, count, to);
    }
}

ReadPicture read_by_stb(std::span<const std::uint8_t> bytes, const std::string& name) {
    const auto length = static_cast<int>(bytes.size());
    ReadPicture picture;
    int channels = 0;
    if (stbi_info_from_memory(bytes.data(), length, &picture.width, &picture.height, &channels) ==
        0) {
        picture_format(bytes) == nullptr ? refuse_unreadable(name, "no picture")
                                         : refuse_damaged(name);
    }
    check_size(picture.width, picture.height, name);
    const std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> read(
        stbi_load_from_memory(bytes.data(), length, &picture.width, &picture.height, &channels, 0),
        stbi_image_free);
    if (!read) refuse_damaged(name);
    const std::size_t count =
        static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    picture.channels = static_cast<int>(channels % 2 == 0 ? kRgba : kRgb);
    picture.pixels.resize(static_cast<std::size_t>(picture.channels) * count);
    write_pixels(read.get(), channels, count, picture.pixels.data());
    return picture;
}

// The stored picture as it is meant to be seen (EXIF 2.3, tag Orientation).
ReadPicture turned(ReadPicture stored, int orientation) {
    if (orientation <= 1) return stored;
    const bool swaps = orientation >= 5;
    const int width = swaps ? stored.height : stored.width;
    const int height = swaps ? stored.width : stored.height;
    const bool from_right =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool from_bottom =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    ReadPicture result{width, height, std::vector<std::uint8_t>(stored.pixels.size()),
                       stored.channels};
    const auto channels = static_cast<std::size_t>(stored.channels);
    std::size_t to = 0;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x, to += channels) {
            const int along = swaps ? y : x, down = swaps ? x : y;
            const int column = from_right ? stored.width - 1 - along : along;
            const int row = from_bottom ? stored.height - 1 - down : down;
            const std::size_t from =
                (static_cast<std::size_t>(row) * static_cast<std::size_t>(stored.width) +
                 static_cast<std::size_t>(column)) *
                channels;
            std::copy_n(stored.pixels.begin() + static_cast<std::ptrdiff_t>(from), channels,
                        result.pixels.begin() + static_cast<std::ptrdiff_t>(to));
        }
    }
    return result;
}

}  // namespace

bool is_picture_file(const std::filesystem::path& file) {
    const std::string ending = in_small_letters(file.extension().string());
    return std::find(kPictureEndings.begin(), kPictureEndings.end(), ending) !=
           kPictureEndings.end();
}

ReadPicture read_picture(std::span<const std::uint8_t> bytes, const std::string& name) {
    if (bytes.empty() || bytes.size() > kMostFileBytes) refuse_unreadable(name, "empty");
    const std::optional<PictureHeader> header = picture_header(bytes);
    if (!header) return read_by_stb(bytes, name);
    check_header(bytes, *header, name);
    if (std::string_view(header->format) == "WebP") return read_webp_picture(bytes, *header, name);
    return turned(read_by_stb(bytes, name), header->orientation);
}

bool is_large_picture(std::span<const std::uint8_t> bytes) {
    const std::optional<PictureHeader> header = picture_header(bytes);
    return header && std::int64_t{header->width} * header->height > kQuicklyReadPixels;
}

ReadPicture inverted(ReadPicture picture) {
    const auto channels = static_cast<std::size_t>(picture.channels);
    for (std::size_t at = 0; at < picture.pixels.size(); ++at) {
        if (at % channels != kRgba - 1)
            picture.pixels[at] = static_cast<std::uint8_t>(255 - picture.pixels[at]);
    }
    return picture;
}

}  // namespace elbow::data
