#version 330 core
// A round, antialiased dot with a rim, so that dots of one colour stay apart and none is lost on a ground of its own
// colour.

flat in vec4 colour;
out vec4 fragment;

uniform float size_px;
uniform float rim_px;  // of the rim colour around the dot; 0: the dot's own edge is darker
uniform vec4 rim;

void main() {
    float radius_px = 0.5 * size_px;
    float outer_px = radius_px + rim_px;
    float distance_px = length(gl_PointCoord - 0.5) * (size_px + 2.0 * rim_px + 2.0);
    float cover = 1.0 - smoothstep(outer_px - 0.5, outer_px + 0.5, distance_px);
    if (cover <= 0.0) discard;
    float edge = smoothstep(radius_px - 1.2, radius_px, distance_px) * smoothstep(2.5, 5.0, size_px);
    float around = rim_px > 0.0 ? smoothstep(radius_px - 0.5, radius_px + 0.5, distance_px) : 0.0;
    vec3 dot_colour = colour.rgb * (rim_px > 0.0 ? 1.0 : 1.0 - 0.45 * edge);
    fragment = vec4(mix(dot_colour, rim.rgb, around), mix(colour.a, rim.a, around) * cover);
}
