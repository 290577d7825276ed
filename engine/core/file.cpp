#include "engine/core/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/staged_path.h"
#include "engine/core/system_remedy.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_to_write(const fs::path& path, int error_number) {
    throw Error("Cannot write '" + path.string() + "': " + why_not_written(error_number));
}

class Descriptor {
  public:
    explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int get() const { return descriptor_; }
    int release() { return std::exchange(descriptor_, -1); }
    // False where the system reports only now that a write was lost.
    bool close() { return descriptor_ < 0 || ::close(release()) == 0; }

  private:
    int descriptor_;
};

// What a path names that is no regular file.
const char* kind_of(mode_t mode) {
    if (S_ISDIR(mode)) return "a folder";
    if (S_ISFIFO(mode)) return "a pipe";
    if (S_ISSOCK(mode)) return "a socket";
    return "a device";
}

// A device or a pipe (/dev/stdout) has nothing to replace: renaming a file over it would destroy
// it.
void write_through(const fs::path& path, std::span<const std::uint8_t> bytes) {
    // Opened without blocking: a pipe that nobody reads from would be waited for, for ever.
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.get() < 0 && errno == ENXIO) {
        throw Error("Cannot write '" + path.string() +
                    "': it is a pipe or a socket, and nobody reads from it. Name a file.");
    }
    if (file.get() < 0 || ::fcntl(file.get(), F_SETFL, 0) != 0 || !write_all(file.get(), bytes) ||
        !file.close()) {
        fail_to_write(path, errno);
    }
}

}  // namespace

InputFile::InputFile(const fs::path& path, std::uint64_t most) : path_(path) {
    // Not blocking: opening a pipe that nobody writes to would wait for ever.
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    const int failure = errno;
    struct stat status {};
    const bool known =
        (file.get() >= 0 ? ::fstat(file.get(), &status) : ::stat(path.c_str(), &status)) == 0;
    if (known && !S_ISREG(status.st_mode)) {
        fail(std::string("it is ") + kind_of(status.st_mode) +
             ", and a regular file was expected.");
    }
    if (file.get() < 0) fail(system_words(failure) + ".");
    if (!known) fail(system_words(errno) + ".");
    bytes_ = static_cast<std::uint64_t>(status.st_size);
    if (bytes_ > most) {
        fail("it has " + std::to_string(bytes_) + " bytes, and at most " + std::to_string(most) +
             " were expected. It is damaged or something else: replace or remove it.");
    }
    descriptor_ = file.release();
}

InputFile::~InputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void InputFile::fail(const std::string& why) const {
    throw Error("Cannot read '" + path_.string() + "': " + why);
}

std::size_t InputFile::read_at(std::uint64_t position, std::span<std::uint8_t> out) const {
    std::size_t filled = 0;
    while (filled < out.size()) {
        const ssize_t got = ::pread(descriptor_, out.data() + filled, out.size() - filled,
                                    static_cast<off_t>(position + filled));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(system_words(errno) + ".");
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    return filled;
}

std::size_t InputFile::read(std::span<std::uint8_t> out) {
    const std::size_t got = read_at(position_, out);
    position_ += got;
    return got;
}

std::vector<std::uint8_t> read_file(const fs::path& path, std::uint64_t most) {
    InputFile file(path, most);
    // One byte more than the file has shows that it ends there; files of /proc say 0 and have more.
    std::vector<std::uint8_t> bytes;
    for (std::size_t room = file.bytes() + 1;; room = bytes.size()) {
        const std::size_t filled = bytes.size();
        bytes.resize(filled + room);
        const std::size_t got = file.read(std::span(bytes).subspan(filled));
        bytes.resize(filled + got);
        if (bytes.size() > most) {
            file.fail("it grows while it is read, past the " + std::to_string(most) +
                      " bytes that were expected at most.");
        }
        if (got < room) return bytes;
    }
}

std::string read_text_file(const fs::path& path, std::uint64_t most) {
    const std::vector<std::uint8_t> bytes = read_file(path, most);
    return {bytes.begin(), bytes.end()};
}

void write_file_atomically(const fs::path& path, std::span<const std::uint8_t> bytes) {
    std::error_code ignored;
    // Where it is redirected to a file, that file is the shell's to begin or to append to.
    if (path == kStandardOutput) {
        if (!write_all(STDOUT_FILENO, bytes)) fail_to_write(path, errno);
        return;
    }
    const fs::file_status before = fs::status(path, ignored);
    if (fs::is_directory(before)) fail_to_write(path, EISDIR);
    if (fs::exists(before) && !fs::is_regular_file(before)) return write_through(path, bytes);

    OutputFile file(path);
    file.write(bytes);
    file.finish();
}

void write_file_atomically(const fs::path& path, std::string_view text) {
    write_file_atomically(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace elbow
