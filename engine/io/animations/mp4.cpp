#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/process.h"
#include "engine/core/staged_path.h"
#include "engine/io/animations/formats.h"

namespace elbow::io {
namespace {

constexpr const char* kProgram = "ffmpeg";
constexpr int kMostMp4Px = 4096;  // that players show

// H.264 at a quality at which nothing is seen to be lost; its sides are even, and its colours those
// of other films, for else many players show none of it.
std::vector<std::string> ffmpeg_arguments(const AnimationShape& shape,
                                          const std::filesystem::path& file) {
    return {kProgram,
            "-loglevel",
            "error",
            "-nostdin",
            "-xerror",
            "-f",
            "rawvideo",
            "-pixel_format",
            shape.channels == 1 ? "gray" : "rgb24",
            "-video_size",
            std::to_string(shape.width) + "x" + std::to_string(shape.height),
            "-framerate",
            std::to_string(shape.frames_per_second),
            "-i",
            "pipe:0",
            "-vf",
            "pad=ceil(iw/2)*2:ceil(ih/2)*2,scale=out_color_matrix=bt709,format=yuv420p",
            "-colorspace",
            "bt709",
            "-color_primaries",
            "bt709",
            "-color_trc",
            "bt709",
            "-c:v",
            "libx264",
            "-crf",
            "14",
            "-movflags",
            "+faststart",
            "-f",
            "mp4",
            "-y",
            "file:" + file.string()};
}

class Mp4Writer final : public AnimationWriter {
  public:
    Mp4Writer(const std::filesystem::path& path, const AnimationShape& shape,
              const Progress& progress)
        : path_(path), staged_(path), ffmpeg_(ffmpeg_arguments(shape, staged_.path()), [&progress] {
              progress.throw_if_cancelled();
          }) {}

    void add(std::span<const std::uint8_t> pixels) override {
        if (!ffmpeg_.write(pixels)) fail(ffmpeg_.finish());
    }
    void finish() override {
        if (const ProcessResult result = ffmpeg_.finish(); result.exit_code != 0) fail(result);
        staged_.finish();
    }

  private:
    [[noreturn]] void fail(const ProcessResult& result) const {
        const std::string said = last_line(result.standard_error);
        throw Error("ffmpeg could not write '" + path_.string() + "': " +
                    (said.empty() ? "it ended with exit code " + std::to_string(result.exit_code)
                                  : "it says '" + said + "'") +
                    ". Check that the disk has room and that this ffmpeg knows libx264, or choose "
                    "another format.");
    }

    const std::filesystem::path path_;
    StagedPath staged_;
    FedProcess ffmpeg_;  // ends before what it has written is removed
};

std::string why_no_mp4() {
    if (find_program(kProgram)) return {};
    return "An MP4 is written by the program ffmpeg, which is not installed. Install it (apt-get "
           "install ffmpeg), or choose another format.";
}

}  // namespace

const AnimationFormat& mp4_format() {
    static const AnimationFormat kEntry{
        .name = "mp4",
        .label = "MP4",
        .help = "A film for slides and messengers (H.264), written by the program ffmpeg.",
        .extension = ".mp4",
        .most_px = kMostMp4Px,
        .why_not = why_no_mp4,
        .open = [](const std::filesystem::path& path, const AnimationShape& shape,
                   const Progress& progress) -> std::unique_ptr<AnimationWriter> {
            return std::make_unique<Mp4Writer>(path, shape, progress);
        },
    };
    return kEntry;
}

}  // namespace elbow::io
