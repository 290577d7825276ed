#pragma once

// Counts how often what a texture holds has changed, for a window that draws only what is new. GUI
// thread.

#include <cstdint>

#include "glad/gl.h"

namespace elbow::gl {

void note_change(GLuint texture);
std::uint64_t changes_of(GLuint texture);

}  // namespace elbow::gl
