// Pictures of other programs, as images of a data set.

#include "engine/data/sources/picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/data/sources/picture_fit.h"
#include "engine/data/sources/picture_header.h"
#include "tests/engine/data/idx_files.h"
#include "tests/engine/data/made_pictures.h"

namespace elbow::data {
namespace {

using ::testing::HasSubstr;
using testing_support::bmp_of;
using testing_support::grey_png;
using testing_support::jpeg_of;
using testing_support::of_colour;
using testing_support::png_of;
using testing_support::webp_of;

// Of one colour.
ReadPicture plain(int width, int height, const Bytes& rgba) {
    ReadPicture picture{width, height, {}};
    for (int i = 0; i < width * height; ++i)
        picture.pixels.insert(picture.pixels.end(), rgba.begin(), rgba.end());
    return picture;
}

TEST(PictureReader, ReadsWhatIsWritten) {
    const ReadPicture read = read_picture(png_of(2, 1, 3, {1, 2, 3, 250, 251, 252}), "'two.png'");
    EXPECT_EQ(read.width, 2);
    EXPECT_EQ(read.height, 1);
    EXPECT_EQ(read.channels, 3);
    EXPECT_EQ(read.pixels, (Bytes{1, 2, 3, 250, 251, 252}));
}

TEST(PictureReader, KnowsWhatTakesLong) {
    EXPECT_TRUE(is_large_picture(grey_png(2000, 1001, 7)));
    EXPECT_FALSE(is_large_picture(grey_png(2000, 1000, 7)));
    EXPECT_FALSE(is_large_picture(std::vector<std::uint8_t>{1, 2, 3})) << "no picture";
}

TEST(PictureReader, KnowsPicturesByTheirNames) {
    for (const char* name : {"a.png", "/tmp/A.JPG", "b.jpeg", "c.Bmp", "d.webp"})
        EXPECT_TRUE(is_picture_file(name)) << name;
    for (const char* name : {"run.json", "png", "a.png.txt", "folder"})
        EXPECT_FALSE(is_picture_file(name)) << name;
}

std::string picture_refusal(const Bytes& bytes) {
    try {
        read_picture(bytes, "'cat.png'");
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

TEST(PictureReader, RefusesWhatIsNoPictureInWords) {
    EXPECT_THAT(picture_refusal({}), HasSubstr("'cat.png' is none that Elbow can read"));
    EXPECT_THAT(picture_refusal({'t', 'e', 'x', 't'}), HasSubstr("Use a PNG"));
    Bytes cut = grey_png(40, 40, 9);
    cut.resize(40);
    EXPECT_THAT(picture_refusal(cut), HasSubstr("damaged"));
}

void put_number(Bytes& bytes, std::size_t at, std::uint32_t value, bool little = false) {
    for (std::size_t i = 0; i < 4; ++i)
        bytes[at + i] = static_cast<std::uint8_t>(value >> (little ? 8U * i : 24U - 8U * i));
}

TEST(PictureReader, RefusesAHugeOneBeforeItIsUnpacked) {
    for (const int channels : {1, 3}) {
        Bytes huge = png_of(1, 1, channels, {0, 0, 0});
        put_number(huge, 16, 40'000);  // width and height, in the header
        put_number(huge, 20, 40'000);
        EXPECT_THAT(picture_refusal(huge), HasSubstr("40000 x 40000"));
    }
}

TEST(PictureReader, ReadsEachFormatByItsContent) {
    const Bytes red{200, 10, 20};
    for (const auto& [format, bytes] :
         {std::pair{"PNG", png_of(20, 10, 3, of_colour(20, 10, red))},
          std::pair{"JPEG", jpeg_of(20, 10, 3, of_colour(20, 10, red))},
          std::pair{"BMP", bmp_of(20, 10, 3, of_colour(20, 10, red))},
          std::pair{"WebP", webp_of(20, 10, of_colour(20, 10, {200, 10, 20, 255}))}}) {
        const auto header = picture_header(bytes);
        ASSERT_TRUE(header) << format;
        EXPECT_STREQ(header->format, format);
        EXPECT_EQ(header->width, 20) << format;
        EXPECT_EQ(header->height, 10) << format;
        EXPECT_GE(header->channels, 3) << format;
        const ReadPicture read = read_picture(bytes, "'named.otherwise'");
        EXPECT_EQ(read.pixels.size(), 200U * static_cast<std::size_t>(read.channels)) << format;
        EXPECT_NEAR(read.pixels[0], 200, 4) << format;
        EXPECT_NEAR(read.pixels[1], 10, 4) << format;
        EXPECT_EQ(read.pixels[3], read.channels == 4 ? 255 : read.pixels[0]) << format;
    }
    EXPECT_EQ(picture_format(Bytes{'P', 'K', 3, 4}), nullptr);
}

TEST(PictureReader, ReadsGreyAndTransparentOnes) {
    const Bytes grey = png_of(1, 1, 2, {90, 40});
    EXPECT_EQ(picture_header(grey)->channels, 2);
    EXPECT_EQ(read_picture(grey, "'a'").pixels, (Bytes{90, 90, 90, 40}));
    EXPECT_EQ(picture_header(grey_png(1, 1, 3))->channels, 1);
    EXPECT_EQ(read_picture(grey_png(1, 1, 3), "'a'").pixels, (Bytes{3, 3, 3}));
    EXPECT_EQ(picture_header(png_of(1, 1, 4, {1, 2, 3, 4}))->channels, 4);
    EXPECT_EQ(read_picture(webp_of(1, 1, {9, 8, 7, 100}), "'a'").pixels, (Bytes{9, 8, 7, 100}));
}

TEST(PictureReader, SaysThatOneIsCutOff) {
    Bytes noise;
    for (int i = 0; i < 64 * 64 * 3; ++i)
        noise.push_back(static_cast<std::uint8_t>(i * i * 7919 >> 5));
    Bytes rgba;
    for (std::size_t i = 0; i < noise.size(); i += 3)
        rgba.insert(rgba.end(), {noise[i], noise[i + 1], noise[i + 2], 255});
    for (Bytes bytes : {png_of(64, 64, 3, noise), jpeg_of(64, 64, 3, noise),
                        bmp_of(64, 64, 3, noise), webp_of(64, 64, rgba)}) {
        const std::string format = picture_format(bytes);
        EXPECT_EQ(picture_refusal(bytes), "") << format;
        bytes.resize(bytes.size() * 2 / 3);
        EXPECT_THAT(picture_refusal(bytes), HasSubstr("damaged")) << format;
        ASSERT_TRUE(picture_header(bytes)) << format;
        EXPECT_EQ(picture_header(bytes)->width, 64) << format;
    }
}

// A JPEG of 3 x 2 pixels, red and then blue below, whose EXIF says how it is turned.
Bytes turned_jpeg(std::uint8_t orientation) {
    Bytes pixels = of_colour(24, 8, {255, 0, 0});
    const Bytes below = of_colour(24, 8, {0, 0, 255});
    pixels.insert(pixels.end(), below.begin(), below.end());
    Bytes bytes = jpeg_of(24, 16, 3, pixels);
    const Bytes exif = {0xFF, 0xE1, 0, 34, 'E', 'x',         'i', 'f', 0,    0,    'M', 'M',
                        0,    42,   0, 0,  0,   8,           0,   1,   0x01, 0x12, 0,   3,
                        0,    0,    0, 1,  0,   orientation, 0,   0,   0,    0,    0,   0};
    bytes.insert(bytes.begin() + 2, exif.begin(), exif.end());
    return bytes;
}

TEST(PictureReader, TurnsAPhotographAsItsExifSays) {
    // Where the red half is: its place in the picture as it is meant to be seen.
    struct Turned {
        std::uint8_t orientation;
        int width, red_x, red_y;
    };
    for (const Turned& wanted : {Turned{1, 24, 12, 2}, Turned{3, 24, 12, 13}, Turned{4, 24, 12, 13},
                                 Turned{6, 16, 13, 12}, Turned{8, 16, 2, 12}, Turned{5, 16, 2, 12},
                                 Turned{7, 16, 13, 12}, Turned{99, 24, 12, 2}}) {
        const Bytes bytes = turned_jpeg(wanted.orientation);
        ASSERT_TRUE(picture_header(bytes));
        EXPECT_EQ(picture_header(bytes)->width, wanted.width) << int{wanted.orientation};
        const ReadPicture read = read_picture(bytes, "'a.jpg'");
        ASSERT_EQ(read.width, wanted.width) << int{wanted.orientation};
        const int red = read.channels * (wanted.red_y * read.width + wanted.red_x);
        const auto at = static_cast<std::size_t>(red);
        EXPECT_GT(read.pixels[at], 200) << int{wanted.orientation};
        EXPECT_LT(read.pixels[at + 2], 60) << int{wanted.orientation};
    }
}

TEST(PictureReader, MirrorsAsTheExifSays) {
    Bytes pixels;
    for (int y = 0; y < 16; ++y) {
        for (int x = 0; x < 16; ++x) pixels.push_back(x < 8 ? 250 : 0);
    }
    Bytes bytes = jpeg_of(16, 16, 1, pixels);
    const Bytes turned = turned_jpeg(2);
    bytes.insert(bytes.begin() + 2, turned.begin() + 2, turned.begin() + 38);
    EXPECT_LT(read_picture(bytes, "'a.jpg'").pixels[0], 20);
}

TEST(PictureReader, RefusesCmykByName) {
    Bytes jpeg = jpeg_of(8, 8, 3, of_colour(8, 8, {1, 2, 3}));
    const Bytes frame{0xFF, 0xC0};
    const auto found = std::search(jpeg.begin(), jpeg.end(), frame.begin(), frame.end());
    ASSERT_NE(found, jpeg.end());
    *(found + 9) = 4;  // components
    EXPECT_THAT(picture_refusal(jpeg), HasSubstr("a CMYK JPEG"));
    try {
        read_picture(jpeg, "'a'");
    } catch (const UnreadablePicture& refused) {
        EXPECT_THAT(refused.why(), HasSubstr("CMYK"));
    }
}

TEST(PictureReader, CropsAndSquashes) {
    // Three squares beside each other: black, white, black.
    Bytes rgba;
    for (int y = 0; y < 10; ++y) {
        for (int x = 0; x < 30; ++x) {
            const std::uint8_t value = x >= 10 && x < 20 ? 255 : 0;
            rgba.insert(rgba.end(), {value, value, value, 255});
        }
    }
    const ReadPicture wide{30, 10, rgba};
    const Bytes cropped = fitted_image(wide, {1, 5, 5}, Bytes{7}, Fit::kCrop);
    EXPECT_EQ(cropped, Bytes(25, 255)) << "the middle square alone";
    const Bytes squashed = fitted_image(wide, {1, 6, 6}, Bytes{7}, Fit::kSquash);
    for (std::size_t i = 0; i < squashed.size(); ++i)
        EXPECT_EQ(squashed[i], i % 6 == 2 || i % 6 == 3 ? 255 : 0) << i;
    EXPECT_EQ(fitted_image(wide, {1, 6, 6}, Bytes{7})[0], 7) << "padded with the ground";
}

TEST(PictureReader, ReducesKeepingProportionsAndTransparency) {
    const ReadPicture small = reduced(plain(200, 100, {10, 20, 30, 128}), 40);
    EXPECT_EQ(small.width, 40);
    EXPECT_EQ(small.height, 20);
    EXPECT_NEAR(small.pixels[0], 10, 1);
    EXPECT_NEAR(small.pixels[3], 128, 1);
    EXPECT_EQ(reduced(plain(4, 3, {1, 2, 3, 4}), 40).width, 4);
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

TEST(PictureReader, MakesTheSameOfAnOpaquePictureWithAndWithoutAlpha) {
    Bytes rgb, rgba;
    for (int i = 0; i < 12 * 8; ++i) {
        for (int channel = 0; channel < 3; ++channel) {
            rgb.push_back(static_cast<std::uint8_t>(37 * i + 71 * channel));
            rgba.push_back(rgb.back());
        }
        rgba.push_back(255);
    }
    const ReadPicture with{12, 8, rgba}, without{12, 8, rgb, 3};
    const Bytes ground{1, 2, 3};
    for (const int channels : {1, 3}) {
        for (const auto& [height, width] : {std::pair{8, 12}, std::pair{5, 5}, std::pair{8, 14}}) {
            const ImageShape shape{channels, height, width};
            for (const Fit fit : {Fit::kPad, Fit::kCrop, Fit::kSquash})
                EXPECT_EQ(fitted_image(with, shape, ground, fit),
                          fitted_image(without, shape, ground, fit));
        }
    }
}

TEST(PictureReader, InvertsColoursAndLeavesWhatIsTransparent) {
    EXPECT_EQ(inverted({1, 1, {255, 10, 0}, 3}).pixels, (Bytes{0, 245, 255}));
    EXPECT_EQ(inverted(plain(1, 1, {255, 10, 0, 77})).pixels, (Bytes{0, 245, 255, 77}));
}

}  // namespace
}  // namespace elbow::data
