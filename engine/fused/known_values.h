#pragma once

// The values of an image that are known, laid close together, so that the kernels see a smaller
// image. Pure functions.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace elbow::fused {

// The numbers of the values [D] that are not 0, in rising order.
inline std::vector<std::int32_t> known_values(std::span<const std::uint8_t> known) {
    std::vector<std::int32_t> numbers;
    for (std::size_t i = 0; i < known.size(); ++i)
        if (known[i] != 0) numbers.push_back(static_cast<std::int32_t>(i));
    return numbers;
}

// row [size], of parts of d values each -> [size / d * K], the known ones of each part.
template <class Value>
void gather_values(const Value* row, std::span<const std::int32_t> known, std::int64_t d,
                   std::int64_t size, std::vector<Value>& gathered) {
    gathered.clear();
    for (std::int64_t part = 0; part < size; part += d)
        for (const std::int32_t number : known) gathered.push_back(row[part + number]);
}

}  // namespace elbow::fused
