#include "app/gui/exports/animation.h"

#include <algorithm>
#include <cmath>

namespace elbow::gui {
namespace {

constexpr int kFewestFrames = 2, kMostFrames = 10'000;
// Of a caption: a letter's height as a part of the frame's width, in pixels between two bounds.
constexpr double kLetterPart = 1.0 / 30.0, kLeastLetterPx = 13.0, kMostLetterPx = 30.0;
constexpr double kCaptionLines = 1.8;        // its height in letters' heights
constexpr double kCaptionLetterWidth = 0.6;  // of a wide one, in its height: no font has to be read

}  // namespace

ExportList format_choice() {
    ExportList list{.option = "--format",
                    .label = "format",
                    .mark = "export.format",
                    .value = &Settings::export_format};
    for (const io::AnimationFormat* format : io::animation_formats())
        list.items.push_back({format->name, format->label, format->help});
    return list;
}

ExportNumber frames_choice() {
    return {.option = "--frames",
            .label = "frames",
            .help = "From one end to the other, both included. Ctrl+click to type a number.",
            .mark = "export.frames",
            .value = &Settings::export_frames,
            .least = kFewestFrames,
            .most = kMostFrames,
            .most_by_hand = 300};
}

ExportNumber speed_choice() {
    return {.option = "--frames-per-second",
            .label = "frames a second",
            .help = "How fast it moves. A GIF counts hundredths of a second.",
            .mark = "export.frames_per_second",
            .value = &Settings::export_frames_per_second,
            .least = 1,
            .most = io::kMostFramesPerSecond};
}

ExportEither loop_choice() {
    return {.option = "--play",
            .first = &Settings::export_loop,
            .ways = {{.name = "forever",
                      .label = "Play for ever",
                      .help = "It begins again when it is over. Of an MP4 the player decides.",
                      .mark = "export.loop"},
                     {.name = "once",
                      .label = "Once",
                      .help = "It ends with its last frame.",
                      .mark = "export.once"}}};
}

ExportEither motion_choice() {
    return {
        .option = "--motion",
        .first = &Settings::export_there_and_back,
        .ways = {{.name = "back",
                  .label = "There and back",
                  .help = "To the end and back to the beginning, so that nothing jumps where it "
                          "begins again.",
                  .mark = "export.there_and_back"},
                 {.name = "there",
                  .label = "There",
                  .help = "From the beginning to the end.",
                  .mark = "export.there"}}};
}

ExportEither caption_choice() {
    return {.option = "--caption",
            .first = &Settings::export_caption,
            .ways = {{.name = "shown",
                      .label = "With a caption",
                      .help = "A line below the images says what is seen.",
                      .mark = "export.caption"},
                     {.name = "none",
                      .label = "Without",
                      .help = "Nothing but the images.",
                      .mark = "export.no_caption"}}};
}

const ExportList::Item& ExportList::chosen(const Settings& settings) const {
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&](const Item& item) { return settings.*value == item.name; });
    return found == items.end() ? items.front() : *found;
}

const io::AnimationFormat& format_of(const Settings& settings) {
    return *io::find_animation_format(format_choice().chosen(settings).name);
}

std::vector<double> places_of_frames(const Settings& settings) {
    const int last = std::max(settings.export_frames, kFewestFrames) - 1;
    std::vector<double> places;
    for (int i = 0; i <= last; ++i) places.push_back(static_cast<double>(i) / last);
    if (!settings.export_there_and_back) return places;
    for (int i = last - 1; i > 0; --i) places.push_back(static_cast<double>(i) / last);
    return places;
}

io::SheetSize checked_for_format(const ExportSource& source, io::SheetSize size) {
    const Settings& settings = source.settings;
    io::check_animation(format_of(settings),
                        {.width = size.width,
                         .height = size.height,
                         .frames_per_second = settings.export_frames_per_second,
                         .loop = settings.export_loop});
    return size;
}

Captions::Captions(const Settings& settings, io::SheetSize frame, const std::string& widest,
                   Colours colours)
    : size_(frame), colours_(colours) {
    if (!settings.export_caption) return;
    letter_px_ = std::clamp(std::round(kLetterPart * frame.width), kLeastLetterPx, kMostLetterPx);
    const double words_px =
        kCaptionLetterWidth * letter_px_ * static_cast<double>(widest.size() + 1);
    size_.width = std::max(frame.width, static_cast<int>(std::lround(words_px)));
    size_.height += static_cast<int>(std::lround(kCaptionLines * letter_px_));
}

io::Picture Captions::operator()(io::Picture frame, const std::string& words) const {
    if (letter_px_ <= 0.0) return frame;
    const charts::Lettering letters(letter_px_);
    charts::Raster strip(size_.width, size_.height - frame.height, colours_.ground);
    letters.write(strip, std::round((size_.width - letters.width(words)) / 2.0),
                  std::round((strip.height() - letter_px_) / 2.0), words, colours_.words);
    io::Picture whole{size_.width, size_.height, frame.channels, {}};
    const auto channels = static_cast<std::size_t>(frame.channels);
    const std::size_t pitch = static_cast<std::size_t>(whole.width) * channels;
    whole.pixels.reserve(pitch * static_cast<std::size_t>(whole.height));
    const auto paint = [&](const std::uint8_t* rgb, int pixels) {
        for (int i = 0; i < pixels; ++i, rgb += 3)
            whole.pixels.insert(whole.pixels.end(), rgb, rgb + channels);
    };
    const int left = (whole.width - frame.width) / 2;
    const int right = whole.width - frame.width - left;
    const charts::Raster margin(std::max({left, right, 1}), 1, colours_.ground);
    for (int y = 0; y < frame.height; ++y) {
        paint(margin.pixels().data(), left);
        const auto line = frame.pixels.begin() + std::ptrdiff_t{y} * frame.width * frame.channels;
        whole.pixels.insert(whole.pixels.end(), line,
                            line + std::ptrdiff_t{frame.width} * frame.channels);
        paint(margin.pixels().data(), right);
    }
    paint(strip.pixels().data(), strip.width() * strip.height());
    return whole;
}

}  // namespace elbow::gui
