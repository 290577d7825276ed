#pragma once

// The numbers under the inspector's image: where the dot is, to be typed or dragged, and the
// prior's density there. Owned by the inspector. GUI thread.

#include <memory>
#include <vector>

#include "app/gui/context.h"
#include "engine/live/questions/cursor.h"
#include "engine/live/questions/map.h"

namespace elbow::gui {

class DotNumbers {
  public:
    // `view`: the newest answer; null: none yet. sliders_px: the height that the sliders of many
    // latents may take.
    void draw(Context&, const live::CursorView* view, float sliders_px);

  private:
    static void field(Context&, int latent);
    static void label(Context&);
    void sliders(Context&, float height);
    float slider_end(const Context&, std::size_t latent);

    std::shared_ptr<const live::MapView> map_;  // that `ends_` are of
    std::vector<float> ends_;                   // [N] of sliders where there is no prior
};

// How far sliders reach to show all codes, [N]: a third more than the farthest code along each
// latent, and at least 1.
std::vector<float> ends_of_codes(const explore::LatentMap&);

}  // namespace elbow::gui
