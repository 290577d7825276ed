#include "engine/io/png_size.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/rng.h"
#include "engine/io/image_sheet.h"

namespace elbow::io {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes noise(std::size_t size, bool black_and_white) {
    const Stream stream(1, "pixels");
    Bytes bytes;
    for (std::size_t i = 0; i < size; ++i) {
        const double unit = stream.uniform(i);
        bytes.push_back(
            static_cast<std::uint8_t>(black_and_white ? (unit < 0.5 ? 0 : 255) : 256.0 * unit));
    }
    return bytes;
}

TEST(PngSize, OfNoiseIsWhatItHolds) {
    const std::size_t grey = png_data_bytes(noise(64 * 64, false), {1, 64, 64});
    EXPECT_GE(grey, 4096u);
    EXPECT_LE(grey, 4300u) << "a byte a line for the filter, and a little of zlib's";
    const std::size_t bits = png_data_bytes(noise(64 * 64, true), {1, 64, 64});
    EXPECT_GE(bits, 512u) << "a bit a pixel";
    EXPECT_LE(bits, 620u);
    EXPECT_GE(png_data_bytes(noise(3 * 32 * 32, true), {3, 32, 32}), 384u);
}

TEST(PngSize, OfASlopeIsSmallBecauseOfTheFilters) {
    Bytes slope;
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x) slope.push_back(static_cast<std::uint8_t>(3 * x + y));
    EXPECT_LT(png_data_bytes(slope, {1, 64, 64}), 60u);
}

TEST(PngSize, IsNoLargerThanTheFileThatIsWritten) {
    Bytes disc;
    for (int y = 0; y < 28; ++y)
        for (int x = 0; x < 28; ++x)
            disc.push_back(static_cast<std::uint8_t>(
                std::max(0, 255 - 2 * ((x - 14) * (x - 14) + (y - 14) * (y - 14)))));
    EXPECT_LE(png_data_bytes(disc, {1, 28, 28}), png({28, 28, 1, disc}).size() - 57);
}

TEST(PngSize, LaysThePlanesOfAColourTogether) {
    // Each plane is a slope of its own, which is seen where a pixel is held against its neighbour.
    Bytes slopes;
    for (int plane = 0; plane < 3; ++plane)
        for (int y = 0; y < 32; ++y)
            for (int x = 0; x < 32; ++x)
                slopes.push_back(static_cast<std::uint8_t>((3 + 4 * plane) * x + 50 * plane));
    EXPECT_LT(png_data_bytes(slopes, {3, 32, 32}), 100u);
    EXPECT_THROW(png_data_bytes(noise(5, false), {3, 32, 32}), Error);
}

}  // namespace
}  // namespace elbow::io
