#include "engine/core/start_log.h"

#include <cstdio>

#include "engine/core/clock.h"

namespace elbow {

StartLog::StartLog(const std::filesystem::path& file)
    : file_(file, "start log", "event,steady_s\n") {}

void StartLog::note(const std::string& event) {
    if (!file_.is_open() || !noted_.insert(event).second) return;
    char line[64];
    std::snprintf(line, sizeof line, ",%.6f\n", steady_now_s());
    file_.write(event + line);
}

}  // namespace elbow
