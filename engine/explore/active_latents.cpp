#include "engine/explore/active_latents.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numeric>
#include <string>

namespace elbow::explore {
namespace {

// By so much a latent has to be more active than one that is shown to take its place.
constexpr float kLead = 1.1f;

float activity_of(std::span<const float> activity, int latent) {
    const float value = activity[static_cast<std::size_t>(latent)];
    return std::isnan(value) ? -INFINITY : value;
}

}  // namespace

std::vector<float> spread_per_latent(const LatentMap& map) {
    const auto latents = static_cast<std::size_t>(map.latents);
    std::vector<double> sum(latents, 0.0), squares(latents, 0.0), count(latents, 0.0);
    for (std::size_t i = 0; i < map.mean.size(); ++i) {
        const double value = map.mean[i];
        if (!std::isfinite(value)) continue;
        const std::size_t n = i % latents;
        sum[n] += value;
        squares[n] += value * value;
        count[n] += 1.0;
    }
    std::vector<float> spread(latents, 0.0f);
    for (std::size_t n = 0; n < latents; ++n) {
        if (count[n] == 0.0) continue;
        const double mean = sum[n] / count[n];
        spread[n] = static_cast<float>(std::max(squares[n] / count[n] - mean * mean, 0.0));
    }
    return spread;
}

std::vector<int> by_activity(std::span<const float> activity) {
    std::vector<int> order(activity.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return activity_of(activity, a) > activity_of(activity, b);
    });
    return order;
}

std::pair<int, int> active_axes(std::pair<int, int> shown, std::span<const float> activity) {
    const auto count = static_cast<int>(activity.size());
    const auto is_there = [count](int latent) { return latent >= 0 && latent < count; };
    if (count < 2) return shown;
    const std::vector<int> order = by_activity(activity);
    if (!is_there(shown.first) || !is_there(shown.second) || shown.first == shown.second)
        return {order[0], order[1]};
    // The best of those that are not shown takes the place of the weaker one, twice where need be.
    for (int round = 0; round < 2; ++round) {
        const auto best = std::find_if(order.begin(), order.end(), [&](int latent) {
            return latent != shown.first && latent != shown.second;
        });
        if (best == order.end()) break;
        int& weaker = activity_of(activity, shown.first) < activity_of(activity, shown.second)
                          ? shown.first
                          : shown.second;
        if (!(activity_of(activity, *best) > kLead * activity_of(activity, weaker))) break;
        weaker = *best;
    }
    return shown;
}

std::vector<int> latents_named(std::span<const int> order, std::string_view typed) {
    std::string digits;
    for (const char c : typed) {
        if (std::isdigit(static_cast<unsigned char>(c)) != 0) digits += c;
    }
    std::vector<int> found;
    for (const int latent : order) {
        if (std::to_string(latent + 1).compare(0, digits.size(), digits) == 0)
            found.push_back(latent);
    }
    return found;
}

}  // namespace elbow::explore
