#include "engine/core/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string>
#include <system_error>

#include "engine/core/error.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;

std::string cause(int error_number) { return std::generic_category().message(error_number); }

[[noreturn]] void fail_to_write(const fs::path& path, int error_number) {
    throw Error("Cannot write '" + path.string() + "': " + cause(error_number) +
                ". Check that its folder exists and may be written, and that the disk has room.");
}

class Descriptor {
  public:
    explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int get() const { return descriptor_; }
    // False where the system reports only now that a write was lost.
    bool close() {
        if (descriptor_ < 0) return true;
        const int descriptor = descriptor_;
        descriptor_ = -1;
        return ::close(descriptor) == 0;
    }

  private:
    int descriptor_;
};

bool write_all(int descriptor, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

// Beside the target, so that the rename stays within one file system; unique within this machine's
// processes.
fs::path temporary_beside(const fs::path& target) {
    static std::atomic<unsigned> number{0};
    return target.parent_path() / ("." + target.filename().string() + "." +
                                   std::to_string(::getpid()) + "-" + std::to_string(++number));
}

// A device or a pipe (/dev/stdout) has nothing to replace: renaming a file over it would destroy
// it.
void write_through(const fs::path& path, std::span<const std::uint8_t> bytes) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.get() < 0 || !write_all(file.get(), bytes) || !file.close()) {
        fail_to_write(path, errno);
    }
}

void flush_folder(const fs::path& folder) {
    const Descriptor handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (handle.get() >= 0)
        ::fsync(handle.get());  // some file systems cannot: the file is safe anyway
}

// The file that a write to `path` changes: a link is followed and stays a link.
fs::path written_file(const fs::path& path) {
    std::error_code ignored;
    if (!fs::is_symlink(path, ignored)) return path;
    const fs::path resolved = fs::canonical(path, ignored);
    return ignored ? path : resolved;
}

}  // namespace

std::vector<std::uint8_t> read_file(const fs::path& path) {
    const auto fail = [&path](const std::string& why) -> Error {
        return Error("Cannot read '" + path.string() + "': " + why + ".");
    };
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) throw fail(cause(errno));
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) throw fail(cause(errno));
    if (S_ISDIR(status.st_mode)) throw fail("it is a folder, and a file was expected");

    // One byte more than the file has lets the last read say that it ends; a pipe says 0 and grows.
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(status.st_size) + 1);
    std::size_t filled = 0;
    for (;;) {
        if (filled == bytes.size()) bytes.resize(2 * filled);
        const ssize_t got = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw fail(cause(errno));
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
}

void write_file_atomically(const fs::path& path, std::span<const std::uint8_t> bytes) {
    std::error_code ignored;
    const fs::file_status before = fs::status(path, ignored);
    if (fs::is_directory(before)) fail_to_write(path, EISDIR);
    if (fs::exists(before) && !fs::is_regular_file(before)) return write_through(path, bytes);

    const fs::path target = written_file(path);
    const fs::path temporary = temporary_beside(target);
    Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.get() < 0) fail_to_write(path, errno);
    const bool whole = write_all(file.get(), bytes) && ::fsync(file.get()) == 0 && file.close() &&
                       ::rename(temporary.c_str(), target.c_str()) == 0;
    if (!whole) {
        const int why = errno;
        ::unlink(temporary.c_str());
        fail_to_write(path, why);
    }
    flush_folder(target.has_parent_path() ? target.parent_path() : fs::path("."));
}

void write_file_atomically(const fs::path& path, std::string_view text) {
    write_file_atomically(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace elbow
