#pragma once

// Images put together in a grid, scaled up by whole pixels, written as PNG. Pure functions, for any
// thread.

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace elbow::io {

struct GreyImage {
    int width = 0;                     // pixels
    int height = 0;                    // pixels
    std::vector<std::uint8_t> pixels;  // [height, width], 0 black to 255 white
};

struct SheetSize {
    int width;   // pixels
    int height;  // pixels
};

// How large image_sheet() would be, before anything is decoded for it. Throws UsageError where that
// is more than a PNG can sensibly hold, Error where a number is below 1 (or the gap below 0).
SheetSize sheet_size(int count, int height, int width, int columns, int pixel_scale, int gap = 0);

// images [count, height * width] -> a sheet of `columns` columns with `gap` pixels (before scaling)
// of `gap_grey` between cells; each pixel becomes pixel_scale x pixel_scale. Cells without an image
// are gap_grey. Throws as sheet_size() does, and Error where `images` has another size.
GreyImage image_sheet(std::span<const std::uint8_t> images, int count, int height, int width,
                      int columns, int pixel_scale, int gap = 0, std::uint8_t gap_grey = 0);

// The bytes of the file. rgb [height, width, 3]
std::vector<std::uint8_t> png(const GreyImage&);
std::vector<std::uint8_t> png_rgb(int width, int height, std::span<const std::uint8_t> rgb);
// Atomically; throws Error naming the path and the cause (no such folder, no permission, disk
// full).
void write_png(const std::filesystem::path&, const GreyImage&);
// rgb [height, width, 3]
void write_png_rgb(const std::filesystem::path&, int width, int height,
                   std::span<const std::uint8_t> rgb);

}  // namespace elbow::io
