#pragma once

// Images put together in a grid, scaled up by whole pixels, written as PNG. Pure functions, for any
// thread.

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "engine/data/image_shape.h"

namespace elbow::io {

struct Picture {
    int width = 0;                     // pixels
    int height = 0;                    // pixels
    int channels = 1;                  // 1: grey, 0 black to 255 white; 3: red, green, blue
    std::vector<std::uint8_t> pixels;  // [height, width, channels]
};

struct SheetSize {
    int width;   // pixels
    int height;  // pixels
};

// One line of an image [C, H, W], each of its pixels so many times: target [W * scale, C].
void write_line(const std::uint8_t* image, const data::ImageShape&, int line, int scale,
                std::uint8_t* target);

// How large image_sheet() would be, before anything is decoded for it. Throws UsageError where that
// is more than a PNG can sensibly hold, Error where a number is below 1 (or the gap below 0).
SheetSize sheet_size(int count, const data::ImageShape&, int columns, int pixel_scale, int gap = 0);

// images [count, C, H, W] -> a sheet of `columns` columns with `gap` pixels (before scaling)
// of `gap_grey` between cells; each pixel becomes pixel_scale x pixel_scale. Cells without an image
// are gap_grey. Throws as sheet_size() does, and Error where `images` has another size.
Picture image_sheet(std::span<const std::uint8_t> images, int count, const data::ImageShape&,
                    int columns, int pixel_scale, int gap = 0, std::uint8_t gap_grey = 0);

// The bytes of the file.
std::vector<std::uint8_t> png(const Picture&);
// Atomically; throws Error naming the path and the cause (no such folder, no permission, disk
// full).
void write_png(const std::filesystem::path&, const Picture&);

}  // namespace elbow::io
