#version 330 core
// A thin, antialiased line around a faint disc.

flat in vec2 radii_px;
flat in vec4 colour;
in vec2 from_middle_px;
out vec4 fragment;

uniform float line_px;
uniform float fill;  // strength of what lies within, of the line's

void main() {
    vec2 unit = from_middle_px / radii_px;
    float radius = length(unit);
    // To first order: how far off the line, pixels.
    float away_px = (radius - 1.0) * radius / max(length(unit / radii_px), 1e-6);
    float line = 1.0 - smoothstep(0.5 * line_px - 0.5, 0.5 * line_px + 0.5, abs(away_px));
    float cover = max(line, away_px < 0.0 ? fill : 0.0);
    if (cover <= 0.0) discard;
    fragment = vec4(colour.rgb, colour.a * cover);
}
