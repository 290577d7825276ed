#pragma once

// Codes of one's own that lie on the disk, shown on the map beside those of the held-out images.

#include <string>

#include "app/gui/followed_file.h"
#include "engine/data/sources/latent_codes.h"

namespace elbow::gui {

using OwnCodes = FollowedFile<data::LatentCodes>;
OwnCodes own_codes();

// "120 codes of 'codes.npz' are on the map."
std::string told(const data::LatentCodes&);

}  // namespace elbow::gui
