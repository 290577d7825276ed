#include <webp/encode.h>
#include <webp/mux.h>

#include <cmath>
#include <new>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/io/animations/formats.h"

namespace elbow::io {
namespace {

constexpr int kLosslessLevel = 4;  // of 0, fast, to 9, small

WebPConfig lossless_config() {
    WebPConfig config;
    if (WebPConfigInit(&config) == 0 || WebPConfigLosslessPreset(&config, kLosslessLevel) == 0)
        throw Error(
            "The libwebp that was found is another one than Elbow was built with. Build "
            "Elbow again, or choose another format.");
    config.exact = 1;
    return config;
}

// A frame that is being handed over.
class WebpPicture {
  public:
    WebpPicture(const AnimationShape& shape, std::span<const std::uint8_t> rgb) {
        if (WebPPictureInit(&picture_) == 0) throw std::bad_alloc();
        picture_.use_argb = 1;
        picture_.width = shape.width;
        picture_.height = shape.height;
        if (WebPPictureImportRGB(&picture_, rgb.data(), 3 * shape.width) == 0)
            throw std::bad_alloc();
    }
    ~WebpPicture() { WebPPictureFree(&picture_); }
    WebpPicture(const WebpPicture&) = delete;
    WebpPicture& operator=(const WebpPicture&) = delete;

    WebPPicture* get() { return &picture_; }

  private:
    WebPPicture picture_{};
};

// The encoded frames are in memory until the end, for the file begins with its size.
class WebpWriter final : public AnimationWriter {
  public:
    WebpWriter(std::filesystem::path path, const AnimationShape& shape)
        : path_(std::move(path)), shape_(shape), config_(lossless_config()) {
        WebPAnimEncoderOptions options;
        if (WebPAnimEncoderOptionsInit(&options) == 0) throw std::bad_alloc();
        options.anim_params.loop_count = shape.loop ? 0 : 1;
        encoder_ = WebPAnimEncoderNew(shape.width, shape.height, &options);
        if (encoder_ == nullptr) throw std::bad_alloc();
    }
    ~WebpWriter() override { WebPAnimEncoderDelete(encoder_); }
    WebpWriter(const WebpWriter&) = delete;
    WebpWriter& operator=(const WebpWriter&) = delete;

    void add(std::span<const std::uint8_t> pixels) override {
        if (shape_.channels == 1) {
            coloured_.clear();
            for (const std::uint8_t grey : pixels) coloured_.insert(coloured_.end(), 3, grey);
            pixels = coloured_;
        }
        WebpPicture picture(shape_, pixels);
        must(WebPAnimEncoderAdd(encoder_, picture.get(), start_ms(frames_), &config_));
        ++frames_;
    }

    void finish() override {
        must(WebPAnimEncoderAdd(encoder_, nullptr, start_ms(frames_), nullptr));
        WebPData data;
        WebPDataInit(&data);
        const int assembled = WebPAnimEncoderAssemble(encoder_, &data);
        const std::vector<std::uint8_t> bytes(data.bytes, data.bytes + data.size);
        WebPDataClear(&data);
        must(assembled);
        write_file_atomically(path_, bytes);
    }

  private:
    int start_ms(std::int64_t frame) const {
        return static_cast<int>(
            std::llround(1000.0 * static_cast<double>(frame) / shape_.frames_per_second));
    }
    void must(int result) const {
        if (result != 0) return;
        throw Error("The WebP '" + path_.string() + "' could not be made: libwebp says '" +
                    WebPAnimEncoderGetError(encoder_) + "'. Choose fewer or smaller frames.");
    }

    const std::filesystem::path path_;
    const AnimationShape shape_;
    const WebPConfig config_;
    WebPAnimEncoder* encoder_ = nullptr;
    std::vector<std::uint8_t> coloured_;  // of a grey frame
    std::int64_t frames_ = 0;             // added
};

}  // namespace

const AnimationFormat& webp_format() {
    static const AnimationFormat kEntry{
        .name = "webp",
        .label = "WebP",
        .help = "For web pages: exact in grey and in colour, and mostly smaller than a GIF.",
        .extension = ".webp",
        .most_px = WEBP_MAX_DIMENSION,
        .open = [](const std::filesystem::path& path, const AnimationShape& shape,
                   const Progress&) -> std::unique_ptr<AnimationWriter> {
            return std::make_unique<WebpWriter>(path, shape);
        },
    };
    return kEntry;
}

}  // namespace elbow::io
