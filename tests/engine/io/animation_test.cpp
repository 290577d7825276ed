#include "engine/io/animation.h"

#include <gif_lib.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stb_image.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <webp/demux.h>

#include <algorithm>
#include <fstream>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/process.h"
#include "engine/io/animations/palette.h"
#include "tests/temporary_folder.h"

namespace elbow::io {
namespace {

namespace fs = std::filesystem;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing_support::TemporaryFolder;

using Pixels = std::vector<std::uint8_t>;

// What a player would show.
struct Shown {
    std::vector<Pixels> frames;     // [height, width, 3]
    std::vector<int> durations_ms;  // of each
    int loops = -1;                 // 0: for ever; -1: it does not say
};

Pixels grey_as_rgb(const Pixels& grey) {
    Pixels rgb;
    for (const std::uint8_t pixel : grey) rgb.insert(rgb.end(), 3, pixel);
    return rgb;
}

void paint(const SavedImage& image, const ColorMapObject& map, int width, Pixels& canvas) {
    const GifImageDesc& at = image.ImageDesc;
    for (int y = 0; y < at.Height; ++y) {
        for (int x = 0; x < at.Width; ++x) {
            const GifColorType& colour = map.Colors[image.RasterBits[y * at.Width + x]];
            const int to = 3 * ((at.Top + y) * width + at.Left + x);
            const auto pixel = canvas.begin() + to;
            pixel[0] = colour.Red;
            pixel[1] = colour.Green;
            pixel[2] = colour.Blue;
        }
    }
}

Shown read_gif(const fs::path& path) {
    int failure = 0;
    GifFileType* gif = DGifOpenFileName(path.c_str(), &failure);
    EXPECT_NE(gif, nullptr) << path;
    EXPECT_EQ(DGifSlurp(gif), GIF_OK) << path;
    Shown shown;
    Pixels canvas(std::size_t{3} * static_cast<std::size_t>(gif->SWidth) *
                  static_cast<std::size_t>(gif->SHeight));
    for (int i = 0; i < gif->ImageCount; ++i) {
        const SavedImage& image = gif->SavedImages[i];
        const ColorMapObject* map =
            image.ImageDesc.ColorMap != nullptr ? image.ImageDesc.ColorMap : gif->SColorMap;
        paint(image, *map, gif->SWidth, canvas);
        shown.frames.push_back(canvas);
        GraphicsControlBlock control{};
        EXPECT_EQ(DGifSavedExtensionToGCB(gif, i, &control), GIF_OK);
        shown.durations_ms.push_back(10 * control.DelayTime);
        for (int e = 0; e < image.ExtensionBlockCount; ++e) {
            const ExtensionBlock& block = image.ExtensionBlocks[e];
            const std::string bytes(block.Bytes, block.Bytes + block.ByteCount);
            if (block.Function == APPLICATION_EXT_FUNC_CODE && bytes == "NETSCAPE2.0")
                shown.loops = 0;
        }
    }
    DGifCloseFile(gif, &failure);
    return shown;
}

Shown read_webp(const fs::path& path) {
    const Pixels file = read_file(path);
    const WebPData data{file.data(), file.size()};
    WebPAnimDecoder* decoder = WebPAnimDecoderNew(&data, nullptr);
    EXPECT_NE(decoder, nullptr) << path;
    WebPAnimInfo info;
    WebPAnimDecoderGetInfo(decoder, &info);
    Shown shown;
    shown.loops = static_cast<int>(info.loop_count);
    int before_ms = 0;
    while (WebPAnimDecoderHasMoreFrames(decoder) != 0) {
        std::uint8_t* rgba = nullptr;
        int end_ms = 0;
        EXPECT_EQ(WebPAnimDecoderGetNext(decoder, &rgba, &end_ms), 1);
        Pixels rgb;
        for (std::uint32_t i = 0; i < info.canvas_width * info.canvas_height; ++i)
            rgb.insert(rgb.end(), rgba + 4 * i, rgba + 4 * i + 3);
        shown.frames.push_back(rgb);
        shown.durations_ms.push_back(end_ms - before_ms);
        before_ms = end_ms;
    }
    WebPAnimDecoderDelete(decoder);
    return shown;
}

Pixels read_frame(const fs::path& path, int channels) {
    int width = 0, height = 0, found = 0;
    stbi_uc* data = stbi_load(path.c_str(), &width, &height, &found, 0);
    EXPECT_NE(data, nullptr) << path;
    EXPECT_EQ(found, channels);
    Pixels pixels(data, data + width * height * channels);
    stbi_image_free(data);
    return pixels;
}

// Frames of all greys in which a corner moves.
std::vector<Pixels> grey_frames(int width, int height, int count) {
    std::vector<Pixels> frames;
    for (int frame = 0; frame < count; ++frame) {
        Pixels pixels;
        for (int i = 0; i < width * height; ++i) pixels.push_back(static_cast<std::uint8_t>(i));
        for (int i = 0; i < 3; ++i)
            pixels.begin()[(frame + 1) % height * width + 2 + i] =
                static_cast<std::uint8_t>(255 - 40 * frame);
        frames.push_back(pixels);
    }
    return frames;
}

// Smooth slopes of far more than 256 colours, which shift.
std::vector<Pixels> coloured_frames(int width, int height, int count) {
    std::vector<Pixels> frames;
    for (int frame = 0; frame < count; ++frame) {
        Pixels pixels;
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                for (const int value : {255 * x / width, 255 * y / height, 60 * frame + x})
                    pixels.push_back(static_cast<std::uint8_t>(value));
        frames.push_back(pixels);
    }
    return frames;
}

class Animation : public ::testing::Test {
  protected:
    fs::path write(const char* format, const AnimationShape& shape,
                   const std::vector<Pixels>& frames, const std::string& name = "a") {
        fs::path path = folder / name;
        const auto writer = find_animation_format(format)->open(path, shape, progress);
        for (const Pixels& frame : frames) writer->add(frame);
        writer->finish();
        return path;
    }
    bool is_empty() const { return fs::is_empty(folder.path()); }

