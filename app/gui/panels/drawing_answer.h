#pragma once

// What the model says of the drawing: its bound, and the held-out images whose codes lie near. GUI
// thread.

#include "app/gui/context.h"
#include "app/gui/panels/held_out_tiles.h"
#include "engine/live/questions/drawing.h"

namespace elbow::gui {

class DrawingAnswer {
  public:
    void draw(Context&, const live::DrawingView&);

  private:
    void neighbours(Context&, const live::DrawingView&);

    HeldOutTiles tiles_;
};

}  // namespace elbow::gui
