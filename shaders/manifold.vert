#version 330 core
// The grid of decoded images, as a rectangle of the plane. Its first row of images is at the top.

uniform vec4 view;        // x_min, x_max, y_min, y_max of what is shown
uniform vec4 tiles_rect;  // the same of the grid

out vec2 texture_position;

void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    vec2 place = vec2(mix(tiles_rect.x, tiles_rect.y, corner.x), mix(tiles_rect.z, tiles_rect.w, corner.y));
    vec2 unit = vec2((place.x - view.x) / (view.y - view.x), (place.y - view.z) / (view.w - view.z));
    gl_Position = vec4(unit * 2.0 - 1.0, 0.0, 1.0);
    texture_position = vec2(corner.x, 1.0 - corner.y);
}
