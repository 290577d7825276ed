#version 330 core
// One point of the latent map: a posterior mean, coloured by its image's label.

layout(location = 0) in vec2 position;  // latent units
layout(location = 1) in uint label;

uniform vec4 view;  // x_min, x_max, y_min, y_max
uniform float size_px;
uniform float rim_px;
uniform uint hidden_labels;  // bit l: label l is not drawn; labels from 31 on share bit 31
uniform vec4 colours[10];

flat out vec4 colour;

void main() {
    bool hidden = (hidden_labels & (1u << min(label, 31u))) != 0u;
    vec2 unit = vec2((position.x - view.x) / (view.y - view.x), (position.y - view.z) / (view.w - view.z));
    gl_Position = hidden ? vec4(2.0, 2.0, 2.0, 1.0) : vec4(unit * 2.0 - 1.0, 0.0, 1.0);
    gl_PointSize = size_px + 2.0 * rim_px + 2.0;  // room for the soft edge
    colour = colours[label % 10u];
}
