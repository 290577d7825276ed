#pragma once

// The ground under the map's marks: what the layers draw there, off screen and only when something
// changed. While the view pans, the ground reaches further than the view, and most frames only
// shift it. While frames follow each other, a ground that is merely newer is drawn by a few layers
// a frame, and shown once it is whole. Owned by the map panel. GUI thread.

#include <cstddef>
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
    // As far as it has been drawn.
    struct Drawing {
        gl::Canvas canvas;
        std::optional<PlaneView> view;  // absent: it has not been begun
        Frame frame;
        std::vector<std::size_t> left;  // layers that are still to be drawn, the lowest last
    };
    static Frame frame_of(const MapScene&, const MapLayers&);
    // What is other than it was drawn last, on either drawing. `scene`: as it is seen.
    GroundChange change(const MapScene& scene, const MapLayers&, const Frame&) const;
    void begin(const MapScene&, const MapLayers&, Frame, bool wider);
    // Goes on until it is whole or has taken so long; shows it when it is whole.
    void draw_some(const MapScene&, const MapLayers&, double seconds);
    void put_on(ImDrawList*, const PlaneView&) const;

    Drawing shown_, next_;
    std::optional<PlaneView> seen_;  // in the previous frame
    double frame_at_s_ = -1.0, drawn_at_s_ = -1.0;
};

}  // namespace elbow::gui
