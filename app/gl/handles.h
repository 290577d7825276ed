#pragma once

// Move-only owners of OpenGL objects. Need a current context when they are made and destroyed. GUI
// thread.

#include <utility>

#include "glad/gl.h"

namespace elbow::gl {

template <auto Delete>
class Handle {
  public:
    Handle() = default;
    explicit Handle(GLuint id) : id_(id) {}
    ~Handle() { reset(); }
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, 0)) {}
    Handle& operator=(Handle&& other) noexcept {
        if (this != &other) {
            reset();
            id_ = std::exchange(other.id_, 0);
        }
        return *this;
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    GLuint get() const { return id_; }
    explicit operator bool() const { return id_ != 0; }
    void reset() {
        if (id_ != 0) Delete(id_);
        id_ = 0;
    }

  private:
    GLuint id_ = 0;
};

inline void delete_texture(GLuint id) { glDeleteTextures(1, &id); }
inline void delete_buffer(GLuint id) { glDeleteBuffers(1, &id); }
inline void delete_vertex_array(GLuint id) { glDeleteVertexArrays(1, &id); }
inline void delete_framebuffer(GLuint id) { glDeleteFramebuffers(1, &id); }
inline void delete_program(GLuint id) { glDeleteProgram(id); }
inline void delete_shader(GLuint id) { glDeleteShader(id); }

using Texture = Handle<delete_texture>;
using Buffer = Handle<delete_buffer>;
using VertexArray = Handle<delete_vertex_array>;
using Framebuffer = Handle<delete_framebuffer>;
using Program = Handle<delete_program>;
using Shader = Handle<delete_shader>;

Texture make_texture();
Buffer make_buffer();
VertexArray make_vertex_array();
Framebuffer make_framebuffer();

}  // namespace elbow::gl
