#pragma once

// "Save run": asks the trainer for a checkpoint and writes it on a thread of its own. GUI thread.

#include <filesystem>
#include <memory>
#include <vector>

#include "app/gui/widgets/toasts.h"
#include "engine/core/task.h"
#include "engine/train/trainer.h"

namespace elbow::gui {

class RunSaver {
  public:
    // A new folder in <parent>/runs.
    void ask(train::Trainer&, const std::filesystem::path& parent);
    // Once a frame, with what the trainer handed over.
    void poll(const train::TrainerUpdate&, Toasts&);
    bool busy() const { return waiting_ || !tasks_.empty(); }

  private:
    using Work = Task<std::filesystem::path>;

    std::uint64_t number_ = 0;
    bool waiting_ = false;  // for the checkpoint
    std::filesystem::path parent_;
    std::vector<std::unique_ptr<Work>> tasks_;
};

}  // namespace elbow::gui
