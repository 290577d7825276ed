#pragma once

// What the exports of images share. Pure functions, for any thread.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/gui/exports/export.h"
#include "engine/explore/latent_map.h"

namespace elbow::gui {

inline constexpr int kSheetGap = 1;  // pixels of the images, before scaling
// Of a sheet of so many images: a full rectangle where the count allows one that is not too long.
int columns_of_sheet(int count);

// "pixels per image pixel".
ExportNumber pixel_scale_choice();

// Why nothing is exported that needs the q(z|x) of an image; empty: it can be.
std::string why_no_codes(const train::ParameterSnapshot&);

// Throws Error where z is not of the run's latents; what: "a dot".
void check_latents(const ExportSource&, const std::vector<float>& z, const char* what);

// [count, D] for z [count, N], in pieces that the progress may stop. labels [count]: for a model
// that is told them; empty: that of the view.
std::vector<std::uint8_t> decoded(const ExportSource&, std::span<const float> z, Progress&,
                                  std::span<const std::uint8_t> labels = {});

// The pixels of a sheet of so many images.
io::SheetSize sheet_size(const ExportSource&, int count, int columns, int gap);

// The sheet of the images [count, D], and of those that z [count, N] is decoded to: too large a one
// is refused before anything is decoded.
io::Picture sheet_picture(const ExportSource&, std::span<const std::uint8_t> images, int columns,
                          int gap);
io::Picture decoded_picture(const ExportSource&, std::span<const float> z, int columns, int gap,
                            Progress&, std::span<const std::uint8_t> labels = {});

// Of held-out images, [images.size(), D]. Throws Error where there is none of that number.
std::vector<std::uint8_t> held_out_pixels(const data::Dataset&, const std::vector<int>& images);

// Where the mean and log variance of q(z|x) of each held-out image lie.
explore::LatentMap held_out_codes(const train::ParameterSnapshot&, const data::Dataset&, Progress&);

}  // namespace elbow::gui
