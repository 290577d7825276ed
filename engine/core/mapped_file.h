#pragma once

// A file as bytes in memory that the system reads when somebody looks at them, and shares between
// programs. For files that are written once and then replaced or removed, never changed in place:
// what is mapped stays as it was even where its name has gone, but a file that is cut short in
// place ends the program that looks behind its end (SIGBUS). Immutable: any thread.

#include <cstdint>
#include <filesystem>
#include <span>

#include "engine/core/file.h"

namespace elbow {

class MappedFile {
  public:
    // All bytes of a regular file. Throws Error that names it where it cannot be mapped.
    explicit MappedFile(const InputFile&);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::span<const std::uint8_t> bytes() const { return bytes_; }

  private:
    std::span<const std::uint8_t> bytes_;  // empty: nothing is mapped
};

}  // namespace elbow
