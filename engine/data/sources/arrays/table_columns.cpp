#include "engine/data/sources/arrays/table_columns.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string_view>

#include "engine/core/error.h"
#include "engine/data/sources/arrays/image_layout.h"
#include "engine/data/sources/arrays/number_lines.h"

namespace elbow::data {
namespace {

constexpr std::array<std::string_view, 8> kLabelNames = {"label", "labels", "class",  "target",
                                                         "y",     "digit",  "letter", "emotion"};
constexpr std::array<std::string_view, 4> kNumberNames = {"", "id", "index", "unnamed: 0"};

template <class Names>
bool is_among(const Names& names, std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::find(names.begin(), names.end(), name) != names.end();
}

// What the first lines say of a column.
struct ColumnLook {
    bool whole = true;
    bool constant = true;
};

ColumnLook look_at(std::span<const std::vector<double>> lines, std::size_t column) {
    ColumnLook look;
    for (const std::vector<double>& line : lines) {
        look.whole = look.whole && line[column] == std::floor(line[column]);
        look.constant = look.constant && line[column] == lines.front()[column];
    }
    return look;
}

// The first or the last column: the one whose numbers are whole and differ, else by habit.
std::size_t label_by_content(const TableColumns& columns,
                             std::span<const std::vector<double>> lines, char separator) {
    const std::size_t first = columns.first, last = columns.count - 1;
    const ColumnLook of_first = look_at(lines, first), of_last = look_at(lines, last);
    if (of_first.whole != of_last.whole) return of_first.whole ? first : last;
    if (of_first.constant != of_last.constant) return of_last.constant ? first : last;
    return separator == ' ' ? last : first;
}

std::optional<std::size_t> label_by_name(const std::vector<std::string>& names) {
    const auto found = std::find_if(names.begin(), names.end(), [](const std::string& name) {
        return is_among(kLabelNames, name);
    });
    if (found == names.end()) return {};
    return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

std::optional<std::size_t> label_column(const std::vector<std::string>& names,
                                        const std::vector<std::string>& first_line,
                                        char separator) {
    if (!names.empty()) return label_by_name(names);
    std::optional<std::size_t> text;
    for (std::size_t i = 0; i < first_line.size(); ++i) {
        if (cell_number(first_line[i], separator)) continue;
        if (text || (i != 0 && i + 1 != first_line.size())) return {};
        text = i;
    }
    return text;
}

TableColumns table_columns(const std::vector<std::string>& names, std::optional<std::size_t> label,
                           std::span<const std::vector<double>> lines, char separator,
                           const ArrayWishes& wishes, const std::string& shown_as) {
    TableColumns columns;
    columns.count = lines.front().size();
    if (!names.empty() && is_among(kNumberNames, names.front())) {
        columns.first = 1;
        columns.notes.emplace_back("The first column numbers the lines and was left out.");
    }
    columns.label = label;
    if (label && !names.empty()) {
        columns.label_name = names[*label];
    } else if (label) {
        columns.notes.push_back(std::string("The ") + (*label == 0 ? "first" : "last") +
                                " column has text and was taken for the labels.");
    } else if (!shape_of_row(columns.pixels(), wishes) &&
               shape_of_row(columns.pixels() - 1, wishes)) {
        columns.label = label_by_content(columns, lines, separator);
        columns.notes.push_back(std::string("The ") +
                                (columns.label == columns.first ? "first" : "last") +
                                " column was taken for the labels.");
    }
    if (!shape_of_row(columns.pixels(), wishes)) {
        throw Error(shown_as + " is a table" +
                    (columns.label ? " whose column '" + columns.label_name + "' is the label"
                                   : std::string()) +
                    ": " + ask_for_size(columns.pixels(), wishes));
    }
    return columns;
}

}  // namespace elbow::data