    TemporaryFolder folder;
    Progress progress;
};

TEST_F(Animation, AGreyGifIsExact) {
    const auto frames = grey_frames(20, 16, 4);
    const Shown shown = read_gif(write("gif", {20, 16, 1, 20, true}, frames));
    ASSERT_EQ(shown.frames.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(shown.frames[i], grey_as_rgb(frames[i])) << i;
    EXPECT_THAT(shown.durations_ms, Each(50));
}

TEST_F(Animation, AColouredGifIsAsNearAsItsPalettesAllow) {
    const auto frames = coloured_frames(64, 48, 3);
    const Shown shown = read_gif(write("gif", {64, 48, 3, 10, false}, frames));
    ASSERT_EQ(shown.frames.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        double squares = 0.0;
        int farthest = 0;
        for (std::size_t p = 0; p < frames[i].size(); ++p) {
            const int away = std::abs(int{frames[i][p]} - int{shown.frames[i][p]});
            squares += away * away;
            farthest = std::max(farthest, away);
        }
        EXPECT_LT(std::sqrt(squares / static_cast<double>(frames[i].size())), 8.0) << i;
        EXPECT_LT(farthest, 48) << i;
    }
}

TEST_F(Animation, AGifOfFewColoursIsExact) {
    std::vector<Pixels> frames = {grey_as_rgb(grey_frames(20, 16, 1)[0])};
    for (std::uint8_t& value : frames[0]) value = value == 7 ? 8 : value;
    frames[0][0] = 255;  // a red pixel among 255 greys
    frames.push_back(frames[0]);
    frames[1][3] = 255;
    const Shown shown = read_gif(write("gif", {20, 16, 3, 20, true}, frames));
    EXPECT_EQ(shown.frames, frames);
}

TEST_F(Animation, AWebpIsExactInGreyAndInColour) {
    const auto grey = grey_frames(20, 16, 4);
    const Shown shown = read_webp(write("webp", {20, 16, 1, 20, true}, grey));
    ASSERT_EQ(shown.frames.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(shown.frames[i], grey_as_rgb(grey[i])) << i;
    EXPECT_THAT(shown.durations_ms, Each(50));
    const auto coloured = coloured_frames(64, 48, 3);
    EXPECT_EQ(read_webp(write("webp", {64, 48, 3, 20, true}, coloured)).frames, coloured);
}

TEST_F(Animation, RoundedTimesAddUp) {
    const auto frames = grey_frames(20, 16, 6);
    EXPECT_THAT(read_gif(write("gif", {20, 16, 1, 30, true}, frames)).durations_ms,
                ElementsAre(30, 40, 30, 30, 40, 30));
    EXPECT_THAT(read_webp(write("webp", {20, 16, 1, 30, true}, frames)).durations_ms,
                ElementsAre(33, 34, 33, 33, 34, 33));
}

TEST_F(Animation, AFrameThatStaysIsShownForLonger) {
    auto frames = grey_frames(20, 16, 2);
    frames.insert(frames.begin() + 1, 3, frames[0]);
    for (const Shown& shown : {read_gif(write("gif", {20, 16, 1, 10, true}, frames)),
                               read_webp(write("webp", {20, 16, 1, 10, true}, frames))}) {
        EXPECT_EQ(shown.frames.size(), 2U);
        EXPECT_THAT(shown.durations_ms, ElementsAre(400, 100));
    }
    const Shown still = read_gif(write("gif", {20, 16, 1, 1, true}, std::vector(1000, frames[0])));
    EXPECT_THAT(still.durations_ms, ElementsAre(600'000, 400'000));
    EXPECT_THAT(still.frames, Each(grey_as_rgb(frames[0])));
}

TEST_F(Animation, LoopsOnlyWhereItShould) {
    const auto frames = grey_frames(20, 16, 2);
    EXPECT_EQ(read_gif(write("gif", {20, 16, 1, 20, true}, frames)).loops, 0);
    EXPECT_EQ(read_gif(write("gif", {20, 16, 1, 20, false}, frames)).loops, -1);
    EXPECT_EQ(read_webp(write("webp", {20, 16, 1, 20, true}, frames)).loops, 0);
    EXPECT_EQ(read_webp(write("webp", {20, 16, 1, 20, false}, frames)).loops, 1);
}

TEST_F(Animation, PngsAreNumberedInAFolder) {
    const auto grey = grey_frames(20, 16, 3);
    fs::create_directory(folder / "a");  // that holds the name
    const fs::path path = write("png", {20, 16, 1, 20, true}, grey);
    EXPECT_EQ(std::distance(fs::directory_iterator(path), {}), 3);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(read_frame(path / ("0000" + std::to_string(i + 1) + ".png"), 1), grey[i]);
    const auto coloured = coloured_frames(8, 6, 1);
    EXPECT_EQ(read_frame(write("png", {8, 6, 3, 20, true}, coloured, "b") / "00001.png", 3),
              coloured[0]);
}

// A program in the place of ffmpeg, in a folder that the path begins with.
class FakeFfmpeg {
  public:
    explicit FakeFfmpeg(const std::string& script) : before_(::getenv("PATH")) {
        std::ofstream(folder_ / "ffmpeg") << "#!/bin/sh\n" << script << "\n";
        fs::permissions(folder_ / "ffmpeg", fs::perms::owner_all);
        ::setenv("PATH", (folder_.path().string() + ":" + before_).c_str(), 1);
    }
    ~FakeFfmpeg() { ::setenv("PATH", before_.c_str(), 1); }
    FakeFfmpeg(const FakeFfmpeg&) = delete;
    FakeFfmpeg& operator=(const FakeFfmpeg&) = delete;

  private:
    TemporaryFolder folder_;
    std::string before_;
};

TEST_F(Animation, FfmpegIsFedAllFrames) {
    const FakeFfmpeg ffmpeg(R"(for last; do :; done; echo "$*" >"${0%/*}/arguments"
        cat >"${last#file:}"; cat "${0%/*}/arguments" >>"${last#file:}")");
    const auto frames = grey_frames(20, 16, 200);
    const Pixels bytes = read_file(write("mp4", {20, 16, 1, 25, true}, frames));
    ASSERT_GT(bytes.size(), 200U * 320U);
    for (std::size_t i = 0; i < 200; ++i)
        EXPECT_TRUE(std::equal(frames[i].begin(), frames[i].end(), bytes.begin() + 320 * i)) << i;
    const std::string arguments(bytes.begin() + 200 * 320, bytes.end());
    EXPECT_THAT(arguments, HasSubstr("-pixel_format gray -video_size 20x16 -framerate 25"));
}

TEST_F(Animation, SaysWhatFfmpegSaidAndLeavesNothing) {
    const FakeFfmpeg ffmpeg("head -c 1000 >/dev/null; echo 'Unknown encoder libx264' >&2; exit 1");
    make_lost_writes_errors();
    try {
        write("mp4", {20, 16, 1, 25, true}, grey_frames(20, 16, 1000));
        FAIL() << "expected an Error";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("Unknown encoder libx264"));
        EXPECT_THAT(error.what(), HasSubstr((folder / "a").string()));
    }
    ::signal(SIGPIPE, SIG_DFL);
    ::signal(SIGXFSZ, SIG_DFL);
    EXPECT_TRUE(is_empty());
}

TEST_F(Animation, StopsWhileFfmpegIsBusy) {
    const FakeFfmpeg ffmpeg("sleep 600");
    const auto writer =
        find_animation_format("mp4")->open(folder / "a", {20, 16, 1, 25, true}, progress);
    progress.cancel();
    EXPECT_THROW(writer->add(grey_frames(20, 16, 1)[0]), Cancelled);
}

TEST_F(Animation, SaysHowToGetFfmpeg) {
    const std::string path = ::getenv("PATH");
    ::setenv("PATH", folder.path().c_str(), 1);
    const std::string why = find_animation_format("mp4")->why_not();
    ::setenv("PATH", path.c_str(), 1);
    EXPECT_THAT(why, HasSubstr("apt-get install ffmpeg"));
}

TEST_F(Animation, FfmpegMakesAFilmOfOddSides) {
    if (!find_program("ffmpeg") || !find_program("ffprobe")) GTEST_SKIP() << "no ffmpeg is here";
    const fs::path film = write("mp4", {63, 47, 3, 25, true}, coloured_frames(63, 47, 10));
    const ProcessResult probe =
        run_process({{"ffprobe", "-v", "error", "-count_frames", "-show_entries",
                      "stream=codec_name,width,height,r_frame_rate,nb_read_frames", "-of",
                      "csv=p=0", film.string()},
                     {},
                     {},
                     {}});
    EXPECT_EQ(last_line(probe.standard_output), "h264,64,48,25/1,10") << probe.standard_error;
}

TEST_F(Animation, LeavesNothingWhereItIsNotFinished) {
    for (const AnimationFormat* format : animation_formats()) {
        if (format->why_not != nullptr && !format->why_not().empty()) continue;
        {
            const auto writer = format->open(folder / "a", {20, 16, 1, 20, true}, progress);
            for (const Pixels& frame : grey_frames(20, 16, 3)) writer->add(frame);
        }
        EXPECT_TRUE(is_empty()) << format->label;
    }
}

// While this lives, no file of this process may grow past `bytes`: a full disk for tests.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes) : before_handler_(::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, before_handler_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

  private:
    rlimit before_{};
    void (*before_handler_)(int);
};

TEST_F(Animation, AFullDiskIsSaidAndLeavesNothing) {
    const auto frames = coloured_frames(64, 48, 6);
    for (const char* format : {"gif", "webp", "png"}) {
        const FullDisk disk(100);
        try {
            write(format, {64, 48, 3, 20, true}, frames);
            FAIL() << "expected an Error of " << format;
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), HasSubstr("File too large")) << format;
            EXPECT_THAT(error.what(), HasSubstr(folder.path().string())) << format;
        }
        EXPECT_TRUE(is_empty()) << format;
    }
}

TEST_F(Animation, AFolderThatIsMissingIsNamed) {
    for (const AnimationFormat* format : animation_formats()) {
        if (format->why_not != nullptr) continue;  // ffmpeg says so itself
        try {
            write(format->name, {20, 16, 1, 20, true}, grey_frames(20, 16, 2), "missing/a");
            FAIL() << "expected an Error of " << format->label;
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), HasSubstr("missing")) << format->label;
        }
    }
}

TEST_F(Animation, RefusesWhatAFormatCannotHold) {
    const AnimationFormat& webp = *find_animation_format("webp");
    EXPECT_NO_THROW(check_animation(webp, {16383, 10, 1, 50, true}));
    EXPECT_THROW(check_animation(webp, {16384, 10, 1, 50, true}), UsageError);
    EXPECT_THROW(check_animation(webp, {10, 10, 1, 51, true}), UsageError);
    EXPECT_THROW(check_animation(webp, {10, 10, 1, 0, true}), UsageError);
    EXPECT_EQ(find_animation_format("avi"), nullptr);
}

TEST(Palette, HasNoMoreColoursThanFitAndTheNearestOfEach) {
    Pixels rgb;
    for (int i = 0; i < 4096; ++i)
        for (const int value : {i % 256, i / 16, (7 * i) % 256})
            rgb.push_back(static_cast<std::uint8_t>(value));
    const Indexed found = indexed(rgb);
    EXPECT_EQ(found.colours.size(), kMostColours);
    ASSERT_EQ(found.indices.size(), 4096U);
    const auto away = [&](std::size_t pixel, const std::array<std::uint8_t, 3>& colour) {
        int sum = 0;
        for (std::size_t c = 0; c < 3; ++c) {
            const int difference = int{rgb[3 * pixel + c]} - int{colour[c]};
            sum += difference * difference;
        }
        return sum;
    };
    for (std::size_t pixel = 0; pixel < 4096; pixel += 17) {
        const int mine = away(pixel, found.colours[found.indices[pixel]]);
        for (const auto& colour : found.colours) ASSERT_LE(mine, away(pixel, colour)) << pixel;
    }
}

}  // namespace
}  // namespace elbow::io
