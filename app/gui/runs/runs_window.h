#pragma once

// The window "Runs" (Ctrl+O): every run that can be opened, and what can be done with it. Folders
// are read and changed on a thread of their own. GUI thread.

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/runs/run_files.h"
#include "app/gui/runs/run_list.h"
#include "app/gui/runs/run_thumbnails.h"
#include "app/gui/runs/runs_table.h"
#include "engine/core/task.h"

namespace elbow::gui {

class RunsWindow {
  public:
    using OpenHere = std::function<bool(const RunEntry&)>;

    explicit RunsWindow(std::filesystem::path state) : state_(std::move(state)) {}

    void open() {
        open_ = true;
        look_at_s_ = 0.0;
    }
    // What Escape does; false where there is nothing to close.
    bool close();
    bool is_open() const { return open_; }

    // Once a frame, open or not. `watched`: something shows the list.
    void poll(const RunPlaces&, bool watched, double now_s, Toasts&);
    bool busy() const { return search_ != nullptr || work_ != nullptr || thumbnails_.busy(); }
    const std::vector<RunEntry>& entries() const { return entries_; }
    bool has_looked() const { return has_looked_; }

    void draw(Context&, const OpenHere&);

  private:
    struct Done {
        std::string text;  // empty: nothing to tell
        std::optional<DeletedRun> deleted;
        std::filesystem::path choose;  // empty: what was chosen
    };
    using Job = std::function<Done()>;

    std::string found_text(std::size_t shown) const;
    void draw_top(Context&);
    void draw_buttons(Context&, const RunEntry* chosen, bool open_here);
    void draw_menu(Context&, const RunEntry&, bool open_here);
    void keys(Context&, const RunsTable::Rows&);
    void perform(Context&, RunAction, const RunEntry&, bool open_here);
    void change_folder(RunAction, const RunEntry&);
    void rename(const RunEntry&, const std::string& name);
    void restore(const DeletedRun&);
    void take_work(Toasts&);
    void take_list();

    const std::filesystem::path state_;
    bool open_ = false;
    std::string typed_;  // in the search box
    bool focus_search_ = false;
    RunOrder order_;
    std::vector<RunEntry> entries_;
    bool has_looked_ = false;
    double look_at_s_ = 0.0;
    RunsTable table_;
    Thumbnails thumbnails_;
    std::deque<Job> waiting_;
    std::unique_ptr<Task<std::vector<RunEntry>>> search_;  // of folders
    std::unique_ptr<Task<Done>> work_;
};

}  // namespace elbow::gui
