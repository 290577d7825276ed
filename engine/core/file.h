#pragma once

// Whole files, read and written safely.

#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace elbow {

// A regular file, open for reading. A pipe, a socket, a device or a folder in its place is refused
// with words: opening or reading one might never return. Used by one thread.
class InputFile {
  public:
    static constexpr std::uint64_t kAnySize = std::numeric_limits<std::uint64_t>::max();

    // Throws Error where the file cannot be opened, is not a regular one, or has more than `most`
    // bytes.
    explicit InputFile(const std::filesystem::path&, std::uint64_t most = kAnySize);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::uint64_t bytes() const { return bytes_; }  // when it was opened; 0 for files of /proc

    // Fills `out` with the bytes that follow, or with those at a position, up to the end of the
    // file, and returns how many bytes it read. Throws Error where reading fails.
    std::size_t read(std::span<std::uint8_t> out);
    std::size_t read_at(std::uint64_t position, std::span<std::uint8_t> out) const;

    int descriptor() const { return descriptor_; }  // open as long as this lives

    // Throws Error that names the file: "Cannot read 'FILE': <why>".
    [[noreturn]] void fail(const std::string& why) const;

  private:
    std::filesystem::path path_;
    int descriptor_ = -1;
    std::uint64_t bytes_ = 0;
    std::uint64_t position_ = 0;
};

// More than any file that is read as a whole and has no limit of its own.
inline constexpr std::uint64_t kMostFileBytes = 64ULL << 20;

// The whole file. Throws Error as InputFile does.
std::vector<std::uint8_t> read_file(const std::filesystem::path&,
                                    std::uint64_t most = kMostFileBytes);
std::string read_text_file(const std::filesystem::path&, std::uint64_t most = kMostFileBytes);

inline constexpr const char* kStandardOutput = "/dev/stdout";

// Writes to a temporary file in the same folder, flushes it to disk and renames it over the path,
// so that a reader sees the old file or the new one, and a full disk leaves the old one. Throws
// Error naming the path and the cause. A device, a pipe that somebody reads from, and
// kStandardOutput are written to as they are.
void write_file_atomically(const std::filesystem::path&, std::span<const std::uint8_t>);
void write_file_atomically(const std::filesystem::path&, std::string_view);

}  // namespace elbow
