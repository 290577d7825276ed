#pragma once

// How much memory there is to be had, and how much this process has taken. Any thread.

#include <cstdint>
#include <optional>

namespace elbow {

// Bytes that could be taken without swapping; absent where the system does not say.
std::optional<std::uint64_t> available_memory();

// The same where it is less than this; absent where it suffices, or is not known.
std::optional<std::uint64_t> available_below(std::uint64_t needed);

// Bytes of this process that lie in memory; 0 where the system does not say.
std::uint64_t resident_memory();

}  // namespace elbow
