#pragma once

// What a fuzz target needs. A target is one file that gives any bytes to one reader of files: it
// may refuse them with elbow::Error, and nothing else may happen. What it takes has to come back
// the same when it is written and read again.

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/error.h"

namespace elbow::fuzz {

using Bytes = std::span<const std::uint8_t>;

// Written by each target, called by libFuzzer or by replay_main.cpp.
void read_input(Bytes);

inline std::string_view text_of(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The bytes as a file, in memory alone.
class InputInMemory {
  public:
    explicit InputInMemory(Bytes bytes) : descriptor_(memfd_create("fuzz", MFD_CLOEXEC)) {
        const auto size = static_cast<ssize_t>(bytes.size());
        if (descriptor_ < 0 || ::write(descriptor_, bytes.data(), bytes.size()) != size) {
            std::perror("fuzz: no file in memory");
            std::exit(2);
        }
    }
    ~InputInMemory() { ::close(descriptor_); }
    InputInMemory(const InputInMemory&) = delete;
    InputInMemory& operator=(const InputInMemory&) = delete;

    std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

  private:
    int descriptor_;
};

// A file that is written and read again, in memory where the system has such a folder. Its content
// is not kept.
inline std::filesystem::path scratch_file() {
    std::error_code none;
    const std::filesystem::path memory = "/dev/shm";
    return (std::filesystem::is_directory(memory, none) ? memory
                                                        : std::filesystem::temp_directory_path()) /
           ("elbow-fuzz-" + std::to_string(::getpid()));
}

// Ends the program, so that the fuzzer keeps the input.
inline void expect(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "fuzz: expected that %s\n", what);
    std::abort();
}

// Whether `work` takes its input rather than refusing it.
template <class Work>
bool takes(Work work) {
    try {
        work();
        return true;
    } catch (const Error&) {
        return false;
    }
}

}  // namespace elbow::fuzz
