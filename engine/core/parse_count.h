#pragma once

// A whole number as a person writes it. Pure function.

#include <cstdint>
#include <string_view>

namespace elbow {

// 2^53: the last up to which every whole number is a double.
inline constexpr std::uint64_t kMostCount = 1ULL << 53;

// Written plainly or as 1e6, 2.5e5, blanks around it; throws UsageError naming `what` and saying
// why otherwise.
std::uint64_t parse_count(std::string_view text, std::string_view what, std::uint64_t minimum = 0,
                          std::uint64_t maximum = kMostCount);

}  // namespace elbow
