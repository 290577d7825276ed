#include "engine/eval/active_units.h"

#include <cstddef>
#include <string>

#include "engine/core/error.h"

namespace elbow::eval {

ActiveUnits active_units(std::span<const float> means, int latents, double threshold) {
    const auto n = static_cast<std::size_t>(latents);
    if (latents < 1 || means.empty() || means.size() % n != 0) {
        throw Error("Active units expected the means of one or more images, " +
                    std::to_string(latents) + " each, and found " + std::to_string(means.size()) +
                    " values. Encode the images first.");
    }
    const std::size_t count = means.size() / n;
    const double weight = 1.0 / static_cast<double>(count);
    std::vector<double> mean(n, 0.0);
    for (std::size_t k = 0; k < means.size(); ++k) mean[k % n] += weight * means[k];
    ActiveUnits result;
    result.variance.assign(n, 0.0);
    for (std::size_t k = 0; k < means.size(); ++k) {
        const double rest = means[k] - mean[k % n];
        result.variance[k % n] += weight * rest * rest;
    }
    for (const double variance : result.variance) result.count += variance > threshold ? 1 : 0;
    return result;
}

}  // namespace elbow::eval
