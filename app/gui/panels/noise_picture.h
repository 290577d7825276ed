#pragma once

// The reparameterisation along one latent: noise above, and the z that it becomes below. GUI
// thread.

#include <span>

#include "app/gui/context.h"

namespace elbow::gui {

// epsilon: along this latent, of each draw. z = mean + deviation epsilon. Both axes go from -4 to
// 4, or as far as mean and deviation reach. `latent` is counted from 0.
void draw_noise(Context&, ImVec2 size, int latent, std::span<const float> epsilon, float mean,
                float deviation);

}  // namespace elbow::gui
