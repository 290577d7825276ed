#pragma once

// Images of one's own (Ctrl+I, or dropped on the window): names a folder, an archive or a file of
// arrays, shows what was found in it and how it would be taken, and makes a data set of it, on
// which a new run starts. Reading is done on threads of its own. GUI thread.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/gui/context.h"
#include "app/gui/folder_menu.h"
#include "app/gui/own_images/file_browser.h"
#include "app/gui/own_images/image_look.h"
#include "app/gui/own_images/previews.h"
#include "engine/data/imported.h"
#include "engine/data/sources/choices.h"

namespace elbow::gui {

class ImagesWindow {
  public:
    // Looks at the path at once; without one the window asks for it.
    void open(const std::filesystem::path& path = {});
    // What Escape does; false where there is nothing to close. It stays open while a data set is
    // being made.
    bool close();
    bool is_open() const { return open_; }

    // Once a frame, open or not.
    void poll(Toasts&);
    bool busy() const { return look_.busy() || import_ || browser_.busy(); }
    // `start`: begins a run with this configuration, whose data set has just been made.
    void draw(Context&, const std::function<void(const RunConfig&)>& start);

  private:
    using Import = Task<data::ImportedSet>;
    struct Made {
        data::ImportedSet set;
        data::Choices choices;
    };

    void take_found();
    void take_import(Toasts&);
    void look(const data::LookWishes& = {});
    void draw_problem(Context&, std::string problem);
    void draw_row_size(Context&);
    void draw_path(Context&);
    void draw_state(Context&);
    void draw_go(Context&);
    void begin_import();
    static RunConfig config_on(const Context&, const Made&);
    std::string why_not(const Context&) const;

    bool open_ = false;
    bool appears_ = false;
    std::string path_;       // as typed
    std::string looked_at_;  // of look_
    std::string row_size_;   // as typed: of images that are rows of numbers
    ImageLook look_;
    std::shared_ptr<const data::Finding> proposed_of_;  // what choices_ were proposed for
    data::Choices choices_;
    bool chosen_ = false;  // by the person: what is found later proposes nothing any more
    std::string name_;     // as typed
    Previews previews_;
    FolderMenu folders_;
    FileBrowser browser_;
    std::string name_problem_, name_checked_;  // the problem of the name that was checked last
    std::unique_ptr<Import> import_;
    data::Choices importing_;
    std::string import_failure_;
    std::optional<Made> made_;  // and not yet begun with
};

}  // namespace elbow::gui
