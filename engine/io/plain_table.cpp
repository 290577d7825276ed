#include "engine/io/plain_table.h"

#include <algorithm>
#include <utility>

#include "engine/core/text.h"

namespace elbow::io {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The one that comes first in the heading, whose names hold none of them.
char separator_of(std::string_view text) {
    const std::string_view heading = text.substr(0, text.find('\n'));
    const std::size_t at = heading.find_first_of(",;\t");
    return at == std::string_view::npos ? ',' : heading[at];
}

class Writer {
  public:
    explicit Writer(bool decimal_commas) : decimal_commas_(decimal_commas) {}

    void take(char c) { cell_ += c; }
    void end_cell() {
        std::string cell(trimmed(cell_));
        if (decimal_commas_) std::replace(cell.begin(), cell.end(), ',', '.');
        empty_ = empty_ && cell.empty();
        line_.push_back(std::move(cell));
        cell_.clear();
    }
    void end_line() {
        end_cell();
        if (!empty_) rows_.push_back(std::move(line_));
        line_.clear();
        empty_ = true;
    }
    std::vector<std::vector<std::string>> finish() {
        if (!cell_.empty() || !line_.empty()) end_line();
        return std::move(rows_);
    }

  private:
    bool decimal_commas_;
    std::vector<std::vector<std::string>> rows_;
    std::vector<std::string> line_;
    std::string cell_;
    bool empty_ = true;  // all cells of this line so far
};

}  // namespace

std::vector<std::vector<std::string>> table_rows(std::string_view text) {
    if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark)
        text.remove_prefix(kByteOrderMark.size());
    const char separator = separator_of(text);
    Writer writer(separator != ',');
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"') {
            writer.take(c);  // two of them within quotes stand for one
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == separator && !quoted) {
            writer.end_cell();
        } else if (c == '\n' && !quoted) {
            writer.end_line();
        } else {
            writer.take(c);
        }
    }
    return writer.finish();
}

std::string plain_table(std::string_view text) {
    std::string plain;
    for (const std::vector<std::string>& row : table_rows(text)) {
        for (const std::string& cell : row) plain += cell + ',';
        plain.back() = '\n';
    }
    return plain;
}

}  // namespace elbow::io
