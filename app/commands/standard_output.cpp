#include "app/commands/standard_output.h"

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "engine/core/error.h"

namespace elbow::commands {

void StandardOutput::line(const std::string& text) {
    if (closed_) return;
    const std::string whole = text + "\n";
    errno = 0;
    const bool written = std::fwrite(whole.data(), 1, whole.size(), stdout) == whole.size() &&
                         std::fflush(stdout) == 0;
    if (written) return;
    const int why = errno;
    closed_ = true;
    if (why != EPIPE) {
        throw Error("Cannot write to the standard output: " + std::generic_category().message(why) +
                    ". Check where it is redirected to, and that the disk has room.");
    }
}

}  // namespace elbow::commands
