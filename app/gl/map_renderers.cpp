#include "app/gl/map_renderers.h"

#include <vector>

namespace elbow::gl {
namespace {

void set_rect(const ShaderProgram& program, const char* name, const PlaneRect& rect) {
    glUniform4f(program.uniform(name), rect.x_min, rect.x_max, rect.y_min, rect.y_max);
}

void set_colour(const ShaderProgram& program, const char* name, const Rgba& colour) {
    glUniform4f(program.uniform(name), colour.r, colour.g, colour.b, colour.a);
}

}  // namespace

PointRenderer::PointRenderer()
    : program_("points"),
      vertex_array_(make_vertex_array()),
      positions_(make_buffer()),
      labels_(make_buffer()) {
    glBindVertexArray(vertex_array_.get());
    glBindBuffer(GL_ARRAY_BUFFER, positions_.get());
    glEnableVertexAttribArray(0);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, nullptr);
    glBindBuffer(GL_ARRAY_BUFFER, labels_.get());
    glEnableVertexAttribArray(1);
    glVertexAttribIPointer(1, 1, GL_UNSIGNED_BYTE, 0, nullptr);
    glBindBuffer(GL_ARRAY_BUFFER, 0);
    glBindVertexArray(0);
}

void PointRenderer::upload(std::span<const float> xy, std::span<const std::uint8_t> labels) {
    const std::size_t count = xy.size() / 2;
    const std::vector<std::uint8_t> unlabelled(labels.size() < count ? count : 0, 0);
    const std::uint8_t* label_bytes = unlabelled.empty() ? labels.data() : unlabelled.data();
    glBindBuffer(GL_ARRAY_BUFFER, positions_.get());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(count * 2 * sizeof(float)), xy.data(),
                 GL_STREAM_DRAW);
    glBindBuffer(GL_ARRAY_BUFFER, labels_.get());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(count), label_bytes, GL_STREAM_DRAW);
    glBindBuffer(GL_ARRAY_BUFFER, 0);
    count_ = static_cast<int>(count);
}

void PointRenderer::draw(const PlaneRect& view, const PointStyle& style,
                         std::uint32_t hidden_labels) const {
    if (count_ == 0) return;
    program_.use();
    set_rect(program_, "view", view);
    set_colour(program_, "rim", style.rim);
    glUniform1f(program_.uniform("size_px"), style.size_px);
    glUniform1f(program_.uniform("rim_px"), style.rim_px);
    glUniform1ui(program_.uniform("hidden_labels"), hidden_labels);
    glUniform4fv(program_.uniform("colours"), 10, &style.colours[0].r);
    glEnable(GL_PROGRAM_POINT_SIZE);
    glBindVertexArray(vertex_array_.get());
    glDrawArrays(GL_POINTS, 0, count_);
    glBindVertexArray(0);
    glDisable(GL_PROGRAM_POINT_SIZE);
    glUseProgram(0);
}

EllipseRenderer::EllipseRenderer()
    : program_("ellipses"),
      vertex_array_(make_vertex_array()),
      shapes_(make_buffer()),
      labels_(make_buffer()) {
    glBindVertexArray(vertex_array_.get());
    glBindBuffer(GL_ARRAY_BUFFER, shapes_.get());
    glEnableVertexAttribArray(0);
    glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, 0, nullptr);
    glVertexAttribDivisor(0, 1);
    glBindBuffer(GL_ARRAY_BUFFER, labels_.get());
    glEnableVertexAttribArray(1);
    glVertexAttribIPointer(1, 1, GL_UNSIGNED_BYTE, 0, nullptr);
    glVertexAttribDivisor(1, 1);
    glBindBuffer(GL_ARRAY_BUFFER, 0);
    glBindVertexArray(0);
}

void EllipseRenderer::upload(std::span<const float> shapes, std::span<const std::uint8_t> labels) {
    glBindBuffer(GL_ARRAY_BUFFER, shapes_.get());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(shapes.size_bytes()), shapes.data(),
                 GL_STREAM_DRAW);
    glBindBuffer(GL_ARRAY_BUFFER, labels_.get());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(labels.size()), labels.data(),
                 GL_STREAM_DRAW);
    glBindBuffer(GL_ARRAY_BUFFER, 0);
    count_ = static_cast<int>(labels.size());
}

void EllipseRenderer::draw(const PlaneRect& view, int width, int height,
                           const EllipseStyle& style) const {
    if (count_ == 0) return;
    program_.use();
    set_rect(program_, "view", view);
    glUniform2f(program_.uniform("pixels"), static_cast<float>(width), static_cast<float>(height));
    glUniform1f(program_.uniform("line_px"), style.line_px);
    glUniform1f(program_.uniform("least_px"), style.least_px);
    glUniform1f(program_.uniform("fill"), style.fill);
    glUniform4fv(program_.uniform("colours"), 10, &style.colours[0].r);
    glBindVertexArray(vertex_array_.get());
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, count_);
    glBindVertexArray(0);
    glUseProgram(0);
}

ManifoldRenderer::ManifoldRenderer() : program_("manifold"), vertex_array_(make_vertex_array()) {}

void ManifoldRenderer::draw(const PlaneRect& view, const PlaneRect& tiles_rect,
                            const TileTexture& tiles, float alpha) const {
    if (tiles.empty()) return;
    program_.use();
    set_rect(program_, "view", view);
    set_rect(program_, "tiles_rect", tiles_rect);
    glUniform1f(program_.uniform("alpha"), alpha);
    glUniform1i(program_.uniform("tiles"), 0);
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, tiles.id());
    glBindVertexArray(vertex_array_.get());
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
    glBindVertexArray(0);
    glBindTexture(GL_TEXTURE_2D, 0);
    glUseProgram(0);
}

DensityRenderer::DensityRenderer() : program_("density"), vertex_array_(make_vertex_array()) {}

void DensityRenderer::draw(const PlaneRect& view, const Rgba& colour, const Rgba& ring) const {
    program_.use();
    set_rect(program_, "view", view);
    set_colour(program_, "colour", colour);
    set_colour(program_, "ring", ring);
    glBindVertexArray(vertex_array_.get());
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
    glBindVertexArray(0);
    glUseProgram(0);
}

}  // namespace elbow::gl
