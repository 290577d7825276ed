#include "engine/io/picture_reader.h"

#include <stb_image.h>

// The library has one version of this on Debian 12 and another one on later ones.
#if __has_include(<stb_image_resize2.h>)
#define STB_IMAGE_RESIZE_STATIC
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#include <stb_image_resize2.h>
#define ELBOW_RESIZE_2
#else
#include <stb_image_resize.h>
#endif

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "engine/core/error.h"
#include "engine/core/file.h"

namespace elbow::io {
namespace {

constexpr std::int64_t kMostReadPixels = 50'000'000;
constexpr int kRgba = 4;
constexpr std::array kPictureEndings = {".png", ".jpg", ".jpeg", ".bmp", ".gif",
                                        ".tga", ".psd", ".pgm",  ".ppm", ".pnm"};

[[noreturn]] void refuse_unreadable(const std::string& name) {
    throw Error("Expected a picture, and " + name +
                " is none that Elbow can read, or it is damaged. Use a PNG, JPEG, BMP or GIF "
                "file.");
}

// [height, width, C] of RGBA over a ground, grey or in colour.
std::vector<std::uint8_t> over_ground(const ReadPicture& picture, int channels,
                                      std::span<const std::uint8_t> ground) {
    std::vector<std::uint8_t> result;
    result.reserve(picture.pixels.size() / kRgba * static_cast<std::size_t>(channels));
    for (std::size_t at = 0; at < picture.pixels.size(); at += kRgba) {
        const std::uint8_t* from = &picture.pixels[at];
        const float cover = static_cast<float>(from[3]) / 255.0f;
        const auto lay = [&](float value, int channel) {
            const float below = ground[static_cast<std::size_t>(channel)];
            result.push_back(
                static_cast<std::uint8_t>(std::lround(below + cover * (value - below))));
        };
        if (channels == 1) {
            lay(0.299f * from[0] + 0.587f * from[1] + 0.114f * from[2], 0);
        } else {
            for (int channel = 0; channel < channels; ++channel)
                lay(from[std::min(channel, 2)], channel);
        }
    }
    return result;
}

// [height, width, C] -> [to_height, to_width, C]: Mitchell's filter where it becomes smaller,
// Catmull and Rom's where it becomes larger.
std::vector<std::uint8_t> resized(const std::vector<std::uint8_t>& pixels, int width, int height,
                                  int channels, int to_width, int to_height) {
    std::vector<std::uint8_t> result(static_cast<std::size_t>(to_width) *
                                     static_cast<std::size_t>(to_height) *
                                     static_cast<std::size_t>(channels));
#ifdef ELBOW_RESIZE_2
    const bool done = stbir_resize_uint8_linear(
                          pixels.data(), width, height, 0, result.data(), to_width, to_height, 0,
                          static_cast<stbir_pixel_layout>(channels)) != nullptr;
#else
    const bool done = stbir_resize_uint8(pixels.data(), width, height, 0, result.data(), to_width,
                                         to_height, 0, channels) != 0;
#endif
    if (!done)
        throw Error("There is not enough memory to make a picture of " + std::to_string(width) +
                    " x " + std::to_string(height) + " pixels smaller. Use a smaller one.");
    return result;
}

}  // namespace

bool is_picture_file(const std::filesystem::path& file) {
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A'))
                                              : static_cast<char>(letter);
    });
    return std::find(kPictureEndings.begin(), kPictureEndings.end(), ending) !=
           kPictureEndings.end();
}

ReadPicture read_picture(std::span<const std::uint8_t> bytes, const std::string& name) {
    if (bytes.empty() || bytes.size() > kMostFileBytes) refuse_unreadable(name);
    const auto length = static_cast<int>(bytes.size());
    ReadPicture picture;
    int channels = 0;
    if (stbi_info_from_memory(bytes.data(), length, &picture.width, &picture.height, &channels) ==
        0)
        refuse_unreadable(name);
    if (std::int64_t{picture.width} * picture.height > kMostReadPixels) {
        throw Error("Expected a picture of at most 50 million pixels, and " + name + " has " +
                    std::to_string(picture.width) + " x " + std::to_string(picture.height) +
                    ". Make it smaller first.");
    }
    const std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> read(
        stbi_load_from_memory(bytes.data(), length, &picture.width, &picture.height, &channels,
                              kRgba),
        stbi_image_free);
    if (!read) refuse_unreadable(name);
    const auto size = static_cast<std::size_t>(picture.width) *
                      static_cast<std::size_t>(picture.height) * std::size_t{kRgba};
    picture.pixels.assign(read.get(), read.get() + size);
    return picture;
}

std::vector<std::uint8_t> fitted_image(const ReadPicture& picture, const data::ImageShape& shape,
                                       std::span<const std::uint8_t> ground) {
    const int channels = shape.channels, high = shape.height, wide = shape.width;
    const double scale = std::min(static_cast<double>(wide) / picture.width,
                                  static_cast<double>(high) / picture.height);
    const auto sized = [&](int from, int most) {
        return std::clamp(static_cast<int>(std::lround(from * scale)), 1, most);
    };
    const int width = sized(picture.width, wide), height = sized(picture.height, high);
    const std::vector<std::uint8_t> small =
        resized(over_ground(picture, channels, ground), picture.width, picture.height, channels,
                width, height);
    const int left = (wide - width) / 2, top = (high - height) / 2;
    std::vector<std::uint8_t> image;
    image.reserve(static_cast<std::size_t>(shape.size()));
    for (int channel = 0; channel < channels; ++channel) {
        for (int y = 0; y < high; ++y) {
            for (int x = 0; x < wide; ++x) {
                const int from_x = x - left, from_y = y - top;
                const bool inside = from_x >= 0 && from_x < width && from_y >= 0 && from_y < height;
                const int at = (from_y * width + from_x) * channels + channel;
                image.push_back(inside ? small[static_cast<std::size_t>(at)]
                                       : ground[static_cast<std::size_t>(channel)]);
            }
        }
    }
    return image;
}

ReadPicture inverted(ReadPicture picture) {
    for (std::size_t at = 0; at < picture.pixels.size(); ++at) {
        if (at % kRgba != kRgba - 1)
            picture.pixels[at] = static_cast<std::uint8_t>(255 - picture.pixels[at]);
    }
    return picture;
}

}  // namespace elbow::io
