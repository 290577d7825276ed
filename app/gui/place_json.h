#pragma once

// A place in the latent space as the JSON that session.json holds of it, for the window and for
// each bookmark. Pure functions, any thread.

#include <string>

#include "app/gui/view_state.h"
#include "engine/core/json.h"
#include "engine/data/image_shape.h"

namespace elbow::gui {

Json place_json(const Place&);
// What is missing is as at the start. Throws Error where something is damaged; `where` names the
// text in the message.
Place read_place(const Json&, const std::string& where);
// For a run with so many latents and held-out images of this shape: what it says of images that
// there are not goes, and a drawing of another shape. False where it is of another number of
// latents.
bool fit_place(Place&, int latents, int held_out, const data::ImageShape&);

}  // namespace elbow::gui
