#pragma once

// An order of a set's images each beginning of which is a fair sample of the whole: with every
// label in its share, drawn at random within a label. Whoever can show only some of the images
// shows the first so many; more of them then only add to those. A pure function.

#include <cstdint>
#include <span>
#include <vector>

namespace elbow::explore {

// A permutation of {0, ..., count - 1}, the same every time. labels: [count], or empty for none. Of
// the first n there are of each label n times its share, give or take one.
std::vector<std::uint32_t> nested_order(int count, std::span<const std::uint8_t> labels);

}  // namespace elbow::explore
