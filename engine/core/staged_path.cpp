#include "engine/core/staged_path.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/system_remedy.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;

// Beside the target, so that the rename stays within one file system; unique within this machine's
// processes.
fs::path temporary_beside(const fs::path& target) {
    static std::atomic<unsigned> number{0};
    return target.parent_path() / ("." + target.filename().string() + "." +
                                   std::to_string(::getpid()) + "-" + std::to_string(++number));
}

// The file that a write to `path` changes: a link is followed and stays a link.
fs::path written_file(const fs::path& path) {
    std::error_code ignored;
    if (!fs::is_symlink(path, ignored)) return path;
    const fs::path resolved = fs::canonical(path, ignored);
    return ignored ? path : resolved;
}

// Some file systems cannot flush a folder: what is in it is safe anyway.
void flush_folder(const fs::path& folder) {
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) return;
    ::fsync(handle);
    ::close(handle);
}

}  // namespace

StagedPath::StagedPath(const fs::path& target)
    : wanted_(target), target_(written_file(target)), path_(temporary_beside(target_)) {}

StagedPath::~StagedPath() {
    std::error_code ignored;
    if (!finished_) fs::remove_all(path_, ignored);
}

void StagedPath::finish() {
    const int handle = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0) fail(errno);
    const int failure = ::fsync(handle) == 0 ? 0 : errno;
    ::close(handle);
    if (failure != 0) fail(failure);
    take_name();
}

void StagedPath::take_name() {
    if (::rename(path_.c_str(), target_.c_str()) != 0) fail(errno);
    finished_ = true;
    flush_folder(target_.has_parent_path() ? target_.parent_path() : fs::path("."));
}

void StagedPath::fail(int error_number) const {
    throw Error("Cannot write '" + wanted_.string() + "': " + why_not_written(error_number));
}

OutputFile::OutputFile(const fs::path& path)
    : staged_(path),
      descriptor_(::open(staged_.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {
    if (descriptor_ < 0) staged_.fail(errno);
}

OutputFile::~OutputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void OutputFile::write(std::span<const std::uint8_t> bytes) {
    if (!write_all(descriptor_, bytes)) staged_.fail(errno);
}

void OutputFile::finish() {
    // Some systems report only at the end that a write was lost.
    if (::fsync(descriptor_) != 0 || ::close(std::exchange(descriptor_, -1)) != 0)
        staged_.fail(errno);
    staged_.take_name();
}

bool write_all(int descriptor, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace elbow
