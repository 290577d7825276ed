#include "engine/core/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace elbow {

FileLock::FileLock(int descriptor) : descriptor_(descriptor) {
    if (descriptor_ < 0) return;
    int result = -1;
    do {
        result = ::flock(descriptor_, LOCK_EX | LOCK_NB);
    } while (result != 0 && errno == EINTR);
    if (result == 0) state_ = State::kHeld;
    if (result != 0 && errno == EWOULDBLOCK) state_ = State::kBusy;
}

// O_NONBLOCK: a pipe in the place of the file does not wait for a writer.
FileLock::FileLock(const std::filesystem::path& path)
    : FileLock(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}

FileLock FileLock::on_file(const std::filesystem::path& path) {
    return FileLock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666));
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

FileLock::FileLock(FileLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      state_(std::exchange(other.state_, State::kNone)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(state_, other.state_);
    return *this;
}

bool FileLock::is_at(const std::filesystem::path& path) const {
    struct stat locked {};
    struct stat there {};
    return descriptor_ >= 0 && ::fstat(descriptor_, &locked) == 0 &&
           ::stat(path.c_str(), &there) == 0 && locked.st_dev == there.st_dev &&
           locked.st_ino == there.st_ino;
}

}  // namespace elbow
