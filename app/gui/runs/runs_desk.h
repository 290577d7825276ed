#pragma once

// All that the window does with saved runs: the list, saving under a name, comparing, what is
// dropped on it, and which runs were opened. GUI thread.

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "app/gui/live_runs.h"
#include "app/gui/run_starter.h"
#include "app/gui/runs/compared_runs.h"
#include "app/gui/runs/runs_window.h"
#include "app/gui/runs/save_dialog.h"
#include "app/gui/settings.h"

namespace elbow::gui {

class RunsDesk {
  public:
    RunsDesk(std::filesystem::path state, Settings&, LiveRuns&, RunStarter&);

    void add_actions(Actions&);
    // Fills in what the panels show of it.
    void add_to(Context&) const;

    // Once a frame. runs_are_listed: elsewhere, too, so that the list has to be up to date.
    void poll(double now_s, bool runs_are_listed, Toasts&);
    bool busy() const { return window_.busy() || compared_.busy(); }
    // It has the keyboard until it has an answer.
    bool asks_for_name() const { return save_dialog_.is_open(); }
    // The list of runs is open, and Ctrl+C is its own.
    bool has_keys() const { return window_.is_open(); }
    // What Escape does; false where there is nothing to close.
    bool close() { return window_.close(); }
    void draw(Context&);

    // A run goes on from this folder.
    void note_opened(const std::filesystem::path& folder);
    // Files and folders that were dropped on the window: the first one that may be a run is opened.
    void drop(const std::vector<std::filesystem::path>&, Toasts&);

  private:
    RunPlaces places() const;
    bool is_open_here(const std::filesystem::path& folder) const;
    std::string proposed_name() const;

    const std::filesystem::path state_;
    Settings& settings_;
    LiveRuns& runs_;
    RunStarter& starter_;
    ComparedRuns compared_;
    RunsWindow window_;
    SaveDialog save_dialog_;
    bool menu_is_open_ = false;
};

}  // namespace elbow::gui
