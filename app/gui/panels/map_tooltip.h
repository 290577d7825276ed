#pragma once

// What the map says about the thing under the mouse: the dot, a handle, or a point with its image.
// Owned by the map panel. GUI thread.

#include <memory>
#include <optional>
#include <vector>

#include "app/gl/tile_texture.h"
#include "app/gui/panels/map_overlay.h"

namespace elbow::gui {

class MapTooltip {
  public:
    // `map`: the one whose points are shown; may be null when no point is hovered.
    void draw(const Context&, const OverlayState&, const explore::LatentMap* map);

  private:
    void point(const Context&, int index, const explore::LatentMap&);

    gl::TileTexture image_;
    std::optional<int> shown_;
    std::weak_ptr<const data::Dataset> shown_dataset_;
};

// The posterior mean of an image of the map. [N]
std::vector<float> mean_of(const explore::LatentMap&, int index);

}  // namespace elbow::gui
