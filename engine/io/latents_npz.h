#pragma once

// The codes of images as arrays for numpy. A pure function.

#include <span>
#include <string>

#include "engine/data/dataset.h"
#include "engine/explore/latent_map.h"

namespace elbow::io {

// The bytes of an NPZ of the held-out images `only`, or of all where that is empty:
//   index         [n] int32                  their numbers
//   mean          [n, N] float32             of q(z|x)
//   log_variance  [n, N] float32             of q(z|x)
//   label         [n] uint8, class_names     of images with labels
//   images        [n, C, H, W] uint8         where they are wanted
// Throws Error where that is 4 GiB or more.
std::string latents_npz(const explore::LatentMap&, const data::Dataset&,
                        std::span<const int> only = {}, bool with_images = false);

}  // namespace elbow::io
