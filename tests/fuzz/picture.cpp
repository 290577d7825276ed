// A picture of a person's own: PNG, JPEG, BMP, WebP, GIF, PNM.

#include "engine/data/sources/picture.h"

#include "engine/data/sources/picture_fit.h"
#include "engine/data/sources/picture_header.h"
#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    const auto header = data::picture_header(bytes);
    // What unpacks to more is as right, and slow.
    constexpr std::int64_t kMostPixels = 1 << 20;
    if (header && std::int64_t{header->width} * header->height > kMostPixels) return;
    takes([&] {
        const data::ReadPicture picture = data::read_picture(bytes, "the input");
        const auto pixels =
            static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
        expect(picture.channels == 3 || picture.channels == 4, "it is RGB or RGBA");
        expect(picture.pixels.size() == static_cast<std::size_t>(picture.channels) * pixels,
               "there are as many pixels as the size says");
        if (header)
            expect(picture.width == header->width, "the header says the width of the picture");
        const std::vector<std::uint8_t> ground(3, 9);
        for (const data::Fit fit : {data::Fit::kPad, data::Fit::kCrop, data::Fit::kSquash})
            expect(data::fitted_image(picture, {3, 5, 7}, ground, fit).size() == 105,
                   "a picture fits");
    });
}

}  // namespace elbow::fuzz
