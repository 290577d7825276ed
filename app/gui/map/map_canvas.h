#pragma once

// The ground under the map's marks: what the layers draw there, off screen and only when something
// changed. While the view pans, the ground reaches further than the view, and most frames only
// shift it. Owned by the map panel. GUI thread.

#include <optional>
#include <vector>

#include "app/gl/canvas.h"
#include "app/gui/map/layer.h"

namespace elbow::gui {

class MapCanvas {
  public:
    // Brings the ground up to date and puts it on the list.
    void show(const Context&, const MapScene&, const MapLayers&, ImDrawList*);

  private:
    // What the ground depends on, apart from the view and what its layers watch themselves.
    struct Frame {
        float fineness = 1.0f;  // pixels of the framebuffer in one of the view's
        float scale = 1.0f;     // and in a design pixel
        bool dark = false;
        std::vector<bool> shown;  // of each layer
        bool operator==(const Frame&) const = default;
    };
    static Frame frame_of(const MapScene&, const MapLayers&);
    GroundChange change(const MapScene& ground, const MapLayers&, const Frame&, bool pans) const;
    void render(const MapScene& ground, const MapLayers&, const Frame&);

    gl::Canvas canvas_;
    std::optional<PlaneView> ground_;  // that was drawn last
    std::optional<PlaneView> seen_;    // in the previous frame
    Frame drawn_;
    double drawn_at_s_ = -1.0;
};

}  // namespace elbow::gui
