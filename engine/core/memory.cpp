#include "engine/core/memory.h"

#include <unistd.h>

#include <sstream>
#include <string>

#include "engine/core/error.h"
#include "engine/core/file.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace elbow {
namespace {

#ifdef __GLIBC__
constexpr int kLargeBuffer = 1 << 20;  // bytes: the pages of less are not worth a system call
constexpr int kSpareTop = 1 << 24;    // bytes, freed at the top of a heap: what a frame needs again
constexpr int kKeptBuffer = 1 << 28;  // bytes: larger than what any step of a model needs at once
#endif

// Of a file of /proc; empty where there is none.
std::istringstream text_of(const char* file) {
    try {
        return std::istringstream(read_text_file(file));
    } catch (const Error&) {
        return {};
    }
}

}  // namespace

std::optional<std::uint64_t> available_memory() {
    std::istringstream file = text_of("/proc/meminfo");
    std::string key;
    std::uint64_t kibibytes = 0;
    std::string rest;
    while (file >> key >> kibibytes && std::getline(file, rest)) {
        if (key == "MemAvailable:") return kibibytes * 1024;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> available_below(std::uint64_t needed) {
    const std::optional<std::uint64_t> available = available_memory();
    return available && *available < needed ? available : std::nullopt;
}

std::uint64_t resident_memory() {
    std::istringstream file = text_of("/proc/self/statm");
    std::uint64_t whole_pages = 0;
    std::uint64_t resident_pages = 0;
    if (!(file >> whole_pages >> resident_pages)) return 0;
    return resident_pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

void return_large_buffers() {
#ifdef __GLIBC__
    ::mallopt(M_MMAP_THRESHOLD, kLargeBuffer);
    ::mallopt(M_TRIM_THRESHOLD, kSpareTop);
#endif
}

void keep_large_buffers() {
#ifdef __GLIBC__
    ::mallopt(M_MMAP_THRESHOLD, kKeptBuffer);
    ::mallopt(M_TRIM_THRESHOLD, kKeptBuffer);
    ::mallopt(M_TOP_PAD, kLargeBuffer);
#endif
}

void return_freed_memory() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

}  // namespace elbow
