#include "engine/core/start_log.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "engine/core/clock.h"
#include "engine/core/error.h"

namespace elbow {

StartLog::StartLog(const std::filesystem::path& file) {
    if (file.empty()) return;
    out_.open(file, std::ios::trunc);
    if (!out_) {
        throw Error("The start log " + file.string() + " cannot be written (" +
                    std::strerror(errno) +
                    "). Choose a file in a folder that exists and is yours.");
    }
    out_ << "event,steady_s\n" << std::flush;
}

void StartLog::note(const std::string& event) {
    if (!out_.is_open() || !noted_.insert(event).second) return;
    char line[64];
    std::snprintf(line, sizeof line, ",%.6f\n", steady_now_s());
    out_ << event << line << std::flush;
}

}  // namespace elbow
