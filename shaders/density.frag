#version 330 core
// The prior N(0, I) over the plane: the square root of its density relative to the peak, and rings at 1, 2 and 3 standard deviations.

in vec2 place;
out vec4 fragment;

uniform vec4 colour;
uniform vec4 ring;

void main() {
    float radius = length(place);
    float shade = exp(-0.25 * radius * radius);  // the square root of the density, or the outskirts were black
    float pixel = max(fwidth(radius), 1e-6);  // latent units a pixel
    float line = 0.0;
    for (int sigma = 1; sigma <= 3; ++sigma) {
        float distance_px = abs(radius - float(sigma)) / pixel;
        line = max(line, (1.0 - smoothstep(0.4, 1.4, distance_px)) * (1.0 - 0.22 * float(sigma - 1)));
    }
    vec4 ground = vec4(colour.rgb, colour.a * shade);
    float line_alpha = ring.a * line;
    float alpha = line_alpha + ground.a * (1.0 - line_alpha);
    vec3 mixed = ring.rgb * line_alpha + ground.rgb * ground.a * (1.0 - line_alpha);
    fragment = vec4(alpha > 0.0 ? mixed / alpha : vec3(0.0), alpha);
}
