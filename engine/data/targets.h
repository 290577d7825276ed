#pragma once

// Binarised targets: a pixel becomes white with the probability of its grey value, black otherwise.
// Pure functions, for any thread.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/dataset.h"

namespace elbow::data {

// "grey", "binarised", "redrawn": as the option --targets takes them.
const char* name(Targets);

// Throws UsageError that lists the names there are.
Targets targets_of(std::string_view name);

// As a bound says what it is on: "grey targets", of images with three channels "colour targets",
// "binarised targets", "binarised targets, redrawn".
std::string targets_text(Targets, int channels);
std::string targets_text(const Dataset&);

// The data set, grey or not, with these targets. kGrey: as it was loaded. kBinarised: every pixel
// is 0 or 255, drawn once, in the same way for everybody whatever a run's seed. kRedrawn: the
// held-out images are those of kBinarised, the training images stay grey, to be drawn when they are
// used. The scale of both is 1/255.
std::shared_ptr<const Dataset> with_targets(std::shared_ptr<const Dataset>, Targets);

// Of pictures that come from elsewhere, of which nothing is drawn: where the targets are binarised,
// a pixel is white from the middle on, black otherwise.
void split_at_middle(std::vector<std::uint8_t>& pixels, Targets);

}  // namespace elbow::data
