#pragma once

// A rectangle on the screen, in pixels. A value.

namespace elbow::gui {

struct Area {
    float x = 0, y = 0, width = 0, height = 0;
    float right() const { return x + width; }
    float bottom() const { return y + height; }
    bool contains(float px, float py) const {
        return px >= x && px < right() && py >= y && py < bottom();
    }
    bool operator==(const Area&) const = default;
};

}  // namespace elbow::gui
