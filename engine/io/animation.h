#pragma once

// Moving pictures, written frame after frame. A format is a file in animations/: its words, and how
// it is written; the list is in animation.cpp. A writer belongs to one thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/progress.h"

namespace elbow::io {

inline constexpr int kMostFramesPerSecond = 50;  // a GIF counts hundredths of a second

struct AnimationShape {
    int width = 0;               // pixels
    int height = 0;              // pixels
    int channels = 1;            // as of a Picture
    int frames_per_second = 20;  // 1 to kMostFramesPerSecond
    bool loop = true;            // for ever; false: it ends with the last frame
};

// Without finish() nothing stays of what was written. Throws Error naming the path and the cause
// (no such folder, no permission, disk full), and Cancelled.
class AnimationWriter {
  public:
    virtual ~AnimationWriter() = default;
    // pixels [height, width, channels]: shown for 1 / frames_per_second.
    virtual void add(std::span<const std::uint8_t> pixels) = 0;
    // After the last one, of at least one.
    virtual void finish() = 0;
};

struct AnimationFormat {
    const char* name = "";       // behind an option: "gif"
    const char* label = "";      // "GIF"
    const char* help = "";       // one sentence
    const char* extension = "";  // ".gif"; none of a folder
    int most_px = 0;             // of a side
    // Why it cannot be written here; empty: it can. Null: it always can.
    std::string (*why_not)() = nullptr;
    // The progress says whether to stop while another program is waited for, and outlives the
    // writer. An empty file, or an empty folder of a format without an extension, may be at the
    // path.
    std::unique_ptr<AnimationWriter> (*open)(const std::filesystem::path&, const AnimationShape&,
                                             const Progress&) = nullptr;

    bool is_folder() const { return *extension == '\0'; }
};

// In the order in which they are shown.
std::span<const AnimationFormat* const> animation_formats();
// Null where there is none of this name.
const AnimationFormat* find_animation_format(std::string_view name);

// Throws UsageError where the format cannot hold pictures of this size or speed, Error where it
// cannot be written here.
void check_animation(const AnimationFormat&, const AnimationShape&);

}  // namespace elbow::io
