#include "engine/io/image_sheet.h"

#include <gtest/gtest.h>
#include <stb_image.h>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "tests/temporary_folder.h"

namespace elbow::io {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(ImageSheet, PutsImagesIntoRowsAndScalesWholePixels) {
    // Three images of 1 x 2 pixels in two columns, each pixel 2 x 2.
    const Bytes images = {1, 2, 3, 4, 5, 6};
    const Picture sheet = image_sheet(images, 3, {1, 1, 2}, 2, 2, 0, 9);
    EXPECT_EQ(sheet.width, 8);
    EXPECT_EQ(sheet.height, 4);
    const Bytes expected = {1, 1, 2, 2, 3, 3, 4, 4,  //
                            1, 1, 2, 2, 3, 3, 4, 4,  //
                            5, 5, 6, 6, 9, 9, 9, 9,  //
                            5, 5, 6, 6, 9, 9, 9, 9};
    EXPECT_EQ(sheet.pixels, expected);
}

TEST(ImageSheet, LeavesAGapBetweenCellsAndNoneAround) {
    const Bytes images = {10, 20, 30, 40};
    const Picture sheet = image_sheet(images, 4, {1, 1, 1}, 2, 1, 1, 7);
    EXPECT_EQ(sheet.width, 3);
    EXPECT_EQ(sheet.height, 3);
    EXPECT_EQ(sheet.pixels, (Bytes{10, 7, 20, 7, 7, 7, 30, 7, 40}));
    EXPECT_EQ(image_sheet(images, 4, {1, 1, 1}, 2, 3, 1).width, 9);
}

TEST(ImageSheet, LaysThePlanesOfAColourOverEachOther) {
    // Two images of 1 x 2 pixels; of each the red, the green and the blue plane.
    const Bytes images = {1, 2, 11, 12, 21, 22,  //
                          3, 4, 13, 14, 23, 24};
    const Picture sheet = image_sheet(images, 2, {3, 1, 2}, 1, 1, 1, 9);
    EXPECT_EQ(sheet.channels, 3);
    EXPECT_EQ(sheet.pixels, (Bytes{1, 11, 21, 2, 12, 22,  //
                                   9, 9, 9, 9, 9, 9,      //
                                   3, 13, 23, 4, 14, 24}));
    EXPECT_EQ(image_sheet(images, 2, {3, 1, 2}, 2, 2).pixels,
              (Bytes{1,  11, 21, 1,  11, 21, 2,  12, 22, 2,  12, 22, 3,  13, 23, 3,
                     13, 23, 4,  14, 24, 4,  14, 24, 1,  11, 21, 1,  11, 21, 2,  12,
                     22, 2,  12, 22, 3,  13, 23, 3,  13, 23, 4,  14, 24, 4,  14, 24}));
}

TEST(ImageSheet, RefusesWhatCannotBeASheet) {
    const Bytes images = {1, 2};
    EXPECT_THROW(image_sheet(images, 3, {1, 1, 1}, 1, 1), Error);
    EXPECT_THROW(image_sheet(images, 2, {1, 1, 1}, 0, 1), Error);
    EXPECT_THROW(image_sheet(images, 2, {1, 1, 1}, 1, 0), Error);
    EXPECT_THROW(sheet_size(1'000'000, {1, 28, 28}, 1000, 1), UsageError);
    EXPECT_THROW(sheet_size(2'000'000'000, {1, 28, 28}, 1, 64), UsageError);
    EXPECT_EQ(sheet_size(400, {1, 28, 28}, 20, 1).width, 560);
}

TEST(Png, ReadsBackWithTheSamePixels) {
    const testing_support::TemporaryFolder folder;
    const auto path = folder / "sheet.png";
    write_png(path, {3, 2, 1, {0, 128, 255, 1, 2, 3}});
    int width = 0, height = 0, channels = 0;
    stbi_uc* pixels = stbi_load(path.c_str(), &width, &height, &channels, 0);
    ASSERT_NE(pixels, nullptr);
    EXPECT_EQ(width, 3);
    EXPECT_EQ(height, 2);
    EXPECT_EQ(channels, 1);
    EXPECT_EQ(Bytes(pixels, pixels + 6), (Bytes{0, 128, 255, 1, 2, 3}));
    stbi_image_free(pixels);

    write_png(path, {1, 2, 3, {255, 0, 0, 0, 0, 255}});
    pixels = stbi_load(path.c_str(), &width, &height, &channels, 0);
    ASSERT_NE(pixels, nullptr);
    EXPECT_EQ(channels, 3);
    EXPECT_EQ(Bytes(pixels, pixels + 6), (Bytes{255, 0, 0, 0, 0, 255}));
    stbi_image_free(pixels);
}

TEST(Png, RefusesPixelsThatDoNotFitAndFoldersThatAreNotThere) {
    const testing_support::TemporaryFolder folder;
    EXPECT_THROW(write_png(folder / "a.png", {2, 2, 1, {1, 2, 3}}), Error);
    EXPECT_THROW(write_png(folder / "missing/a.png", {1, 1, 1, {1}}), Error);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace elbow::io
