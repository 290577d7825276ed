#pragma once

// The window's frame log (app/gui/frame_log.h), read back.

#include <istream>
#include <vector>

namespace elbow::bench {

struct FrameRow {
    double time_s;
    double frame_ms;
    double images_per_s;  // 0: it did not train, or not long enough to know
};

// Whole lines only: a window that was killed may leave its last line half written.
std::vector<FrameRow> read_frames(std::istream&);

// From half a second after a training speed is first known, when everything is loaded, to the last
// frame.
std::vector<FrameRow> training_frames(const std::vector<FrameRow>&);

}  // namespace elbow::bench
