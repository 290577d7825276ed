#pragma once

// A table of numbers that a spreadsheet has saved, as Elbow would have written it. Pure function.

#include <string>
#include <string_view>

namespace elbow::io {

// Without a byte-order mark, quotes, carriage returns, blanks around cells and empty lines; with
// commas between the cells whatever was there (comma, semicolon, tab), and a point in each number.
// Text that is not such a table comes out as text that cannot be read, either.
std::string plain_table(std::string_view text);

}  // namespace elbow::io
