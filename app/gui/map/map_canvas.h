#pragma once

// The ground under the map's marks: what the layers draw there, off screen and only when something
// changed. Owned by the map panel. GUI thread.

#include <vector>

#include "app/gl/canvas.h"
#include "app/gui/map/layer.h"

namespace elbow::gui {

class MapCanvas {
  public:
    // Brings the ground up to date and puts it on the list.
    void show(const Context&, const MapScene&, const MapLayers&, ImDrawList*);

  private:
    // What the ground depends on, apart from what its layers watch themselves.
    struct Frame {
        MapRect rect;  // of the view: centre and half height
        int width = 0, height = 0;
        float scale = 1.0f;  // pixels of the screen in a design pixel
        bool dark = false;
        std::vector<bool> shown;  // of each layer
        bool operator==(const Frame&) const = default;
    };
    static Frame frame_of(const MapScene&, const MapLayers&);
    void render(const MapScene&, const MapLayers&, const Frame&);

    gl::Canvas canvas_;
    Frame drawn_;
    double drawn_at_s_ = -1.0;
};

}  // namespace elbow::gui
