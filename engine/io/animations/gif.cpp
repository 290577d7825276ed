#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/staged_path.h"
#include "engine/io/animations/formats.h"
#include "engine/io/animations/palette.h"

namespace elbow::io {
namespace {

constexpr int kMostGifPx = 65'535;
constexpr int kLongestCs = 60'000;  // that a frame is shown for; two bytes hold little more
constexpr int kColourBits = 8;

using Bytes = std::vector<std::uint8_t>;

struct Part {
    int left, top, right, bottom;  // pixels; right and bottom are outside

    int width() const { return right - left; }
    int height() const { return bottom - top; }
};

// A table of a power of two colours, as the format has it.
class ColourMap {
  public:
    explicit ColourMap(std::span<const std::array<std::uint8_t, 3>> colours) {
        int size = 2;
        while (size < static_cast<int>(colours.size())) size *= 2;
        std::vector<GifColorType> padded(static_cast<std::size_t>(size));
        for (std::size_t i = 0; i < colours.size(); ++i)
            padded[i] = {colours[i][0], colours[i][1], colours[i][2]};
        map_ = GifMakeMapObject(size, padded.data());
        if (map_ == nullptr) throw std::bad_alloc();
    }
    ~ColourMap() { GifFreeMapObject(map_); }
    ColourMap(const ColourMap&) = delete;
    ColourMap& operator=(const ColourMap&) = delete;

    const ColorMapObject* get() const { return map_; }

  private:
    ColorMapObject* map_;
};

struct CloseGif {
    void operator()(GifFileType* gif) const {
        int failure = 0;
        EGifCloseFile(gif, &failure);
    }
};

std::vector<std::array<std::uint8_t, 3>> all_greys() {
    std::vector<std::array<std::uint8_t, 3>> greys;
    for (int i = 0; i < 256; ++i) {
        const auto grey = static_cast<std::uint8_t>(i);
        greys.push_back({grey, grey, grey});
    }
    return greys;
}

// Grey frames share a table that has all greys; each coloured one brings its own.
class GifWriter final : public AnimationWriter {
  public:
    GifWriter(const std::filesystem::path& path, const AnimationShape& shape)
        : path_(path), shape_(shape), file_(path) {
        int failure = 0;
        gif_.reset(EGifOpen(this, take_bytes, &failure));
        if (!gif_) throw std::bad_alloc();
        EGifSetGifVersion(gif_.get(), true);
        std::optional<ColourMap> greys;
        if (shape.channels == 1) greys.emplace(all_greys());
        must(EGifPutScreenDesc(gif_.get(), shape.width, shape.height, kColourBits, 0,
                               greys ? greys->get() : nullptr));
        if (shape.loop) put_loop();
    }
    void add(std::span<const std::uint8_t> pixels) override {
        const bool same = !waiting_.empty() &&
                          start_cs(frames_ + 1) - waiting_from_ <= kLongestCs &&
                          std::equal(pixels.begin(), pixels.end(), waiting_.begin());
        if (!same) {
            put_waiting();
            shown_ = std::exchange(waiting_, Bytes(pixels.begin(), pixels.end()));
            waiting_from_ = start_cs(frames_);
        }
        ++frames_;
    }

    void finish() override {
        put_waiting();
        int failure = 0;
        must(EGifCloseFile(gif_.release(), &failure));
        file_.finish();
    }

  private:
    // Hundredths of a second from the beginning, so that rounding adds up to nothing.
    int start_cs(std::int64_t frame) const {
        return static_cast<int>(
            std::llround(100.0 * static_cast<double>(frame) / shape_.frames_per_second));
    }

    // What it throws does not cross the library, which is C.
    static int take_bytes(GifFileType* gif, const GifByteType* bytes, int count) {
        auto& writer = *static_cast<GifWriter*>(gif->UserData);
        try {
            writer.file_.write({bytes, static_cast<std::size_t>(count)});
            return count;
        } catch (...) {
            writer.failure_ = std::current_exception();
            return 0;
        }
    }
    void must(int result) {
        if (failure_) std::rethrow_exception(failure_);
        if (result == GIF_ERROR)
            throw Error("The GIF '" + path_.string() + "' could not be written: giflib failed. " +
                        "Choose another format.");
    }

