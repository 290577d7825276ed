#pragma once

// Asks for a file in a dialog of the desktop: through its portal, else zenity or kdialog. The
// dialog is another program's; no frame waits for it. GUI thread.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/widgets/toasts.h"
#include "engine/core/task.h"

namespace elbow::gui {

// The command that asks for it, by what is installed: `has` says of a program whether it is. Empty:
// none is. A pure function.
std::vector<std::string> browse_command(const std::string& title, const std::filesystem::path& from,
                                        const std::function<bool(const std::string&)>& has);

class FileBrowser {
  public:
    void ask(const std::filesystem::path& from);
    bool busy() const { return task_ != nullptr; }
    // Once a frame: what was chosen, once. Closing the dialog chooses nothing; where none can be
    // shown, a toast says so.
    std::optional<std::filesystem::path> poll(Toasts&);

  private:
    std::unique_ptr<Task<std::optional<std::filesystem::path>>> task_;
};

}  // namespace elbow::gui
