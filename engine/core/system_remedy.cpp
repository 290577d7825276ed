#include "engine/core/system_remedy.h"

#include <cerrno>
#include <system_error>

namespace elbow {
namespace {

const char* remedy(int error_number) {
    switch (error_number) {
        case ENOSPC:
        case EDQUOT:
            return "Make room there, or choose another place.";
        case EFBIG:
            return "Raise the limit on the size of a file (ulimit -f), or choose another disk.";
        case EMFILE:
        case ENFILE:
            return "Close other programs, or raise the limit on open files (ulimit -n).";
        case EROFS:
            return "The medium is read-only: choose another place.";
        case EACCES:
        case EPERM:
            return "Choose a folder where you may write.";
        case ENAMETOOLONG:
            return "Choose a shorter name, or a folder nearer to the root.";
        case EBADF:
            return "It is closed: leave it open, or send it to a file.";
        default:
            return "Check that its folder exists and may be written, and that the disk has room.";
    }
}

}  // namespace

std::string system_words(int error_number) { return std::generic_category().message(error_number); }

std::string why_not_written(int error_number) {
    return system_words(error_number) + ". " + remedy(error_number);
}

}  // namespace elbow