    // For ever, in the words that all programs understand.
    void put_loop() {
        const std::array<std::uint8_t, 3> forever = {1, 0, 0};
        must(EGifPutExtensionLeader(gif_.get(), APPLICATION_EXT_FUNC_CODE));
        must(EGifPutExtensionBlock(gif_.get(), 11, "NETSCAPE2.0"));
        must(EGifPutExtensionBlock(gif_.get(), static_cast<int>(forever.size()), forever.data()));
        must(EGifPutExtensionTrailer(gif_.get()));
    }

    // What is not as in the frame before; a pixel where all is, for a frame has at least one.
    Part changed() const {
        const int width = shape_.width, height = shape_.height;
        if (shown_.empty()) return {0, 0, width, height};
        Part part{width, height, 0, 0};
        const auto channels = static_cast<std::size_t>(shape_.channels);
        const std::size_t pitch = static_cast<std::size_t>(width) * channels;
        for (int y = 0; y < height; ++y) {
            const std::uint8_t* now = waiting_.data() + static_cast<std::size_t>(y) * pitch;
            const std::uint8_t* before = shown_.data() + static_cast<std::size_t>(y) * pitch;
            if (std::equal(now, now + pitch, before)) continue;
            const auto from = std::mismatch(now, now + pitch, before).first - now;
            std::size_t to = pitch;
            while (now[to - 1] == before[to - 1]) --to;
            part.left = std::min(part.left, static_cast<int>(from) / shape_.channels);
            part.right = std::max(part.right, static_cast<int>((to - 1) / channels) + 1);
            part.top = std::min(part.top, y);
            part.bottom = y + 1;
        }
        return part.right > 0 ? part : Part{0, 0, 1, 1};
    }

    Bytes pixels_of(const Part& part) const {
        Bytes pixels;
        const int channels = shape_.channels;
        for (int y = part.top; y < part.bottom; ++y) {
            const auto from =
                waiting_.begin() + (std::ptrdiff_t{y} * shape_.width + part.left) * channels;
            pixels.insert(pixels.end(), from, from + std::ptrdiff_t{part.width()} * channels);
        }
        return pixels;
    }

    void put_waiting() {
        if (waiting_.empty()) return;
        GraphicsControlBlock control{};
        control.DisposalMode = DISPOSE_DO_NOT;
        control.DelayTime = start_cs(frames_) - waiting_from_;
        control.TransparentColor = NO_TRANSPARENT_COLOR;
        std::array<GifByteType, 4> bytes{};
        EGifGCBToExtension(&control, bytes.data());
        must(EGifPutExtension(gif_.get(), GRAPHICS_EXT_FUNC_CODE, static_cast<int>(bytes.size()),
                              bytes.data()));
        const Part part = changed();
        Bytes pixels = pixels_of(part);
        std::optional<ColourMap> own;
        if (shape_.channels == 3) {
            Indexed found = indexed(pixels);
            own.emplace(found.colours);
            pixels.swap(found.indices);
        }
        must(EGifPutImageDesc(gif_.get(), part.left, part.top, part.width(), part.height(), false,
                              own ? own->get() : nullptr));
        for (int y = 0; y < part.height(); ++y)
            must(EGifPutLine(gif_.get(), pixels.data() + std::ptrdiff_t{y} * part.width(),
                             part.width()));
    }

    const std::filesystem::path path_;
    const AnimationShape shape_;
    OutputFile file_;
    std::exception_ptr failure_;  // of the file
    std::unique_ptr<GifFileType, CloseGif> gif_;
    Bytes shown_, waiting_;    // the frame before, and the one that is shown until another comes
    int waiting_from_ = 0;     // hundredths of a second
    std::int64_t frames_ = 0;  // added
};

}  // namespace

const AnimationFormat& gif_format() {
    static const AnimationFormat kEntry{
        .name = "gif",
        .label = "GIF",
        .help = "Shown everywhere. Greys are exact; each coloured frame has 256 colours.",
        .extension = ".gif",
        .most_px = kMostGifPx,
        .open = [](const std::filesystem::path& path, const AnimationShape& shape,
                   const Progress&) -> std::unique_ptr<AnimationWriter> {
            return std::make_unique<GifWriter>(path, shape);
        },
    };
    return kEntry;
}

}  // namespace elbow::io
