#include "engine/io/animation.h"

#include <algorithm>
#include <array>

#include "engine/core/error.h"
#include "engine/io/animations/formats.h"

namespace elbow::io {

std::span<const AnimationFormat* const> animation_formats() {
    static const std::array kFormats{&gif_format(), &webp_format(), &mp4_format(),
                                     &png_sequence_format()};
    return kFormats;
}

const AnimationFormat* find_animation_format(std::string_view name) {
    const auto all = animation_formats();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const auto* format) { return name == format->name; });
    return found == all.end() ? nullptr : *found;
}

void check_animation(const AnimationFormat& format, const AnimationShape& shape) {
    if (shape.frames_per_second < 1 || shape.frames_per_second > kMostFramesPerSecond) {
        throw UsageError("An animation has 1 to " + std::to_string(kMostFramesPerSecond) +
                         " frames a second; " + std::to_string(shape.frames_per_second) +
                         " were asked for.");
    }
    if (shape.width < 1 || shape.height < 1 || shape.width > format.most_px ||
        shape.height > format.most_px) {
        throw UsageError("The frames would have " + std::to_string(shape.width) + " x " +
                         std::to_string(shape.height) + " pixels; " + format.label +
                         " holds at most " + std::to_string(format.most_px) +
                         " a side. Choose fewer images, a smaller pixel scale or another format.");
    }
    if (const std::string why = format.why_not != nullptr ? format.why_not() : ""; !why.empty())
        throw Error(why);
}

}  // namespace elbow::io
