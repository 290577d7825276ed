#version 330 core
// Covers the view; hands on the place in the plane.

uniform vec4 view;  // x_min, x_max, y_min, y_max

out vec2 place;  // latent units

void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    place = vec2(mix(view.x, view.y, corner.x), mix(view.z, view.w, corner.y));
    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}
