#pragma once

// What the exports of animations share: what may be chosen of them, and captions. Pure functions,
// for any thread.

#include <string>
#include <vector>

#include "app/charts/raster.h"
#include "app/gui/exports/export.h"
#include "engine/io/animation.h"

namespace elbow::gui {

ExportList format_choice();
ExportNumber frames_choice();
ExportNumber speed_choice();
ExportEither loop_choice();
ExportEither motion_choice();
ExportEither caption_choice();

const io::AnimationFormat& format_of(const Settings&);

// How far along its way each frame is, in [0, 1]: at equal steps to the end, and back without
// showing an end twice where that is chosen.
std::vector<double> places_of_frames(const Settings&);

// The size itself. Throws UsageError where the format that is chosen cannot hold frames of this
// size, Error where it cannot be written here.
io::SheetSize checked_for_format(const ExportSource&, io::SheetSize);

// Words below the frames of an animation, where they are chosen.
class Captions {
  public:
    struct Colours {
        charts::Rgb ground{0, 0, 0}, words{220, 220, 220};
    };

    // frame: without the words. widest: as wide as any of them, for all frames have one size.
    Captions(const Settings&, io::SheetSize frame, const std::string& widest, Colours colours);
    Captions(const Settings& settings, io::SheetSize frame, const std::string& widest)
        : Captions(settings, frame, widest, Colours()) {}

    // With the words.
    io::SheetSize size() const { return size_; }
    // The frame with words below it. In greys it stays grey.
    io::Picture operator()(io::Picture frame, const std::string& words) const;

  private:
    io::SheetSize size_;
    Colours colours_;
    double letter_px_ = 0.0;  // the height of a letter; 0: no words
};

}  // namespace elbow::gui
