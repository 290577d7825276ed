#pragma once

// Which columns of a table with an image a line are pixels, and which is the label. Pure functions.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/data/sources/array_images.h"

namespace elbow::data {

struct TableColumns {
    std::size_t count = 0;             // of a line
    std::size_t first = 0;             // of those that count: one before it numbers the lines
    std::optional<std::size_t> label;  // none: pixels alone
    std::string label_name = "label";
    std::vector<std::string> notes;

    std::size_t pixels() const { return count - first - (label ? 1 : 0); }
};

// The column whose name says that it is the label.
std::optional<std::size_t> label_by_name(const std::vector<std::string>& names);

// names: of the columns, empty where the table says none. lines: the first ones [any][count].
// separator: as cell_separator(); tables with blanks have their label last, others first, where
// nothing speaks against it. Throws Error that names `shown_as` where a line's size is not known.
TableColumns table_columns(const std::vector<std::string>& names,
                           std::span<const std::vector<double>> lines, char separator,
                           const ArrayWishes&, const std::string& shown_as);

}  // namespace elbow::data
