#pragma once

// Which pictures are held out where those of a folder, which may be of one person, have to stay
// together. Pure function.

#include <cstdint>
#include <vector>

#include "engine/data/sources/finding.h"

namespace elbow::data {

// [pictures], 1 for those that are held out: about a tenth of all, whole folders in the order of
// their names' hashes, so that the same folders are held out every time; never one with more than
// half of the pictures. Throws UsageError where they do not lie in several folders.
std::vector<std::uint8_t> held_out_by_group(const Finding&);

}  // namespace elbow::data
