#pragma once

// Grey images of a data set on ImGui's draw lists, and small helpers that the panels around the map
// share. GUI thread.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/gl/tile_texture.h"
#include "app/gui/context.h"
#include "app/gui/panels/sheet_layout.h"
#include "imgui.h"

namespace elbow::gui {

ImTextureID texture_id(unsigned int gl_name);

// Tile `index` stretched over the rectangle.
void draw_tile(ImDrawList*, const gl::TileTexture&, int index, ImVec2 min, ImVec2 max);

// The first tiles, each in its cell of the grid whose corner this is.
void draw_tiles(const gl::TileTexture&, int count, const SheetGrid&, ImVec2 corner);

// Around the cell under the mouse.
void outline_cell(const Context&, const SheetGrid&, ImVec2 corner, int cell);

// Of z [count, N], the one with this number; empty where it is not there.
std::vector<float> z_at(std::span<const float> all, int number, int latents);

// The largest size for an image of height x width pixels inside the box: a whole number of pixels
// for each of the image's where it is magnified, so that all its pixels look alike.
ImVec2 crisp_size(int height, int width, ImVec2 box);

// A short text that differs where the bytes differ, for the layout log.
std::string hash_text(std::span<const std::uint8_t> bytes);

// "1.23" with `decimals` decimals; no "-0.00".
std::string fixed(double value, int decimals);

// "0.52, -1.30" for at most `most` numbers, then ", …".
std::string list_text(std::span<const float> values, int most = 1000, int decimals = 2);

// The name of a class, "7"; "no label" where the set has none.
std::string class_name(const data::Dataset&, int held_out_index);

// The picture under the mouse, which Ctrl+C copies. z: [N] of a decoded image; images: held-out
// ones, of reconstructions.
void note_under_mouse(const Context&, const Export&, std::vector<float> z = {},
                      std::vector<int> images = {});

// A tooltip for something that is not an ImGui item.
void tip(const Context&, const char* text);

// A dim line in the middle of what is left of the panel, while there is nothing to show.
void waiting_text(const Context&, const char* text);

// Why there is nothing to show yet.
const char* waiting_reason(const Context&);

// A run that was paused before it saw an image, and what to do then.
bool has_not_begun(const Context&);
constexpr const char* kPressPlay = "Press Play (Space) to begin.";

}  // namespace elbow::gui
