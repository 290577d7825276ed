#include "engine/core/start_log.h"

#include <cstdio>

#include "engine/core/clock.h"
#include "engine/core/log_file.h"

namespace elbow {

StartLog::StartLog(const std::filesystem::path& file) {
    if (file.empty()) return;
    out_ = open_log(file, "start log", "event,steady_s\n");
}

void StartLog::note(const std::string& event) {
    if (!out_.is_open() || !noted_.insert(event).second) return;
    char line[64];
    std::snprintf(line, sizeof line, ",%.6f\n", steady_now_s());
    out_ << event << line << std::flush;
}

}  // namespace elbow
