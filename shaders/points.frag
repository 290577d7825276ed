#version 330 core
// A round, antialiased dot with a thin darker rim, so that dots of one colour stay apart.

flat in vec4 colour;
out vec4 fragment;

uniform float size_px;

void main() {
    float distance_px = length(gl_PointCoord - 0.5) * (size_px + 2.0);
    float radius_px = 0.5 * size_px;
    float cover = 1.0 - smoothstep(radius_px - 0.5, radius_px + 0.5, distance_px);
    if (cover <= 0.0) discard;
    float rim = smoothstep(radius_px - 1.2, radius_px, distance_px) * smoothstep(2.5, 5.0, size_px);
    fragment = vec4(colour.rgb * (1.0 - 0.45 * rim), colour.a * cover);
}
