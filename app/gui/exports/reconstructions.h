#pragma once

// Held-out images, each above its reconstruction.

#include <cstdint>
#include <span>
#include <vector>

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& reconstructions_export();

// The sheet's cells: input above reconstruction, row after row. inputs and reconstructions [count,
// D]; returns [2 * columns * rows, D], unused cells black.
std::vector<std::uint8_t> reconstruction_cells(std::span<const std::uint8_t> inputs,
                                               std::span<const std::uint8_t> reconstructions,
                                               int count, int dimensions, int columns);

}  // namespace elbow::gui
