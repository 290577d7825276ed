#include <sys/stat.h>

#include <cerrno>
#include <string>

#include "engine/core/staged_path.h"
#include "engine/io/animations/formats.h"
#include "engine/io/image_sheet.h"

namespace elbow::io {
namespace {

constexpr int kMostPngPx = 65'535;
constexpr std::size_t kNumberDigits = 5;

// "00001.png"
std::string name_of_frame(std::int64_t number) {
    std::string digits = std::to_string(number);
    if (digits.size() < kNumberDigits) digits.insert(0, kNumberDigits - digits.size(), '0');
    return digits + ".png";
}

// The folder takes its name when all frames are in it.
class PngSequenceWriter final : public AnimationWriter {
  public:
    PngSequenceWriter(const std::filesystem::path& path, const AnimationShape& shape)
        : shape_(shape), folder_(path) {
        if (::mkdir(folder_.path().c_str(), 0777) != 0) folder_.fail(errno);
    }

    void add(std::span<const std::uint8_t> pixels) override {
        write_png(folder_.path() / name_of_frame(++frames_),
                  {shape_.width, shape_.height, shape_.channels, {pixels.begin(), pixels.end()}});
    }
    void finish() override { folder_.finish(); }

  private:
    const AnimationShape shape_;
    StagedPath folder_;
    std::int64_t frames_ = 0;  // added
};

}  // namespace

const AnimationFormat& png_sequence_format() {
    static const AnimationFormat kEntry{
        .name = "png",
        .label = "PNGs",
        .help = "A folder with a PNG for each frame, for a program that makes a film of them.",
        .most_px = kMostPngPx,
        .open = [](const std::filesystem::path& path, const AnimationShape& shape,
                   const Progress&) -> std::unique_ptr<AnimationWriter> {
            return std::make_unique<PngSequenceWriter>(path, shape);
        },
    };
    return kEntry;
}

}  // namespace elbow::io
