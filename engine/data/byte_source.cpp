#include "engine/data/byte_source.h"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/core/file.h"
#include "engine/data/gunzip.h"

namespace elbow::data {
namespace {

constexpr std::size_t kLargestRead = 8 << 20;

}  // namespace

struct ByteSource::State {
    InputFile file;
    std::optional<Gunzip> unpacker;  // of a packed file

    explicit State(const std::filesystem::path& path) : file(path) {
        std::array<std::uint8_t, 2> start{};
        const bool gzip = file.read_at(0, start) == 2 && start[0] == 0x1f && start[1] == 0x8b;
        if (gzip) {
            unpacker.emplace(file);
        } else if (path.extension() == ".gz") {
            file.fail(
                "its name says gzip, and it is not a gzip file (one starts with the bytes 1f 8b). "
                "Fetch it again, or take .gz off its name if it is not compressed.");
        }
    }
};

ByteSource::ByteSource(const std::filesystem::path& path) : state_(std::make_unique<State>(path)) {}
ByteSource::~ByteSource() = default;

const std::filesystem::path& ByteSource::path() const { return state_->file.path(); }
bool ByteSource::packed() const { return state_->unpacker.has_value(); }
std::uint64_t ByteSource::file_bytes() const { return state_->file.bytes(); }

std::size_t ByteSource::read(std::span<std::uint8_t> out) {
    return packed() ? state_->unpacker->read(out) : state_->file.read(out);
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
