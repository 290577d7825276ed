#include "engine/io/image_sheet.h"

#include <stb_image_write.h>

#include <algorithm>
#include <string>

#include "engine/core/error.h"
#include "engine/core/file.h"

namespace elbow::io {

namespace {

// PNG readers, and the writer's own arithmetic, are at home below these.
constexpr std::int64_t kLongestSidePx = 65'535;
constexpr std::int64_t kMostPixels = std::int64_t{1} << 28;

std::int64_t side_px(std::int64_t cells, std::int64_t cell_px, std::int64_t gap_px,
                     std::int64_t pixel_scale) {
    return (cells * cell_px + std::max<std::int64_t>(cells - 1, 0) * gap_px) * pixel_scale;
}

void append(void* bytes, void* data, int size) {
    const auto* begin = static_cast<const std::uint8_t*>(data);
    auto& target = *static_cast<std::vector<std::uint8_t>*>(bytes);
    target.insert(target.end(), begin, begin + size);
}

std::vector<std::uint8_t> encoded(int width, int height, int channels,
                                  std::span<const std::uint8_t> pixels) {
    const std::int64_t expected = std::int64_t{width} * height * channels;
    if (width < 1 || height < 1 || expected != static_cast<std::int64_t>(pixels.size())) {
        throw Error("An image of " + std::to_string(width) + " x " + std::to_string(height) +
                    " pixels needs " + std::to_string(expected) + " bytes, but has " +
                    std::to_string(pixels.size()) + ".");
    }
    std::vector<std::uint8_t> png;
    if (stbi_write_png_to_func(append, &png, width, height, channels, pixels.data(),
                               width * channels) == 0) {
        throw Error("The PNG could not be made: there is not enough memory for " +
                    std::to_string(width) + " x " + std::to_string(height) +
                    " pixels. Choose a smaller pixel scale.");
    }
    return png;
}

}  // namespace

SheetSize sheet_size(int count, int height, int width, int columns, int pixel_scale, int gap) {
    if (count < 1 || height < 1 || width < 1 || columns < 1 || pixel_scale < 1 || gap < 0) {
        throw Error(
            "An image sheet needs at least one image, one column and a pixel scale of 1; found " +
            std::to_string(count) + " images of " + std::to_string(width) + " x " +
            std::to_string(height) + " pixels, " + std::to_string(columns) +
            " columns, pixel scale " + std::to_string(pixel_scale) + ", gap " +
            std::to_string(gap) + ".");
    }
    const std::int64_t rows = (std::int64_t{count} + columns - 1) / columns;
    const std::int64_t sheet_width = side_px(columns, width, gap, pixel_scale);
    const std::int64_t sheet_height = side_px(rows, height, gap, pixel_scale);
    if (sheet_width > kLongestSidePx || sheet_height > kLongestSidePx ||
        sheet_width * sheet_height > kMostPixels) {
        throw UsageError("The image would have " + std::to_string(sheet_width) + " x " +
                         std::to_string(sheet_height) + " pixels; at most " +
                         std::to_string(kLongestSidePx) + " a side and " +
                         std::to_string(kMostPixels) +
                         " in all are possible. Choose fewer images or a smaller "
                         "pixel scale.");
    }
    return {static_cast<int>(sheet_width), static_cast<int>(sheet_height)};
}

GreyImage image_sheet(std::span<const std::uint8_t> images, int count, int height, int width,
                      int columns, int pixel_scale, int gap, std::uint8_t gap_grey) {
    const SheetSize size = sheet_size(count, height, width, columns, pixel_scale, gap);
    const std::size_t dimensions = static_cast<std::size_t>(height) * width;
    if (images.size() != dimensions * count) {
        throw Error("A sheet of " + std::to_string(count) + " images needs " +
                    std::to_string(dimensions * count) + " bytes, but got " +
                    std::to_string(images.size()) + ".");
    }
    GreyImage sheet{size.width, size.height, {}};
    sheet.pixels.assign(static_cast<std::size_t>(size.width) * size.height, gap_grey);
    const std::size_t pitch = static_cast<std::size_t>(size.width);
    for (int i = 0; i < count; ++i) {
        const std::size_t left =
            static_cast<std::size_t>(i % columns) * (width + gap) * pixel_scale;
        const std::size_t top =
            static_cast<std::size_t>(i / columns) * (height + gap) * pixel_scale;
        for (int y = 0; y < height * pixel_scale; ++y) {
            const std::uint8_t* source =
                images.data() + i * dimensions + static_cast<std::size_t>(y / pixel_scale) * width;
            std::uint8_t* target = sheet.pixels.data() + (top + y) * pitch + left;
            for (int x = 0; x < width; ++x) {
                std::fill_n(target + static_cast<std::size_t>(x) * pixel_scale, pixel_scale,
                            source[x]);
            }
        }
    }
    return sheet;
}

std::vector<std::uint8_t> png(const GreyImage& image) {
    return encoded(image.width, image.height, 1, image.pixels);
}

std::vector<std::uint8_t> png_rgb(int width, int height, std::span<const std::uint8_t> rgb) {
    return encoded(width, height, 3, rgb);
}

void write_png(const std::filesystem::path& path, const GreyImage& image) {
    write_file_atomically(path, std::span<const std::uint8_t>(png(image)));
}

void write_png_rgb(const std::filesystem::path& path, int width, int height,
                   std::span<const std::uint8_t> rgb) {
    write_file_atomically(path, std::span<const std::uint8_t>(encoded(width, height, 3, rgb)));
}

}  // namespace elbow::io
