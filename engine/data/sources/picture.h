#pragma once

// One picture of another program, read from its bytes: PNG, JPEG, BMP, WebP and what else stb_image
// reads. Pure functions, for any thread but the window's: a photograph takes a while.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/core/error.h"

namespace elbow::data {

struct ReadPicture {
    int width = 0;                     // pixels
    int height = 0;                    // pixels
    std::vector<std::uint8_t> pixels;  // [height, width, channels]
    int channels = 4;                  // RGBA; 3: RGB, nothing of it is transparent
};

inline constexpr std::int64_t kMostPicturePixels = 50'000'000;

// A picture that cannot be read. why(): in few words, the same for all that suffer from the same:
// "damaged or cut off".
class UnreadablePicture : public Error {
  public:
    UnreadablePicture(const std::string& message, std::string why)
        : Error(message), why_(std::move(why)) {}
    const std::string& why() const { return why_; }

  private:
    std::string why_;
};

// Whether the name ends as that of a picture that can be read: PNG, JPEG, BMP, WebP, GIF, TGA, PSD,
// PNM.
bool is_picture_file(const std::filesystem::path&);

// The bytes of a file; of a GIF animation the first image. Turned as its EXIF says; of 16 bits the
// upper eight. `name` is what a message calls it: "'cat.png'". Throws UnreadablePicture where it is
// no picture that can be read, or one of more than kMostPicturePixels.
ReadPicture read_picture(std::span<const std::uint8_t> bytes, const std::string& name);

// Whether reading it and bringing it to a size takes longer than somebody waits who wants to stop:
// neither can be interrupted (abandonable.h).
bool is_large_picture(std::span<const std::uint8_t> bytes);

// The picture with each colour turned into its opposite; what is transparent stays so.
ReadPicture inverted(ReadPicture);

}  // namespace elbow::data
