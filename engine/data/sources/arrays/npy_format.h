#pragma once

// numpy's format for one array: a magic number, a Python dictionary with type, order and shape,
// then the values. The dictionary is parsed and never executed. Used by one thread.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/progress.h"
#include "engine/data/sources/arrays/array_store.h"

namespace elbow::data {

inline constexpr std::string_view kNpyMagic = "\x93NUMPY";

// Fills its argument with the bytes that follow, up to the end, and returns how many it read.
using ReadBytes = std::function<std::size_t(std::span<std::uint8_t>)>;

struct NpyHeader {
    char kind = 0;  // 'b' bool, 'u' and 'i' whole numbers, 'f' floating ones; 0: unreadable
    int bytes = 0;  // of a value: 1, 2, 4 or 8
    bool big_endian = false;
    std::uint64_t header_bytes = 0;  // before the values
    StoredArray array;               // its refusal set where the kind is none of these
};

// Throws Error that names `shown_as` where it is no npy file.
NpyHeader read_npy_header(const ReadBytes&, const std::string& shown_as);

// The values behind the header. `available`: how many bytes there can be at most. Throws Error
// where there are fewer or more bytes than the shape says; Cancelled.
void read_npy_values(const NpyHeader&, const ReadBytes&, std::uint64_t available,
                     const std::string& shown_as, NumberSink&, Progress&);

}  // namespace elbow::data
