#pragma once

// At the start: finds out in the background whether an earlier window was interrupted (a kill, a
// lack of memory, a power cut), offers its run, and removes what such windows left. GUI thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/window_mark.h"
#include "engine/core/task.h"
#include "engine/data/datasets.h"

namespace elbow::gui {

struct InterruptedRun {
    std::filesystem::path folder;
    std::string what;  // "mnist-2"
    std::int64_t samples = 0;
};

// "Continue the run that was interrupted after 1.2 M images?"
std::string question_about(const InterruptedRun&);

class Interruption {
  public:
    // `opened`: the run that the window is about to open anyway; empty: none.
    Interruption(std::filesystem::path state, data::SearchPath, std::filesystem::path opened);
    ~Interruption();

    // Once a frame.
    void poll();
    bool busy() const { return task_ != nullptr; }
    // The run that was saved last, where there are several.
    const std::optional<InterruptedRun>& offer() const { return found_.run; }
    // Both settle it for good; otherwise the next window offers it again.
    std::filesystem::path accept();
    void dismiss();

  private:
    struct Found {
        std::optional<InterruptedRun> run;
        std::vector<OrphanedMark> marks;
    };
    static Found look(const std::filesystem::path& state, const std::filesystem::path& opened);

    Found found_;
    std::unique_ptr<Task<Found>> task_;
    std::unique_ptr<Task<bool>> tidying_;  // may take longer, and nobody waits for it
};

}  // namespace elbow::gui
