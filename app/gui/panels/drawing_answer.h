#pragma once

// What the model says of the drawing: its bound, and the held-out images whose codes lie near. GUI
// thread.

#include "app/gui/context.h"
#include "app/gui/panels/held_out_tiles.h"
#include "engine/live/questions/drawing.h"

namespace elbow::gui {

class DrawingAnswer {
  public:
    // With a button behind which there is room in its line.
    static void numbers(Context&, const live::DrawingView&);
    void neighbours(Context&, const live::DrawingView&);

  private:
    HeldOutTiles tiles_;
};

}  // namespace elbow::gui
