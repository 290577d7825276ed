#pragma once

// Every latent of a run that has more than the map shows: what it does to the image under the dot,
// how much of the KL it carries, and where its codes lie. GUI thread.

#include <memory>
#include <span>

#include "app/gui/panel.h"

namespace elbow::gui {

// How many latents, the largest KL first, carry so much of the whole KL. kl: [N], nats.
int latents_that_carry(std::span<const float> kl, double part);

std::unique_ptr<Panel> make_latents_panel();

}  // namespace elbow::gui
