#pragma once

// A table of one's own with a line for each held-out image, whose columns the map can be coloured
// by. Functions for any thread.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/data/dataset.h"

namespace elbow::io {

// A column of words: each is a class.
struct ClassColumn {
    std::string name;
    // In alphabetical order; last, where there are such images, those "empty" of a word.
    std::vector<std::string> classes;
    std::vector<std::uint8_t> held_out;  // of each held-out image, an index of `classes`
};
// As many as can be hidden and shown one by one.
inline constexpr std::size_t kMostColumnClasses = 32;

// What no colours can be made of, for it has more different words than that, or no cell at all.
struct LeftOutColumn {
    std::string name;
    std::size_t words = 0;
};

struct ImageColumns {
    std::filesystem::path file;
    // Of numbers: the values of the held-out images; NaN: an empty cell.
    std::vector<data::Factor> columns = {};
    std::vector<ClassColumn> classes = {};
    std::vector<LeftOutColumn> left_out = {};
};

// Of a CSV whose first line has the columns' names (comma, semicolon or tab between them). The
// lines are in the images' order, or a column "image" or "index" says which image each is of, and
// images that no line is of have no value. A column whose cells are not all numbers is of words.
// Throws Error naming the line that does not fit, or where no column can be used.
ImageColumns parse_image_columns(const std::string& text, int held_out_images,
                                 const std::filesystem::path& file);
// Of a file of at most kMostColumnBytes. Throws Error.
inline constexpr std::size_t kMostColumnBytes = std::size_t{256} << 20;
std::shared_ptr<const ImageColumns> read_image_columns(const std::filesystem::path&,
                                                       int held_out_images);

}  // namespace elbow::io
