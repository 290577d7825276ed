// Pictures of other programs, as images of a data set.

#include "engine/io/picture_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/core/error.h"
#include "engine/io/image_sheet.h"

namespace elbow::io {
namespace {

using Bytes = std::vector<std::uint8_t>;
using ::testing::HasSubstr;

// Of one colour.
ReadPicture plain(int width, int height, const Bytes& rgba) {
    ReadPicture picture{width, height, {}};
    for (int i = 0; i < width * height; ++i)
        picture.pixels.insert(picture.pixels.end(), rgba.begin(), rgba.end());
    return picture;
}

TEST(PictureReader, ReadsWhatIsWritten) {
    const Picture written{2, 1, 3, {1, 2, 3, 250, 251, 252}};
    const ReadPicture read = read_picture(png(written), "'two.png'");
    EXPECT_EQ(read.width, 2);
    EXPECT_EQ(read.height, 1);
    EXPECT_EQ(read.pixels, (Bytes{1, 2, 3, 255, 250, 251, 252, 255}));
}

TEST(PictureReader, KnowsPicturesByTheirNames) {
    for (const char* name : {"a.png", "/tmp/A.JPG", "b.jpeg", "c.Bmp"})
        EXPECT_TRUE(is_picture_file(name)) << name;
    for (const char* name : {"run.json", "png", "a.png.txt", "folder"})
        EXPECT_FALSE(is_picture_file(name)) << name;
}

std::string refusal(const Bytes& bytes) {
    try {
        read_picture(bytes, "'cat.png'");
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

TEST(PictureReader, RefusesWhatIsNoPictureInWords) {
    EXPECT_THAT(refusal({}), HasSubstr("'cat.png' is none that Elbow can read"));
    EXPECT_THAT(refusal({'t', 'e', 'x', 't'}), HasSubstr("Use a PNG"));
    Bytes cut = png({40, 40, 1, Bytes(1600, 9)});
    cut.resize(40);
    EXPECT_THAT(refusal(cut), HasSubstr("damaged"));
}

TEST(PictureReader, RefusesAHugeOneBeforeItIsUnpacked) {
    Bytes huge = png({1, 1, 1, {0}});
    const auto put = [&](std::size_t at, std::uint32_t value) {
        for (std::size_t i = 0; i < 4; ++i)
            huge[at + i] = static_cast<std::uint8_t>(value >> (24U - 8U * i));
    };
    put(16, 20'000);  // width and height, in the header
    put(20, 20'000);
    EXPECT_THAT(refusal(huge), HasSubstr("20000 x 20000"));
}

TEST(PictureReader, KeepsThePicturesShapeInTheMiddleOfTheGround) {
    // Twice as wide as high, on a square.
    const Bytes ground{9};
    const Bytes image = fitted_image(plain(40, 20, {200, 200, 200, 255}), {1, 8, 8}, ground);
    for (int y = 0; y < 8; ++y) {
        for (int x = 0; x < 8; ++x)
            EXPECT_EQ(image[static_cast<std::size_t>(8 * y + x)], y < 2 || y > 5 ? 9 : 200);
    }
    // Smaller than the shape: it becomes as large as fits.
    const Bytes small = fitted_image(plain(1, 1, {50, 50, 50, 255}), {1, 4, 6}, ground);
    EXPECT_EQ(std::count(small.begin(), small.end(), 50), 16);
}

TEST(PictureReader, MakesASmallerOneOfMeans) {
    // Lines of black and white, one pixel wide each: grey from afar.
    ReadPicture lines = plain(64, 64, {0, 0, 0, 255});
    for (std::size_t at = 0; at < lines.pixels.size(); at += 8)
        std::fill_n(lines.pixels.begin() + static_cast<std::ptrdiff_t>(at), 3, 255);
    const Bytes image = fitted_image(lines, {1, 8, 8}, Bytes{0});
    for (std::size_t i = 0; i < image.size(); ++i) {
        const bool rim = i % 8 == 0 || i % 8 == 7;  // where the filter sees the last line twice
        EXPECT_NEAR(image[i], 127, rim ? 25 : 6) << i;
    }
}

TEST(PictureReader, LaysWhatIsTransparentOverTheGround) {
    const ReadPicture half = plain(4, 4, {255, 0, 100, 127});
    const Bytes colours = fitted_image(half, {3, 4, 4}, Bytes{0, 100, 0});
    EXPECT_NEAR(colours[5], 127, 1);
    EXPECT_NEAR(colours[16 + 5], 50, 1);
    EXPECT_NEAR(colours[32 + 5], 50, 1);
    const Bytes grey = fitted_image(plain(4, 4, {255, 255, 255, 0}), {1, 4, 4}, Bytes{33});
    EXPECT_EQ(grey[5], 33) << "nothing of it is seen";
}

TEST(PictureReader, InvertsColoursAndLeavesWhatIsTransparent) {
    EXPECT_EQ(inverted(plain(1, 1, {255, 10, 0, 77})).pixels, (Bytes{0, 245, 255, 77}));
}

}  // namespace
}  // namespace elbow::io
