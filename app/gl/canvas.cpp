#include "app/gl/canvas.h"

#include <algorithm>

#include "app/gl/texture_changes.h"
#include "engine/core/error.h"

namespace elbow::gl {

void Canvas::resize(int width, int height) {
    if (width == width_ && height == height_) return;
    if (!texture_) texture_ = make_texture();
    if (!framebuffer_) framebuffer_ = make_framebuffer();
    glBindTexture(GL_TEXTURE_2D, texture_.get());
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glBindTexture(GL_TEXTURE_2D, 0);
    width_ = width;
    height_ = height;
}

void Canvas::clear(int width, int height, const float (&colour)[4]) {
    resize(std::max(width, 1), std::max(height, 1));
    draw([&] {
        glClearColor(colour[0], colour[1], colour[2], colour[3]);
        glClear(GL_COLOR_BUFFER_BIT);
    });
}

void Canvas::draw(const std::function<void()>& paint) {
    GLint framebuffer_before = 0;
    GLint viewport_before[4] = {};
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &framebuffer_before);
    glGetIntegerv(GL_VIEWPORT, viewport_before);
    const GLboolean scissor_before = glIsEnabled(GL_SCISSOR_TEST);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, framebuffer_.get());
    glFramebufferTexture2D(GL_DRAW_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_.get(),
                           0);
    const bool complete = glCheckFramebufferStatus(GL_DRAW_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
    if (complete) {
        glDisable(GL_SCISSOR_TEST);
        glViewport(0, 0, width_, height_);
        glEnable(GL_BLEND);
        // The picture's own alpha stays that of the ground, or ImGui would blend the map with the
        // window.
        glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
        paint();
        note_change(texture_.get());
        if (scissor_before == GL_TRUE) glEnable(GL_SCISSOR_TEST);
    }
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, static_cast<GLuint>(framebuffer_before));
    glViewport(viewport_before[0], viewport_before[1], viewport_before[2], viewport_before[3]);
    if (!complete) {
        throw Error("OpenGL cannot draw into a picture of " + std::to_string(width_) + " x " +
                    std::to_string(height_) +
                    " pixels. Make the window smaller, update the graphics driver, or set "
                    "LIBGL_ALWAYS_SOFTWARE=1.");
    }
}

}  // namespace elbow::gl
