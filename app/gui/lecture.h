#pragma once

// Lecture mode, for a projector: large type, and only the map, the image under the dot and the
// curves. Leaving it puts layout and scale back as they were. GUI thread.

#include <optional>
#include <string>

#include "app/gui/settings.h"
#include "app/gui/workspace.h"

namespace elbow::gui {

class Lecture {
  public:
    bool on() const { return before_.has_value(); }
    // scale: that the window has, pixels for a design pixel.
    void toggle(Settings&, Workspace&, float scale);
    // The settings as they will be when it is left.
    Settings without(Settings) const;

  private:
    struct Before {
        float scale;  // Settings::scale
        Layout layout;
        std::string filling;  // the panel that filled the window; empty: none
    };
    std::optional<Before> before_;
};

}  // namespace elbow::gui
