#pragma once

// Tells data sets of the same name and counts apart. Functions for any thread.

#include <array>
#include <cstdint>
#include <string>

#include "engine/core/progress.h"
#include "engine/data/dataset.h"

namespace elbow::data {

// Of the pixels and the labels, training and held out. Four CRC-32, as "1a2b3c4d-...": they say
// which part differs, are computed on all cores at once, and guard against a mistake, not against
// an adversary.
// Reads all of them: of what is mapped for the first time that takes as long as the disk does. May
// throw Cancelled.
std::string fingerprint_of(const Dataset&, Progress&);

// The same of the CRC-32 of training pixels and labels, held-out pixels and labels.
std::string fingerprint_text(const std::array<std::uint32_t, 4>& crc);

}  // namespace elbow::data
