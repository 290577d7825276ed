#include "engine/core/memory.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>

namespace elbow {

std::optional<std::uint64_t> available_memory() {
    std::ifstream file("/proc/meminfo");
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
    std::ifstream file("/proc/self/statm");
    std::uint64_t whole_pages = 0;
    std::uint64_t resident_pages = 0;
    if (!(file >> whole_pages >> resident_pages)) return 0;
    return resident_pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::string memory_text(std::uint64_t bytes) {
    const bool many = bytes >= 1'000'000'000;
    const double count = static_cast<double>(bytes) / (many ? 1e9 : 1e6);
    char text[32];
    std::snprintf(text, sizeof text, count < 9.95 ? "%.1f" : "%.0f", count);
    return std::string(text) + (many ? " GB" : " MB");
}

}  // namespace elbow
