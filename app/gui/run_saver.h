#pragma once

// "Save run": asks the trainer for a checkpoint and writes it on a thread of its own. A run that a
// restart or the end of the program would lose is kept, too, in kept_run_folder(). GUI thread.

#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include "app/gui/widgets/toasts.h"
#include "engine/core/task.h"
#include "engine/train/trainer.h"

namespace elbow::gui {

// $XDG_STATE_HOME/elbow/last-run (or ~/.local/state/elbow/last-run): the newest run that was kept.
std::filesystem::path kept_run_folder();

class RunSaver {
  public:
    // A new folder in <parent>/runs.
    void ask(train::Trainer&, const std::filesystem::path& parent);
    // Before a restart: keeps what has been trained, unless that is too little to be missed.
    void keep(train::Trainer&);
    // After the last frame: the same, and returns when it is written (or after some seconds, where
    // the disk does not answer).
    void keep_and_wait(train::Trainer&);
    // Once a frame, with what the trainer handed over.
    void poll(const train::TrainerUpdate&, Toasts&);
    bool busy() const { return !awaited_.empty() || !tasks_.empty(); }

  private:
    using Work = Task<std::filesystem::path>;

    // Folders to write to, by the number of the checkpoint that is awaited; an empty one: a new
    // folder below parent_.
    std::map<std::uint64_t, std::filesystem::path> awaited_;
    std::uint64_t number_ = 0;
    std::filesystem::path parent_;
    std::vector<std::unique_ptr<Work>> tasks_;
};

}  // namespace elbow::gui
