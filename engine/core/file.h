#pragma once

// Whole files, read and written safely.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace elbow {

// Throws Error where the file cannot be opened or read.
std::vector<std::uint8_t> read_file(const std::filesystem::path&);

// Writes to a temporary file in the same folder, flushes it to disk and renames it over the path,
// so that a reader sees the old file or the new one, and a full disk leaves the old one. Throws
// Error naming the path and the cause.
void write_file_atomically(const std::filesystem::path&, std::span<const std::uint8_t>);
void write_file_atomically(const std::filesystem::path&, std::string_view);

}  // namespace elbow
