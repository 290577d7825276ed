#include "engine/explore/weighted_draws.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "engine/core/error.h"

namespace elbow::explore {

WeightedDraws weighted_draws(std::span<const double> log_weights) {
    const auto count = static_cast<double>(log_weights.size());
    const double highest = *std::max_element(log_weights.begin(), log_weights.end());
    WeightedDraws found;
    found.bound = std::accumulate(log_weights.begin(), log_weights.end(), 0.0) / count;
    double sum = 0.0, squares = 0.0, away = 0.0;
    for (const double value : log_weights) {
        const double weight = std::exp(value - highest);
        sum += weight;
        squares += weight * weight;
        away += (value - found.bound) * (value - found.bound);
    }
    found.bound_deviation = std::sqrt(away / (count - 1.0));
    found.log_p = highest + std::log(sum / count);
    // Of a mean, carried through the logarithm.
    const double variance = (squares - sum * sum / count) / (count - 1.0);
    found.log_p_error = std::sqrt(std::max(variance, 0.0) / count) / (sum / count);
    found.effective_draws = sum * sum / squares;
    return found;
}

void refuse_draws_of(int image) {
    throw Error("log p(x, z) is not a number at a draw from q(z|x) of held-out image " +
                std::to_string(image) + ". Go on training, or select another image.");
}

}  // namespace elbow::explore
