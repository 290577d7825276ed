#pragma once

// The entries of a zip, read one after the other and never unpacked to disk. Used by one thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace elbow::data {

// Stands before the first entry. What it reads of one is held against its checksum.
class ZipEntries {
  public:
    // Throws Error where it is no file that can be read, or no zip.
    explicit ZipEntries(const std::filesystem::path&);
    ~ZipEntries();
    ZipEntries(const ZipEntries&) = delete;
    ZipEntries& operator=(const ZipEntries&) = delete;

    // Goes to the next entry; false at the end. Throws Error where the zip is damaged.
    bool next();
    std::string name() const;
    std::uint64_t bytes() const;  // unpacked, as the zip says; 0 where it does not

    // Of the entry, as ByteSource::read.
    std::size_t read(std::span<std::uint8_t> out);

    std::uint64_t file_bytes() const;  // of the whole zip

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace elbow::data
