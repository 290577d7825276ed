#pragma once

// Bytes as text that goes into other text, such as a page or a drawing. Pure functions.

#include <cstdint>
#include <span>
#include <string>

namespace elbow::data {

// RFC 4648, without line breaks.
std::string base64(std::span<const std::uint8_t>);

}  // namespace elbow::data
