#include "engine/data/sources/picture_fit.h"

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
#include <cmath>
#include <string>

namespace elbow::data {
namespace {

constexpr int kOpaque = 3, kWithAlpha = 4;  // channels

struct Size {
    int width;   // pixels
    int height;  // pixels
};

// A part of a picture whose rows are so many bytes apart.
struct Part {
    const std::uint8_t* pixels;  // [height, width, channels]
    Size size;
    int row_bytes;
    int channels;
};

std::size_t bytes_of(Size size, int channels) {
    return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) *
           static_cast<std::size_t>(channels);
}

// [height, width, channels] of a size: means of areas where it becomes smaller, Catmull and Rom's
// filter where it becomes larger.
std::vector<std::uint8_t> resized(const Part& from, Size to) {
    std::vector<std::uint8_t> result(bytes_of(to, from.channels));
    const bool shrinks =
        std::int64_t{to.width} * to.height < std::int64_t{from.size.width} * from.size.height;
    const stbir_filter filter = shrinks ? STBIR_FILTER_BOX : STBIR_FILTER_DEFAULT;
    const auto [width, height] = from.size;
#ifdef ELBOW_RESIZE_2
    const auto layout =
        from.channels == kWithAlpha ? STBIR_RGBA : static_cast<stbir_pixel_layout>(from.channels);
    const bool done =
        stbir_resize(from.pixels, width, height, from.row_bytes, result.data(), to.width, to.height,
                     0, layout, STBIR_TYPE_UINT8, STBIR_EDGE_CLAMP, filter) != nullptr;
#else
    const int alpha = from.channels == kWithAlpha ? kWithAlpha - 1 : STBIR_ALPHA_CHANNEL_NONE;
    const bool done =
        stbir_resize_uint8_generic(from.pixels, width, height, from.row_bytes, result.data(),
                                   to.width, to.height, 0, from.channels, alpha, 0,
                                   STBIR_EDGE_CLAMP, filter, STBIR_COLORSPACE_LINEAR, nullptr) != 0;
#endif
    if (!done)
        throw Error("There is not enough memory to make a picture of " + std::to_string(width) +
                    " x " + std::to_string(height) + " pixels smaller. Use a smaller one.");
    return result;
}

std::uint8_t luma(const std::uint8_t* rgb) {
    return static_cast<std::uint8_t>((299U * rgb[0] + 587U * rgb[1] + 114U * rgb[2] + 500U) /
                                     1000U);
}

std::uint8_t mixed(unsigned above, unsigned below, unsigned alpha) {
    return static_cast<std::uint8_t>((above * alpha + below * (255U - alpha) + 127U) / 255U);
}

// A value of a pixel of `From` channels: luma for a grey image, else that of the channel; over the
// ground where it is transparent. What is known when this is compiled is not asked for each pixel.
template <int C, int From>
std::uint8_t value_of(const std::uint8_t* pixel, std::size_t channel, std::uint8_t ground) {
    const std::uint8_t value = C == 1 ? luma(pixel) : pixel[channel];
    if constexpr (From == kOpaque) return value;
    return pixel[3] == 255 ? value : mixed(value, ground, pixel[3]);
}

// [height, width, C] of a picture over a ground.
template <int C, int From>
void lay_over(std::span<const std::uint8_t> ground, const ReadPicture& picture, std::uint8_t* to) {
    const std::uint8_t* const end = picture.pixels.data() + picture.pixels.size();
    for (const std::uint8_t* from = picture.pixels.data(); from != end; from += From, to += C) {
        for (std::size_t channel = 0; channel < C; ++channel)
            to[channel] = value_of<C, From>(from, channel, ground[channel]);
    }
}

// [height, width, channels], grey or in colour.
std::vector<std::uint8_t> over_ground(const ReadPicture& picture, int channels,
                                      std::span<const std::uint8_t> ground) {
    std::vector<std::uint8_t> result(bytes_of({picture.width, picture.height}, channels));
    if (picture.channels == kOpaque) {
        channels == 1 ? lay_over<1, kOpaque>(ground, picture, result.data())
                      : lay_over<3, kOpaque>(ground, picture, result.data());
    } else {
        channels == 1 ? lay_over<1, kWithAlpha>(ground, picture, result.data())
                      : lay_over<3, kWithAlpha>(ground, picture, result.data());
    }
    return result;
}

// [C, H, W] of a picture that has this size, over a ground.
template <int C, int From>
std::vector<std::uint8_t> planes_of(const ReadPicture& picture,
                                    std::span<const std::uint8_t> ground) {
    std::vector<std::uint8_t> image(C * picture.pixels.size() / From);
    std::uint8_t* to = image.data();
    const std::uint8_t* const end = picture.pixels.data() + picture.pixels.size();
    for (std::size_t channel = 0; channel < C; ++channel) {
        for (const std::uint8_t* from = picture.pixels.data(); from != end; from += From)
            *to++ = value_of<C, From>(from, channel, ground[channel]);
    }
    return image;
}

template <int C>
std::vector<std::uint8_t> planes(const ReadPicture& picture, std::span<const std::uint8_t> ground) {
    return picture.channels == kOpaque ? planes_of<C, kOpaque>(picture, ground)
                                       : planes_of<C, kWithAlpha>(picture, ground);
}

// The largest part in the middle that has these proportions.
Part middle(const Part& whole, Size proportions) {
    const double scale = std::min(static_cast<double>(whole.size.width) / proportions.width,
                                  static_cast<double>(whole.size.height) / proportions.height);
    const auto cut = [&](int side, int most) {
        return std::clamp(static_cast<int>(std::lround(side * scale)), 1, most);
    };
    Part part = whole;
    part.size = {cut(proportions.width, whole.size.width),
                 cut(proportions.height, whole.size.height)};
    const int left = (whole.size.width - part.size.width) / 2;
    const int top = (whole.size.height - part.size.height) / 2;
    part.pixels += static_cast<std::size_t>(top) * static_cast<std::size_t>(whole.row_bytes) +
                   static_cast<std::size_t>(left) * static_cast<std::size_t>(whole.channels);
    return part;
}

// The largest size with the picture's proportions that fits.
Size fitting(Size picture, Size room) {
    const double scale = std::min(static_cast<double>(room.width) / picture.width,
                                  static_cast<double>(room.height) / picture.height);
    const auto sized = [&](int from, int most) {
        return std::clamp(static_cast<int>(std::lround(from * scale)), 1, most);
    };
    return {sized(picture.width, room.width), sized(picture.height, room.height)};
}

// [C, H, W], the pixels [height, width, C] in the middle of the ground.
std::vector<std::uint8_t> placed(const std::vector<std::uint8_t>& pixels, Size size,
                                 const ImageShape& shape, std::span<const std::uint8_t> ground) {
    const int left = (shape.width - size.width) / 2, top = (shape.height - size.height) / 2;
    std::vector<std::uint8_t> image(static_cast<std::size_t>(shape.size()));
    const std::size_t plane = image.size() / static_cast<std::size_t>(shape.channels);
    for (int channel = 0; channel < shape.channels; ++channel) {
        const auto begin =
            image.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(channel) * plane);
        std::fill_n(begin, plane, ground[static_cast<std::size_t>(channel)]);
        for (int y = 0; y < size.height; ++y) {
            auto to = begin + std::ptrdiff_t{top + y} * shape.width + left;
            const std::uint8_t* from =
                pixels.data() +
                (static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width)) *
                    static_cast<std::size_t>(shape.channels) +
                channel;
            for (int x = 0; x < size.width; ++x, from += shape.channels) *to++ = *from;
        }
    }
    return image;
}

}  // namespace

std::vector<std::uint8_t> fitted_image(const ReadPicture& picture, const ImageShape& shape,
                                       std::span<const std::uint8_t> ground, Fit fit) {
    const Size own{picture.width, picture.height}, room{shape.width, shape.height};
    if (own.width == room.width && own.height == room.height)
        return shape.channels == 1 ? planes<1>(picture, ground) : planes<3>(picture, ground);
    std::vector<std::uint8_t> pixels = over_ground(picture, shape.channels, ground);
    const Part whole{pixels.data(), own, own.width * shape.channels, shape.channels};
    const Part part = fit == Fit::kCrop ? middle(whole, room) : whole;
    const Size size = fit == Fit::kPad ? fitting(own, room) : room;
    if (size.width == own.width && size.height == own.height)
        return placed(pixels, size, shape, ground);
    return placed(resized(part, size), size, shape, ground);
}

ReadPicture reduced(const ReadPicture& picture, int side) {
    const Size own{picture.width, picture.height};
    if (own.width <= side && own.height <= side) return picture;
    const Size size = fitting(own, {side, side});
    const Part whole{picture.pixels.data(), own, own.width * picture.channels, picture.channels};
    return {size.width, size.height, resized(whole, size), picture.channels};
}

}  // namespace elbow::data
