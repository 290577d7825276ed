#pragma once

// Binarised targets: a pixel becomes white with the probability of its grey value, black otherwise.
// Pure functions, for any thread.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/rng.h"
#include "engine/data/dataset.h"

namespace elbow::data {

// "grey", "binarised", "redrawn": as the option --targets takes them.
const char* name(Targets);

// Throws UsageError that lists the names there are.
Targets targets_of(std::string_view name);

// As a bound says what it is on: "grey targets", "binarised targets", "binarised targets, redrawn".
std::string targets_text(const Dataset&);

// The data set with these targets. kGrey is the same one. kBinarised: every pixel is 0 or 255,
// drawn once, in the same way for everybody whatever a run's seed. kRedrawn: the held-out images
// are those of kBinarised, the training images stay grey, to be drawn by redraw() when they are
// used. The scale of both is 1/255; grey values of another scale are rounded to it. Throws Error
// where the data set is binarised in another way already.
std::shared_ptr<const Dataset> with_targets(std::shared_ptr<const Dataset>, Targets);

// Draws targets of one image: targets[i] = 1 with probability pixels[i] * scale, else 0, by random
// number `position + i` of the stream. Numbers have 16 bits: probabilities are exact to 1/65536,
// and 0 and 1 are exact. pixels, targets: of one length.
void redraw(std::span<const std::uint8_t> pixels, float scale, const Stream&,
            std::uint64_t position, std::span<float> targets);

}  // namespace elbow::data
