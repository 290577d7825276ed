#pragma once

// The image under the dot, in a corner of a map that fills the window. Owned by the map panel. GUI
// thread.

#include <memory>

#include "app/gl/tile_texture.h"
#include "app/gui/context.h"
#include "app/gui/panels/map_view.h"

namespace elbow::gui {

// The upper left corner of an inset of this size: in the map's upper right corner, or in the upper
// left one where it would cover the dot.
ImVec2 inset_corner(const PlaneView&, ImVec2 size_px, ImVec2 dot_px, float margin_px);

class MapInset {
  public:
    // Marks map.inset with a hash of the image.
    void draw(Context&, ImDrawList*, const PlaneView&);

  private:
    gl::TileTexture image_;
    std::shared_ptr<const train::CursorView> shown_;
};

}  // namespace elbow::gui
