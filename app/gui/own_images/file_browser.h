#pragma once

// Asks for a file in a dialog of the desktop: through zenity or kdialog, where one of
// them is installed. The dialog is a program of its own; no frame waits for it. GUI thread.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/task.h"

namespace elbow::gui {

// The command that asks for it, by what is installed: `has` says of a program whether it is. Empty:
// none is. A pure function.
std::vector<std::string> browse_command(const std::filesystem::path& from,
                                        const std::function<bool(const std::string&)>& has);

class FileBrowser {
  public:
    // Whether there is a program to ask with.
    static bool is_there();
    void ask(const std::filesystem::path& from);
    bool busy() const { return task_ != nullptr; }
    // Once a frame: what was chosen, once. Closing the dialog chooses nothing.
    std::optional<std::filesystem::path> poll();

  private:
    std::unique_ptr<Task<std::optional<std::filesystem::path>>> task_;
};

}  // namespace elbow::gui
