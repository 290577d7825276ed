#pragma once

// The pictures of some held-out images, uploaded anew where other ones are wanted. GUI thread.

#include <cstddef>
#include <memory>
#include <vector>

#include "app/gl/tile_texture.h"
#include "app/gui/context.h"
#include "imgui.h"

namespace elbow::gui {

class HeldOutTiles {
  public:
    // Of the run's data set, in this order.
    void want(const Context&, std::vector<int> images);
    // Nothing where it is none of those.
    void draw(ImDrawList*, int image, ImVec2 low, ImVec2 high) const;
    // The one at this place of those that are wanted.
    void draw_nth(ImDrawList*, std::size_t place, ImVec2 low, ImVec2 high) const;

  private:
    std::vector<int> images_;
    std::weak_ptr<const data::Dataset> of_;
    gl::TileTexture tiles_;
};

}  // namespace elbow::gui
