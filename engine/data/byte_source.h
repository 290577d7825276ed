#pragma once

// A file read from front to back, unpacked on the way where it is compressed by gzip. Used by one
// thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/progress.h"

namespace elbow::data {

class ByteSource {
  public:
    // Whether a file is compressed is recognised by its first bytes. Throws Error where there is no
    // such file, where it is not a regular file, and where it is called .gz without being gzip.
    explicit ByteSource(const std::filesystem::path&);
    ~ByteSource();
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;

    // Fills `out` up to the end of the content and returns how many bytes it read. Throws Error
    // where a gzip file is cut off, damaged or followed by something else.
    std::size_t read(std::span<std::uint8_t> out);

    const std::filesystem::path& path() const;
    bool packed() const;  // compressed: its content's size is not known before it is read
    std::uint64_t file_bytes() const;  // on disk

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// The whole content, at most `limit` bytes of it.
std::vector<std::uint8_t> read_content(const std::filesystem::path&, std::uint64_t limit);

}  // namespace elbow::data
