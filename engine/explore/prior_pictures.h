#pragma once

// The pictures that a prior learns with the model, as a VampPrior its pseudo-inputs. Pure
// functions.

#include <cstdint>
#include <vector>

#include "engine/model/model.h"

namespace elbow::explore {

// How many there are, K; 0 where the prior learns none.
int count_of_prior_pictures(const model::ModelSpec&);

// `count` of them from number `first` on, [count, D]; all of these are there.
std::vector<std::uint8_t> prior_pictures(const model::ModelSpec&, model::Parameters, int first,
                                         int count);

}  // namespace elbow::explore
