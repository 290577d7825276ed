#pragma once

// The palette (Ctrl+P): everything that the window can do, found by a few letters. The arrow keys
// choose, Enter or a click does it, Escape goes back to where the keyboard was. GUI thread.

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/palette_search.h"
#include "app/gui/text_return.h"

namespace elbow::gui {

class Palette {
  public:
    // Opens it, or closes it where it is open; from the next draw() on.
    void toggle() { toggled_ = true; }
    bool is_open() const { return open_; }

    // Inside the window that covers everything. Asks for the actions only while it is open; returns
    // the one that was chosen, in the frame in which it closes itself.
    std::optional<WindowAction> draw(Context&, const std::function<WindowActions()>& actions);

  private:
    void begin(const Context&);
    bool draw_field(Context&);
    std::optional<std::size_t> draw_rows(Context&, const WindowActions&,
                                         const std::vector<FoundAction>&);
    bool draw_row(Context&, const WindowAction&, const FoundAction&, std::size_t row);
    void draw_help(Context&, const WindowAction*) const;

    bool toggled_ = false;
    bool open_ = false;
    char typed_[64] = {};
    int step_ = 0;            // by the arrow keys, in this frame
    std::size_t chosen_ = 0;  // row
    bool scrolls_ = false;    // to the chosen row
    TextReturn text_;
};

}  // namespace elbow::gui
