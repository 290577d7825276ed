#version 330 core
// The posterior of one image on the latent map: the ellipse at one standard deviation, coloured by its image's label.

layout(location = 0) in vec4 ellipse;  // middle and radii, latent units
layout(location = 1) in uint label;

uniform vec4 view;  // x_min, x_max, y_min, y_max
uniform vec2 pixels;  // of the viewport
uniform float least_px;  // of a radius
uniform vec4 colours[10];

flat out vec2 radii_px;
flat out vec4 colour;
out vec2 from_middle_px;

void main() {
    vec2 extent = vec2(view.y - view.x, view.w - view.z);
    radii_px = max(ellipse.zw / extent * pixels, vec2(least_px));
    vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1)) * 2.0 - 1.0;
    from_middle_px = corner * (radii_px + 2.0);  // room for the soft edge
    vec2 unit = (ellipse.xy - vec2(view.x, view.z)) / extent;
    gl_Position = vec4(unit * 2.0 - 1.0 + from_middle_px * 2.0 / pixels, 0.0, 1.0);
    colour = colours[label % 10u];
}
