#pragma once

// The pictures that can be exported, as the bytes of a PNG: decoded from a snapshot's weights, or
// drawn from what the window knows. Pure functions, for any thread.

#include <cstdint>
#include <span>
#include <vector>

#include "app/gui/exporter.h"

namespace elbow::gui {

// Of a kind that is a picture. Throws Error saying what was expected, what was found and what to
// do; Cancelled when the progress says so.
std::vector<std::uint8_t> export_png(const train::ParameterSnapshot&, const data::Dataset&,
                                     const ExportRequest&, Progress&);

// The pixels of that picture; throws UsageError where it is too large.
io::SheetSize picture_size(const ExportRequest&, const model::Architecture&);

int manifold_rows(const ExportRequest&, int latents);
int manifold_columns(const ExportRequest&);

// The plane with `columns` columns and as many rows as leave each image its shape.
explore::ManifoldRequest plane_grid(explore::ManifoldRequest plane, int columns, int height_px,
                                    int width_px);

// Where the mean and log variance of q(z|x) of each held-out image lie.
explore::LatentMap held_out_codes(const train::ParameterSnapshot&, const data::Dataset&, Progress&);

// The sheet's cells: input above reconstruction, row after row. inputs and reconstructions [count,
// D]; returns [2 * columns * rows, D], unused cells black.
std::vector<std::uint8_t> reconstruction_cells(std::span<const std::uint8_t> inputs,
                                               std::span<const std::uint8_t> reconstructions,
                                               int count, int dimensions, int columns);

}  // namespace elbow::gui
