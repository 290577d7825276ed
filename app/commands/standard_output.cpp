#include "app/commands/standard_output.h"

#include <cerrno>
#include <cstdio>

#include "engine/core/error.h"
#include "engine/core/system_remedy.h"

namespace elbow::commands {
namespace {

// A reader that has gone needs no words, as of `| head`.
void check(int error_number) {
    std::clearerr(stdout);
    if (error_number == EPIPE) return;
    throw Error("Cannot write to the standard output: " + why_not_written(error_number));
}

}  // namespace

void StandardOutput::print(const std::string& text) {
    if (closed_) return;
    errno = 0;
    const bool written =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (written) return;
    closed_ = true;
    check(errno);
}

void StandardOutput::finish() {
    errno = 0;
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return;
    check(errno != 0 ? errno : EIO);
}

}  // namespace elbow::commands
