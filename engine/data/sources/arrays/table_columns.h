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

// The column whose name says that it is the label; of a table without names the first or the last
// one where it alone has text.
std::optional<std::size_t> label_column(const std::vector<std::string>& names,
                                        const std::vector<std::string>& first_line, char separator);

// names: of the columns, empty where the table says none. label: as label_column(). lines: the
// first ones [any][count], NaN where they have text. separator: as cell_separator(); tables with
// blanks have their label last, others first, where nothing speaks against it. Throws Error that
// names `shown_as` where a line's size is not known.
TableColumns table_columns(const std::vector<std::string>& names, std::optional<std::size_t> label,
                           std::span<const std::vector<double>> lines, char separator,
                           const ArrayWishes&, const std::string& shown_as);

}  // namespace elbow::data
