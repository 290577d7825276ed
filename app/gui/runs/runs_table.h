#pragma once

// The table of the runs, with a picture for each, and which of them is chosen. GUI thread.

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/gl/tile_texture.h"
#include "app/gui/context.h"
#include "app/gui/runs/run_actions.h"
#include "app/gui/runs/run_list.h"
#include "app/gui/runs/run_thumbnails.h"

namespace elbow::gui {

class RunsTable {
  public:
    struct Rows {
        const std::vector<RunEntry>& entries;
        const std::vector<std::size_t>& shown;  // of them, in order
        std::function<bool(const RunEntry&)> open_here;
        // Draws the menu of the row under the mouse.
        std::function<void(const RunEntry&)> menu;
    };
    // What the person asked for with the mouse.
    struct Wish {
        std::optional<RunAction> action;      // with the chosen run
        std::optional<std::string> new_name;  // of the chosen run
    };
    Wish draw(Context&, const Rows&, Thumbnails&, RunOrder&, ImVec2 size);

    // The chosen run; null where it is not shown.
    const RunEntry* chosen(const Rows&) const;
    // The one above or below it, or the first.
    void choose_next(const Rows&, int step);
    void choose(const std::filesystem::path& folder) { chosen_ = folder; }

    void begin_renaming(const RunEntry&);
    bool renaming() const { return renamed_.has_value(); }
    void end_renaming() { renamed_.reset(); }

  private:
    void draw_row(Context&, const Rows&, const RunEntry&, Thumbnails&, Wish&);
    void draw_picture(Context&, const RunEntry&, Thumbnails&, ImVec2 min, float side);
    void draw_cells(Context&, const RunEntry&, bool open_here);
    void draw_name_field(Context&, Wish&);

    std::filesystem::path chosen_;
    bool scroll_to_chosen_ = false;
    std::optional<std::string> renamed_;  // as typed
    bool focus_name_ = false;
    struct Picture {
        gl::TileTexture texture;
        std::filesystem::file_time_type of;
    };
    std::map<std::filesystem::path, Picture> pictures_;
};

}  // namespace elbow::gui
