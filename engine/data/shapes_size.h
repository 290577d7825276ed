#pragma once

// How large the set of drawn shapes is to be, as its name says it: "shapes:side=64,train=100000".
// Values and pure functions.

#include <cstdint>
#include <string>
#include <string_view>

namespace elbow::data {

struct ShapesSize {
    int side = 28;  // pixels
    int train = 20'000;
    int held_out = 4'000;
    bool operator==(const ShapesSize&) const = default;
};

// Of what stands behind "shapes:", such as "side=64,train=1e5,held-out=10000"; what is not named is
// as above. Throws UsageError that says what may be chosen and what was found.
ShapesSize parse_shapes_size(std::string_view parameters);

// One text a size, which reads back equal: only what differs from the usual, in a fixed order; ""
// for the usual size.
std::string text_of(const ShapesSize&);

// Bytes that a set of this size takes: pixels, labels and factors.
std::uint64_t memory_of(const ShapesSize&);

// "side=28 to 128, train=10000 to 2000000, held-out=1000 to 1000000"
std::string shapes_ranges();

}  // namespace elbow::data
