#pragma once

// A table of one's own with a line for each held-out image, whose columns the map can be coloured
// by. Functions for any thread.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/data/dataset.h"

namespace elbow::io {

struct ImageColumns {
    std::filesystem::path file;
    std::vector<data::Factor> columns;  // their values of the held-out images; NaN: an empty cell
    std::vector<std::string> left_out;  // the names of those that are not of numbers
};

// Of a CSV whose first line has the columns' names (comma, semicolon or tab between them). The
// lines are in the images' order, or a column "image" or "index" says which image each is of, and
// images that no line is of have no value. Throws Error naming the line that does not fit, or where
// no column is of numbers.
ImageColumns parse_image_columns(const std::string& text, int held_out_images,
                                 const std::filesystem::path& file);
// Of a file of at most kMostColumnBytes. Throws Error.
inline constexpr std::size_t kMostColumnBytes = std::size_t{256} << 20;
std::shared_ptr<const ImageColumns> read_image_columns(const std::filesystem::path&,
                                                       int held_out_images);

}  // namespace elbow::io
