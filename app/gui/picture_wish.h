#pragma once

// A picture that the window shows. A value; any thread.

#include <cstddef>
#include <vector>

namespace elbow::gui {

struct Export;

// What makes it, and which one of several it is.
struct PictureWish {
    const Export* what = nullptr;  // not null
    std::vector<float> z;          // [N] of a decoded image
    std::vector<int> images;       // held-out ones of reconstructions
    std::size_t run = 0;           // of a race
};

}  // namespace elbow::gui
