#pragma once

// How log p(x) of an image is told where draws from q(z|x) estimate it. GUI thread.

#include <string>

#include "app/gui/widgets/controls.h"
#include "engine/explore/weighted_draws.h"

namespace elbow::gui {

// "at least " before a number that most likely is too low.
inline const char* least_words(bool falls_short) { return falls_short ? "at least " : ""; }

// "-131.19 ± 0.03", or "at least -177.21" where its standard error says too little; `words` writes
// a number of nats.
inline std::string log_p_words(const explore::WeightedDraws& draws,
                               std::string (*words)(double) = nats) {
    if (draws.falls_short()) return least_words(true) + words(draws.log_p);
    return words(draws.log_p) + " \u00B1 " + words(draws.log_p_error);
}

}  // namespace elbow::gui
