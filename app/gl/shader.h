#pragma once

// GLSL programs from files in shaders/, found beside the source tree, beside the installed program
// or in $ELBOW_SHADERS. GUI thread.

#include <filesystem>
#include <string>

#include "app/gl/handles.h"

namespace elbow::gl {

// Throws Error naming the folders that were searched.
std::filesystem::path shader_folder();

class ShaderProgram {
  public:
    // shaders/<name>.vert and shaders/<name>.frag; throws Error with the compiler's log.
    explicit ShaderProgram(const std::string& name);

    void use() const;
    GLint uniform(const char* name) const;
    GLuint id() const { return program_.get(); }

  private:
    Program program_;
};

}  // namespace elbow::gl
