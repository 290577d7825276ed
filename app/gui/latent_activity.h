#pragma once

// How active each latent of a run is: by its KL at the last evaluation or, where there is none, by
// how far the codes of the held-out images spread along it. GUI thread.

#include <vector>

#include "app/gui/context.h"
#include "engine/live/questions/map.h"

namespace elbow::gui {

// [latents]; empty where neither is known yet.
std::vector<float> activity_of_latents(const Curves&, const live::MapView*, int latents);

// The KL of each latent at the last evaluation, mean over the held-out images, nats; empty where
// there is none.
std::vector<float> kl_of_latents(const Curves&, int latents);

}  // namespace elbow::gui
