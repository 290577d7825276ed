#pragma once

// An OpenGL that draws nothing, for panels that run in whole frames without a window. It remembers
// what a driver would have refused. One at a time, on the test's thread.

#include <string>

#include "glad/gl.h"

namespace elbow::gui {

class NullGl {
  public:
    static constexpr GLint kLargestTexture = 16384;  // pixels a side, as Mesa's llvmpipe has

    NullGl() {
        next_name() = 0;
        refused().clear();
        set_names();
        set_state();
        set_objects();
        set_drawing();
    }
    // Why a driver would have failed; empty where it would not.
    static std::string& refused() {
        static std::string text;
        return text;
    }

  private:
    static GLuint& next_name() {
        static GLuint name = 0;
        return name;
    }
    static void name_all(GLsizei count, GLuint* names) {
        for (GLsizei i = 0; i < count; ++i) names[i] = ++next_name();
    }
    static void set_names() {
        glad_glGenTextures = glad_glGenBuffers = glad_glGenVertexArrays = glad_glGenFramebuffers =
            name_all;
        glad_glDeleteTextures = glad_glDeleteBuffers = glad_glDeleteVertexArrays =
            glad_glDeleteFramebuffers = [](GLsizei, const GLuint*) {};
        glad_glCreateShader = [](GLenum) { return ++next_name(); };
        glad_glCreateProgram = [] { return ++next_name(); };
        glad_glDeleteShader = glad_glDeleteProgram = [](GLuint) {};
    }
    static void set_state() {
        glad_glGetIntegerv = [](GLenum what, GLint* values) {
            values[0] = what == GL_MAX_TEXTURE_SIZE ? kLargestTexture : 0;
            if (what == GL_VIEWPORT) values[1] = values[2] = values[3] = 0;
        };
        glad_glIsEnabled = [](GLenum) { return static_cast<GLboolean>(GL_FALSE); };
        glad_glEnable = glad_glDisable = [](GLenum) {};
        glad_glPixelStorei = [](GLenum, GLint) {};
        glad_glViewport = glad_glScissor = [](GLint, GLint, GLsizei, GLsizei) {};
        glad_glClearColor = [](GLfloat, GLfloat, GLfloat, GLfloat) {};
        glad_glClear = [](GLbitfield) {};
        glad_glBlendFuncSeparate = [](GLenum, GLenum, GLenum, GLenum) {};
        glad_glActiveTexture = [](GLenum) {};
    }
    static void set_objects() {
        glad_glBindTexture = glad_glBindBuffer = glad_glBindFramebuffer = [](GLenum, GLuint) {};
        glad_glBindVertexArray = glad_glUseProgram = glad_glEnableVertexAttribArray =
            glad_glCompileShader = glad_glLinkProgram = [](GLuint) {};
        glad_glAttachShader = [](GLuint, GLuint) {};
        glad_glShaderSource = [](GLuint, GLsizei, const GLchar* const*, const GLint*) {};
        glad_glGetShaderiv = glad_glGetProgramiv = [](GLuint, GLenum, GLint* value) { *value = 1; };
        glad_glGetUniformLocation = [](GLuint, const GLchar*) { return GLint{0}; };
        glad_glFramebufferTexture2D = [](GLenum, GLenum, GLenum, GLuint, GLint) {};
        glad_glCheckFramebufferStatus = [](GLenum) { return GLenum{GL_FRAMEBUFFER_COMPLETE}; };
        glad_glBufferData = [](GLenum, GLsizeiptr, const void*, GLenum) {};
        glad_glVertexAttribPointer = [](GLuint, GLint, GLenum, GLboolean, GLsizei, const void*) {};
        glad_glVertexAttribDivisor = [](GLuint, GLuint) {};
        glad_glVertexAttribIPointer = [](GLuint, GLint, GLenum, GLsizei, const void*) {};
    }
    static void set_drawing() {
        glad_glTexImage2D = [](GLenum, GLint, GLint, GLsizei width, GLsizei height, GLint, GLenum,
                               GLenum, const void*) {
            if (width > 0 && height > 0 && width <= kLargestTexture && height <= kLargestTexture) {
                return;
            }
            refused() = "a texture of " + std::to_string(width) + " x " + std::to_string(height);
        };
        glad_glTexSubImage2D = [](GLenum, GLint, GLint, GLint, GLsizei, GLsizei, GLenum, GLenum,
                                  const void*) {};
        glad_glTexParameteri = [](GLenum, GLenum, GLint) {};
        glad_glTexParameteriv = [](GLenum, GLenum, const GLint*) {};
        glad_glUniform1f = [](GLint, GLfloat) {};
        glad_glUniform2f = [](GLint, GLfloat, GLfloat) {};
        glad_glUniform1i = [](GLint, GLint) {};
        glad_glUniform1ui = [](GLint, GLuint) {};
        glad_glUniform4f = [](GLint, GLfloat, GLfloat, GLfloat, GLfloat) {};
        glad_glUniform4fv = [](GLint, GLsizei, const GLfloat*) {};
        glad_glDrawArrays = [](GLenum, GLint, GLsizei) {};
        glad_glDrawArraysInstanced = [](GLenum, GLint, GLsizei, GLsizei) {};
    }
};

}  // namespace elbow::gui
