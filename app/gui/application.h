#pragma once

// The window: owns the trainer, the explorer, the panels and what the person has chosen, and runs
// the frame loop. Everything here lives on the GUI thread.

#include <filesystem>
#include <functional>
#include <optional>

#include "engine/run/config.h"

namespace elbow::gui {

struct GuiOptions {
    RunConfig config;
    std::filesystem::path data_dir;                   // --data-dir
    std::optional<std::filesystem::path> run_folder;  // goes on from this run
    int threads = 0;                                  // 0: as many as suit the window
    // Asked once a frame; true closes the window as if its button had been pressed (Ctrl-C in a
    // terminal).
    std::function<bool()> stop_requested;
    // For tests and demonstrations.
    int width = 0, height = 0;         // 0: as remembered
    float scale = 0.0f;                // 0: as remembered, else the monitor's
    double exit_after_s = 0.0;         // 0: never
    std::filesystem::path screenshot;  // PNG of the last frame, written at exit
    std::filesystem::path frame_log;   // CSV
    std::filesystem::path layout_log;  // JSON
    std::filesystem::path start_log;   // CSV
};

// Returns when the window is closed and the run is kept. Throws Error where there is no display, no
// OpenGL 3.3, or where the run could not be kept.
void run_gui(const GuiOptions&);

}  // namespace elbow::gui
