#pragma once

// What the selected image costs: as bits back of the model, as PNG, and with some of its latents
// alone. A part of the inspector, behind a toggle. GUI thread.

#include <memory>
#include <optional>

#include "app/gl/tile_texture.h"
#include "app/gui/context.h"
#include "engine/explore/point.h"
#include "engine/live/questions/compression.h"

namespace elbow::gui {

class CompressSection {
  public:
    // Every frame: what is not drawn is not asked for.
    void tick(Context&);
    void draw_toggle(Context&);
    // While that is on.
    void draw(Context&, const explore::PointDetail&);

  private:
    void costs(Context&, const explore::PointDetail&);
    void latents(Context&, const explore::PointDetail&);
    void picture(Context&, const live::CompressionView*);
    double png_bits(const Context&, int image);

    bool open_ = false;
    bool comes_into_view_ = false;  // it was opened in this frame
    bool drawn_ = false;            // since the last tick
    std::optional<int> kept_;       // latents; absent: all of them
    gl::TileTexture tile_;
    std::shared_ptr<const live::CompressionView> uploaded_;
    // The image that was packed last, and what it takes, bits a pixel.
    int packed_ = -1;
    std::weak_ptr<const data::Dataset> packed_of_;
    double packed_bits_ = 0.0;
};

}  // namespace elbow::gui
