#pragma once

// Tells data sets of the same name and counts apart. Pure function, for any thread.

#include <array>
#include <cstdint>
#include <string>

#include "engine/data/dataset.h"

namespace elbow::data {

// Of the pixels and the labels, training and held out. Four CRC-32, as "1a2b3c4d-...": they say
// which part differs, are computed on all cores at once, and guard against a mistake, not against
// an adversary.
std::string fingerprint_of(const Dataset&);

// The same of the CRC-32 of training pixels and labels, held-out pixels and labels.
std::string fingerprint_text(const std::array<std::uint32_t, 4>& crc);

}  // namespace elbow::data
