#include "engine/core/log_file.h"

#include <cerrno>
#include <cstring>
#include <system_error>

#include "engine/core/error.h"
#include "engine/core/path_text.h"

namespace elbow {

namespace fs = std::filesystem;

std::ofstream open_log(const fs::path& file, const std::string& what,
                       const std::string& first_line) {
    std::error_code none;
    const fs::file_status found = fs::status(file, none);
    if (fs::is_fifo(found) || fs::is_socket(found) || fs::is_block_file(found)) {
        throw Error("The " + what + " " + quoted(file) +
                    " is a pipe, a socket or a disk. Name a file for it.");
    }
    errno = 0;
    std::ofstream out(file, std::ios::trunc);
    out << first_line << std::flush;
    if (!out) {
        throw Error("The " + what + " " + quoted(file) + " cannot be written (" +
                    std::strerror(errno) +
                    "). Choose a file on a disk with room, in a folder that exists and is yours.");
    }
    return out;
}

}  // namespace elbow
