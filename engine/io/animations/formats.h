#pragma once

// The formats of animations, for their list.

#include "engine/io/animation.h"

namespace elbow::io {

const AnimationFormat& gif_format();
const AnimationFormat& webp_format();
const AnimationFormat& png_sequence_format();
const AnimationFormat& mp4_format();

}  // namespace elbow::io
