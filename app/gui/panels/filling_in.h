#pragma once

// The controls that fill in what of the drawing is not known, and what comes of it while it goes
// on; its end goes into the drawing. GUI thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/window_action.h"
#include "engine/live/questions/filling.h"

namespace elbow::gui {

class FillingIn {
  public:
    // Every frame: asks for it while it goes on.
    void tick(Context&);
    void add_actions(Context&, WindowActions&);
    // Two lines, where something is marked as unknown.
    void draw(Context&);
    bool goes_on() const { return method_.has_value(); }
    // What the canvas shows in the place of the drawing, [D]; null: the drawing itself.
    const std::vector<std::uint8_t>* shown() const;

  private:
    WindowAction method_action(Context&, explore::FillingMethod);
    WindowAction stop_action(Context&);
    WindowAction all_known_action(Context&);
    void stop(Context&);
    void draw_state(Context&);

    std::optional<explore::FillingMethod> method_;   // that goes on
    std::uint64_t number_ = 0;                       // how often something was begun
    bool mean_ = true;                               // else the newest draw
    std::shared_ptr<const live::FillingView> view_;  // of what goes on; null: not there yet
};

}  // namespace elbow::gui
