#include "engine/core/log_file.h"

#include <cerrno>
#include <cstring>
#include <system_error>

#include "engine/core/error.h"
#include "engine/core/path_text.h"

namespace elbow {

namespace fs = std::filesystem;

LogFile::LogFile(const fs::path& file, const std::string& what, const std::string& first_line)
    : file_(file), what_(what) {
    if (file.empty()) return;
    std::error_code none;
    const fs::file_status found = fs::status(file, none);
    if (fs::is_fifo(found) || fs::is_socket(found) || fs::is_block_file(found)) {
        throw Error("The " + what + " " + quoted(file) +
                    " is a pipe, a socket or a disk. Name a file for it.");
    }
    errno = 0;
    out_.open(file, std::ios::trunc);
    out_ << first_line << std::flush;
    if (!out_) {
        throw Error("The " + what + " " + quoted(file) + " cannot be written (" +
                    std::strerror(errno) +
                    "). Choose a file on a disk with room, in a folder that exists and is yours.");
    }
}

void LogFile::write(const std::string& line) {
    if (!out_.is_open() || !failure_.empty()) return;
    errno = 0;
    out_ << line << std::flush;
    if (!out_) failure_ = std::strerror(errno);
}

void LogFile::check() const {
    if (failure_.empty()) return;
    throw Error("The " + what_ + " " + quoted(file_) +
                " is not whole: a line could not be written (" + failure_ +
                "). Make room, or name a file on another disk.");
}

}  // namespace elbow
