#pragma once

// Logs when the things happen that a person waits for after a start: one CSV line each, with the
// time of the machine's steady clock, which is the same for all processes. One thread at a time.

#include <filesystem>
#include <set>
#include <string>

#include "engine/core/log_file.h"

namespace elbow {

class StartLog {
  public:
    // An empty path: nothing is written. Throws Error where the file cannot be made.
    explicit StartLog(const std::filesystem::path& file);
    // Writes "event,steady_s" the first time that it is called with this event.
    void note(const std::string& event);
    // Throws Error where an event could not be written.
    void check() const { file_.check(); }

  private:
    LogFile file_;
    std::set<std::string> noted_;
};

}  // namespace elbow
