#pragma once

// Says which runs went to the trash, and brings them back in the background if the person wants
// them. GUI thread.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/gui/autosaves.h"
#include "app/gui/widgets/toasts.h"
#include "engine/core/task.h"

namespace elbow::gui {

class TrashReturns {
  public:
    explicit TrashReturns(std::filesystem::path state) : state_(std::move(state)) {}

    // A toast with the button Undo.
    void offer(const std::string& text, const std::vector<TrashedRun>&, Toasts&);
    void bring_back(const std::vector<TrashedRun>&);
    // Once a frame: what has come back, or why not.
    void poll(Toasts&);
    bool busy() const { return !tasks_.empty(); }

  private:
    using Work = Task<std::string>;

    const std::filesystem::path state_;
    std::vector<std::unique_ptr<Work>> tasks_;
};

}  // namespace elbow::gui
