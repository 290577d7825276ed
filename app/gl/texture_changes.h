#pragma once

// Counts how often a texture's content has changed, for a window that redraws only what is new. GUI
// thread.

#include <cstdint>

#include "glad/gl.h"

namespace elbow::gl {

void note_change(GLuint texture);
std::uint64_t changes_of(GLuint texture);

}  // namespace elbow::gl
