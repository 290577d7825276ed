#pragma once

// Asks for a file through the desktop's portal (xdg-desktop-portal's FileChooser on the session's
// D-Bus): the dialog that the person's other programs have, which works in a sandbox, too.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/progress.h"

namespace elbow::gui {

struct PortalAnswer {
    std::optional<std::filesystem::path> chosen;  // absent: the dialog was closed
};

// Where the session's bus listens, by the environment; empty where there is none.
std::string session_bus_address();

// Waits for the person, so on a thread of its own. The dialog begins in the folder `from`. Absent
// where there is no portal that shows dialogs for files. Throws Cancelled, which closes the dialog,
// and Error where what was chosen is not a file of this machine.
std::optional<PortalAnswer> ask_portal(const std::string& bus, const std::string& title,
                                       const std::filesystem::path& from, Progress&);

// "file:///home/a%20b" as a path; absent for another address.
std::optional<std::filesystem::path> path_of_uri(std::string_view uri);

}  // namespace elbow::gui
