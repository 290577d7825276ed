#pragma once

// A text of numbers, line by line, however long the file: what CSV and amat have in common. Used by
// one thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/byte_source.h"

namespace elbow::data {

// Between the cells of a line: ';', a tab, ',' or, where there is none of them, ' ' for blanks.
char cell_separator(std::string_view line);

// The cells as text, without blanks and quotes around them.
std::vector<std::string> text_cells(std::string_view line, char separator);

// The same of one of them; empty where the line has no so many-th.
std::string text_cell(std::string_view line, char separator, std::size_t at);

// A number as a table has it, with a comma for the point where no comma is between the cells; "nan"
// and "inf" are some, too. Absent: the cell holds anything else.
std::optional<double> cell_number(std::string_view cell, char separator);

// The numbers of a line, in place of what `numbers` held. `text_column`, where text is NaN. Returns
// the first cell that is no number, or the number of cells where all are.
std::size_t parse_numbers(std::string_view line, char separator,
                          std::optional<std::size_t> text_column, std::vector<double>& numbers);

// What is before the first cell: a byte-order mark.
std::string_view without_mark(std::string_view text);

class TextLines {
  public:
    explicit TextLines(const std::filesystem::path& path) : source_(path) {}

    // The next line that is neither empty nor a comment (#), without its end; valid until the next
    // call. False at the end of the file. Throws Error where a line is absurdly long, and what
    // ByteSource throws.
    bool next(std::string_view& line);

    std::uint64_t number() const { return number_; }  // of that line in the file, from 1
    // Of the file, from 0 to 1; negative where it is compressed.
    double fraction() const;

  private:
    bool next_of_any_kind(std::string_view& line);
    void read_more();

    ByteSource source_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0, filled_ = 0;
    std::uint64_t taken_ = 0;  // bytes before `begin_`
    std::uint64_t number_ = 0;
    bool ended_ = false;
};

}  // namespace elbow::data
