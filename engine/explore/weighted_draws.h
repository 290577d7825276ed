#pragma once

// What draws from q(z|x) say about log p(x) of one image (Burda et al. 2015), and how far that can
// be trusted. Pure values.

#include <span>

namespace elbow::explore {

struct WeightedDraws {
    double bound = 0.0;            // nats: the mean of the log weights log p(x, z) - log q(z|x)
    double bound_deviation = 0.0;  // of one draw's, nats
    double log_p = 0.0;            // nats: the log of the mean weight
    double log_p_error = 0.0;      // its standard error, nats
    double effective_draws = 0.0;  // (sum of weights)^2 / sum of their squares
    // So few draws carry the weight that others, which were not drawn, would carry more: log p(x)
    // most likely lies above log_p, and by more than the standard error.
    bool falls_short() const { return effective_draws < 20.0; }
};

// Two log weights at least. Not a number where one of them is none.
WeightedDraws weighted_draws(std::span<const double> log_weights);

// What to say where what is wanted of the draws of a held-out image is not a number. Throws Error.
[[noreturn]] void refuse_draws_of(int image);

}  // namespace elbow::explore
