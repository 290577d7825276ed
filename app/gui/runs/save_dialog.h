#pragma once

// Asks for a name under which the present run is saved (Ctrl+S). GUI thread.

#include <string>

#include "app/gui/context.h"

namespace elbow::gui {

class SaveDialog {
  public:
    // With the name that is proposed.
    void open(const std::string& name) {
        name_ = name;
        opens_ = true;
    }
    // Draws nothing while it is not open. Returns true in the frame in which the run is to be saved
    // as name(). `folder`: in which it goes.
    bool draw(Context&, const std::string& folder);
    const std::string& name() const { return name_; }
    bool is_open() const { return opens_ || open_; }

  private:
    std::string name_;  // as typed
    bool opens_ = false;
    bool open_ = false;  // as drawn last
};

}  // namespace elbow::gui
