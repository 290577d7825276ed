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

}  // namespace

void write_line(const std::uint8_t* image, const data::ImageShape& shape, int line, int scale,
                std::uint8_t* target) {
    const std::size_t plane = static_cast<std::size_t>(shape.height) * shape.width;
    const std::uint8_t* source = image + static_cast<std::size_t>(line) * shape.width;
    if (shape.channels == 1 && scale == 1) {
        std::copy_n(source, shape.width, target);
        return;
    }
    for (int x = 0; x < shape.width; ++x) {
        for (int repeat = 0; repeat < scale; ++repeat) {
            for (int c = 0; c < shape.channels; ++c)
                *target++ = source[static_cast<std::size_t>(c) * plane + x];
        }
    }
}

SheetSize sheet_size(int count, const data::ImageShape& shape, int columns, int pixel_scale,
                     int gap) {
    if (count < 1 || shape.height < 1 || shape.width < 1 || columns < 1 || pixel_scale < 1 ||
        gap < 0) {
        throw Error(
            "An image sheet needs at least one image, one column and a pixel scale of 1; found " +
            std::to_string(count) + " images of " + text_of(shape) + ", " +
            std::to_string(columns) + " columns, pixel scale " + std::to_string(pixel_scale) +
            ", gap " + std::to_string(gap) + ".");
    }
    const std::int64_t rows = (std::int64_t{count} + columns - 1) / columns;
    const std::int64_t sheet_width = side_px(columns, shape.width, gap, pixel_scale);
    const std::int64_t sheet_height = side_px(rows, shape.height, gap, pixel_scale);
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

Picture image_sheet(std::span<const std::uint8_t> images, int count, const data::ImageShape& shape,
                    int columns, int pixel_scale, int gap, std::uint8_t gap_grey) {
    const SheetSize size = sheet_size(count, shape, columns, pixel_scale, gap);
    const auto dimensions = static_cast<std::size_t>(shape.size());
    if (images.size() != dimensions * static_cast<std::size_t>(count)) {
        throw Error("A sheet of " + std::to_string(count) + " images needs " +
                    std::to_string(dimensions * static_cast<std::size_t>(count)) +
                    " bytes, but got " + std::to_string(images.size()) + ".");
    }
    Picture sheet{size.width, size.height, shape.channels, {}};
    const auto channels = static_cast<std::size_t>(shape.channels);
    const std::size_t pitch = static_cast<std::size_t>(size.width) * channels;
    sheet.pixels.assign(pitch * static_cast<std::size_t>(size.height), gap_grey);
    for (int i = 0; i < count; ++i) {
        const int left = (i % columns) * (shape.width + gap) * pixel_scale;
        const int top = (i / columns) * (shape.height + gap) * pixel_scale;
        const std::uint8_t* image = images.data() + static_cast<std::size_t>(i) * dimensions;
        for (int y = 0; y < shape.height * pixel_scale; ++y) {
            std::uint8_t* target = sheet.pixels.data() + static_cast<std::size_t>(top + y) * pitch +
                                   static_cast<std::size_t>(left) * channels;
            write_line(image, shape, y / pixel_scale, pixel_scale, target);
        }
    }
    return sheet;
}

std::vector<std::uint8_t> png(const Picture& picture) {
    const std::string size = std::to_string(picture.width) + " x " + std::to_string(picture.height);
    const std::int64_t expected = std::int64_t{picture.width} * picture.height * picture.channels;
    if (picture.width < 1 || picture.height < 1 ||
        expected != static_cast<std::int64_t>(picture.pixels.size())) {
        throw Error("An image of " + size + " pixels needs " + std::to_string(expected) +
                    " bytes, but has " + std::to_string(picture.pixels.size()) + ".");
    }
    std::vector<std::uint8_t> bytes;
    if (stbi_write_png_to_func(append, &bytes, picture.width, picture.height, picture.channels,
                               picture.pixels.data(), picture.width * picture.channels) == 0) {
        throw Error("The PNG could not be made: there is not enough memory for " + size +
                    " pixels. Choose a smaller pixel scale.");
    }
    return bytes;
}

void write_png(const std::filesystem::path& path, const Picture& picture) {
    write_file_atomically(path, std::span<const std::uint8_t>(png(picture)));
}

}  // namespace elbow::io
