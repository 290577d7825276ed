#pragma once

// The attributes of the view state, each a slider that moves the dot along it. Owned by the
// selection's panel. GUI thread.

#include <cstddef>
#include <memory>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/window_action.h"
#include "engine/explore/attributes.h"
#include "engine/live/questions/map.h"

namespace elbow::gui {

class AttributeRows {
  public:
    static void add_actions(Context&, WindowActions&);
    void draw(Context&);

  private:
    void update(const Context&);
    static void heading(Context&);
    void row(Context&, std::size_t number);
    void menu(Context&, std::size_t number);

    // The directions, found anew when the map or the attributes change.
    std::shared_ptr<const live::MapView> map_;
    std::vector<explore::Attribute> made_for_;
    std::vector<explore::Direction> directions_;
};

}  // namespace elbow::gui
