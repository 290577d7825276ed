#pragma once

// A table that a spreadsheet has saved: without a byte-order mark, quotes, carriage returns, blanks
// around cells and empty lines, whatever was between the cells (comma, semicolon, tab), and with a
// point in each number. Pure functions.

#include <string>
#include <string_view>
#include <vector>

namespace elbow::io {

// The cells of each line.
std::vector<std::vector<std::string>> table_rows(std::string_view text);

// With commas between the cells, as Elbow writes its tables of numbers. Text that is not such a
// table comes out as text that cannot be read, either.
std::string plain_table(std::string_view text);

}  // namespace elbow::io
