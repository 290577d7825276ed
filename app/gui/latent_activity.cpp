#include "app/gui/latent_activity.h"

#include <algorithm>
#include <cmath>

#include "engine/explore/active_latents.h"

namespace elbow::gui {

std::vector<float> kl_of_latents(const Curves& curves, int latents) {
    const auto& records = curves.evaluations.records();
    if (records.empty()) return {};
    const std::vector<float>& kl = records.back().test_kl_per_latent;
    if (kl.size() != static_cast<std::size_t>(latents)) return {};
    const bool known = std::any_of(kl.begin(), kl.end(), [](float v) { return std::isfinite(v); });
    return known ? kl : std::vector<float>{};
}

std::vector<float> activity_of_latents(const Curves& curves, const live::MapView* map,
                                       int latents) {
    std::vector<float> activity = kl_of_latents(curves, latents);
    if (activity.empty() && map != nullptr && map->map.latents == latents)
        activity = explore::spread_per_latent(map->map);
    return activity;
}

}  // namespace elbow::gui
