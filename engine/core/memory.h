#pragma once

// How much memory there is to be had, and how a size is written. Any thread.

#include <cstdint>
#include <optional>
#include <string>

namespace elbow {

// Bytes that could be taken without swapping; absent where the system does not say.
std::optional<std::uint64_t> available_memory();

// "640 MB", "1.6 GB": decimal units, two digits.
std::string memory_text(std::uint64_t bytes);

}  // namespace elbow
