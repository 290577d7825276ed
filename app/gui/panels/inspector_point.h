#pragma once

// The lower part of the inspector: the selected held-out image, its reconstruction, and its bound
// taken apart. GUI thread.

#include <memory>
#include <optional>

#include "app/gl/tile_texture.h"
#include "app/gui/context.h"
#include "app/gui/number_card.h"
#include "app/gui/panels/compress_section.h"
#include "engine/live/questions/point.h"

namespace elbow::gui {

// What is known of the selected image; null: nothing yet, or none is selected.
const explore::PointDetail* selected_detail(const Context&);

class SelectedPoint {
  public:
    // Asks for nothing, until it is drawn.
    void forget(Context& context) const { compress_.forget(context); }
    void draw(Context&);

  private:
    void pictures(Context&, int point, const explore::PointDetail*);
    void upload(Context&, int point);

    NumberCard card_;
    CompressSelected compress_;
    gl::TileTexture input_, reconstruction_;
    std::optional<int> shown_;
    std::weak_ptr<const data::Dataset> shown_dataset_;
    std::shared_ptr<const live::PointView> shown_view_;
};

}  // namespace elbow::gui
