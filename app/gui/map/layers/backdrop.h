#pragma once

// What lies behind the points, one thing at a time.

#include "app/gui/map/layer.h"

namespace elbow::gui {

class BackdropLayer : public MapLayer {
  public:
    explicit BackdropLayer(Backdrop which) : which_(which) {}
    bool is_backdrop() const final { return true; }
    bool on(const Context& context) const final { return context.settings.backdrop == which_; }
    bool on(const MapScene& scene) const final { return scene.backdrop == which_; }
    void turn(Context& context, bool on) const final {
        Backdrop& backdrop = context.settings.backdrop;
        if (on || backdrop == which_) backdrop = on ? which_ : Backdrop::kNone;
    }

  private:
    Backdrop which_;
};

// Whether decoded images lie there, which points have to stand out from.
bool has_images_behind(const MapScene&);

}  // namespace elbow::gui
