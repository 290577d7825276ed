#pragma once

// Bytes as text: two lower-case hexadecimal digits each. Pure functions.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace elbow {

std::string hexadecimal(std::span<const std::uint8_t> bytes);

// The inverse; absent where the text is another one.
std::optional<std::vector<std::uint8_t>> bytes_of_hexadecimal(std::string_view);

}  // namespace elbow
