#pragma once

// The menu of a run's bookmarks in the title bar of its map: a list with a picture each, to go
// there, to rename and to delete. Owned by the map panel. GUI thread.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/gl/tile_texture.h"
#include "app/gui/context.h"
#include "app/gui/window_action.h"

namespace elbow::gui {

class BookmarksMenu {
  public:
    // The button, and the menu under it while it is open.
    void draw(Context&);
    static void add_actions(Context&, WindowActions&);

  private:
    void draw_list(Context&);
    void draw_row(Context&, std::size_t number);
    void draw_name(Context&, std::size_t number, float width);
    void draw_picture(Context&, std::size_t number, ImVec2 low, float side);
    void take_pictures(const Context&);

    struct Renaming {
        std::size_t number;
        std::string name;
        bool begins = true;
    };
    std::optional<Renaming> renaming_;
    std::optional<std::size_t> deleted_;  // after this frame's list
    gl::TileTexture pictures_;
    std::vector<SharedBookmark> pictured_;
};

}  // namespace elbow::gui
