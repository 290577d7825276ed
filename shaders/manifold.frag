#version 330 core

in vec2 texture_position;
out vec4 fragment;

uniform sampler2D tiles;
uniform float alpha;

void main() {
    fragment = vec4(texture(tiles, texture_position).rgb, alpha);
}
