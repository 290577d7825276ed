#include "engine/data/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "engine/core/error.h"

namespace elbow::data {
namespace {

constexpr std::size_t kLargestRead = 8 << 20;
constexpr unsigned kInternalBuffer = 256 * 1024;

std::string cause(int error_number) { return std::generic_category().message(error_number); }

}  // namespace

struct ByteSource::State {
    std::filesystem::path path;
    int descriptor = -1;
    gzFile packed_file = nullptr;  // owns the descriptor where it is set
    std::uint64_t file_bytes = 0;

    ~State() {
        if (packed_file != nullptr) {
            gzclose_r(packed_file);
        } else if (descriptor >= 0) {
            ::close(descriptor);
        }
    }

    [[noreturn]] void fail(const std::string& why) const {
        throw Error("Cannot read '" + path.string() + "': " + why);
    }

    void open() {
        // Not blocking: opening a pipe that nobody writes to would wait for ever.
        descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (descriptor < 0) fail(cause(errno) + ".");
        struct stat status {};
        if (::fstat(descriptor, &status) != 0) fail(cause(errno) + ".");
        if (!S_ISREG(status.st_mode)) fail("a regular file was expected, and it is not one.");
        file_bytes = static_cast<std::uint64_t>(status.st_size);
    }

    void unpack_if_gzip() {
        std::array<unsigned char, 2> start{};
        const ssize_t got = ::pread(descriptor, start.data(), start.size(), 0);
        const bool gzip = got == 2 && start[0] == 0x1f && start[1] == 0x8b;
        if (!gzip) {
            if (path.extension() == ".gz") {
                fail(
                    "its name says gzip, and it is not a gzip file (one starts with the bytes 1f "
                    "8b). "
                    "Fetch it again, or take .gz off its name if it is not compressed.");
            }
            return;
        }
        packed_file = gzdopen(descriptor, "rb");
        if (packed_file == nullptr) fail("there is no memory to unpack it.");
        gzbuffer(packed_file, kInternalBuffer);
    }

    std::size_t read_some(std::span<std::uint8_t> out) const {
        const std::size_t wanted = std::min(out.size(), kLargestRead);
        if (packed_file == nullptr) {
            const ssize_t got = ::read(descriptor, out.data(), wanted);
            if (got >= 0) return static_cast<std::size_t>(got);
            if (errno == EINTR) return read_some(out);
            fail(cause(errno) + ".");
        }
        const int got = gzread(packed_file, out.data(), static_cast<unsigned>(wanted));
        int status = Z_OK;
        gzerror(packed_file, &status);
        if (status == Z_BUF_ERROR) {
            fail("the gzip file ends before its content does: it was cut off. Fetch it again.");
        }
        if (got < 0) fail("the gzip file is damaged. Fetch it again.");
        return static_cast<std::size_t>(got);
    }
};

ByteSource::ByteSource(const std::filesystem::path& path) : state_(std::make_unique<State>()) {
    state_->path = path;
    state_->open();
    state_->unpack_if_gzip();
}
ByteSource::~ByteSource() = default;

const std::filesystem::path& ByteSource::path() const { return state_->path; }
bool ByteSource::packed() const { return state_->packed_file != nullptr; }
std::uint64_t ByteSource::file_bytes() const { return state_->file_bytes; }

std::size_t ByteSource::read(std::span<std::uint8_t> out) {
    std::size_t filled = 0;
    while (filled < out.size()) {
        const std::size_t got = state_->read_some(out.subspan(filled));
        if (got == 0) break;
        filled += got;
    }
    return filled;
}

std::vector<std::uint8_t> read_content(const std::filesystem::path& path, std::uint64_t limit) {
    ByteSource source(path);
    std::vector<std::uint8_t> content;
    for (;;) {
        const std::size_t room = std::min<std::uint64_t>(limit - content.size(), kLargestRead);
        const std::size_t before = content.size();
        content.resize(before + room);
        const std::size_t got = source.read(std::span(content).subspan(before));
        content.resize(before + got);
        if (got < room || content.size() == limit) return content;
    }
}

}  // namespace elbow::data
