#pragma once

// How much memory is available, how much this process uses, and how to give it back. Any thread.

#include <cstdint>
#include <optional>

namespace elbow {

// Bytes that could be taken without swapping; absent where the system does not say.
std::optional<std::uint64_t> available_memory();

// The same where it is less than this; absent where it suffices, or is not known.
std::optional<std::uint64_t> available_below(std::uint64_t needed);

// Resident bytes of this process; 0 if the system does not say.
std::uint64_t resident_memory();

// From now on the memory of a large buffer goes back as soon as it is freed. glibc would keep more
// and more of it for the next ones, up to 64 MB for each thread. For the beginning of main().
void return_large_buffers();
// The opposite, for what makes and frees large buffers in every step, as LibTorch does: their pages
// would be fetched from the system each time.
void keep_large_buffers();

// Gives the system back what has been freed: glibc keeps it otherwise, up to 64 MB for each of many
// threads, so that a program seems to grow with every large piece of work that another thread does.
// For the end of such a piece; takes a few milliseconds.
void return_freed_memory();

}  // namespace elbow
