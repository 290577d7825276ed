#pragma once

// What can be written to a file, and as a picture be put on the clipboard. Values; any thread.

#include <cstddef>
#include <vector>

namespace elbow::gui {

enum class ExportKind {
    kMap,
    kCursor,
    kPath,
    kManifold,
    kPriorSamples,
    kReconstructions,
    kCurvesPicture,
    kCurvesTable,
    kLatents
};

// A picture that the window shows: the kind, and which one of several.
struct PictureWish {
    ExportKind kind = ExportKind::kMap;
    std::vector<float> z;     // [N] of kCursor
    std::vector<int> images;  // held-out ones of kReconstructions
    std::size_t run = 0;      // of a race
};

}  // namespace elbow::gui
