#pragma once

// Some of the pictures that were found, as the model would see them with what is chosen. GUI
// thread.

#include <memory>
#include <vector>

#include "app/gl/tile_texture.h"
#include "app/gui/context.h"
#include "engine/data/sources/choices.h"
#include "engine/data/sources/finding.h"

namespace elbow::gui {

class Previews {
  public:
    // In rows across the room there is, as many rows as fit into the height; which picture it is on
    // hover.
    void draw(Context&, const std::shared_ptr<const data::Finding>&, const data::Choices&,
              float height_px);

  private:
    // So many of its thumbnails, of all classes.
    void make(const data::Finding&, const data::Choices&, int count);

    std::shared_ptr<const data::Finding> of_;
    data::Choices with_;
    std::vector<const data::Thumbnail*> shown_;  // of that finding; [texture_'s tiles]
    gl::TileTexture texture_;
};

}  // namespace elbow::gui
