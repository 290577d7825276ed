#pragma once

// Which latents a model uses, and which two of them a map shows while nobody has chosen. Pure
// functions.

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/explore/latent_map.h"

namespace elbow::explore {

// Variance of the posterior means along each latent, [N]: how active a latent is where there is no
// KL to tell. Means that are not finite are left out.
std::vector<float> spread_per_latent(const LatentMap&);

// The latents from the most to the least active; equals, and what is not a number at the end, in
// their own order. activity: [N], KL or spread.
std::vector<int> by_activity(std::span<const float> activity);

// The two axes of the map: the two most active latents. What is shown stays while it is among
// them, or nearly so, so that the map does not change to and fro while two latents are about
// equally active; nor do the two change places. activity: [N], N >= 2.
std::pair<int, int> active_axes(std::pair<int, int> shown, std::span<const float> activity);

// Of the latents in this order those whose name, counted from 1 ("z12"), begins with what was
// typed: "z1", "1" and "Z 1" find z1 and z10 to z19. All of them where nothing was.
std::vector<int> latents_named(std::span<const int> order, std::string_view typed);

}  // namespace elbow::explore
