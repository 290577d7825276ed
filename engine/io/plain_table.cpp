#include "engine/io/plain_table.h"

#include <algorithm>

namespace elbow::io {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \r";

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
        const std::size_t first = cell_.find_first_not_of(kBlanks);
        std::string cell = first == std::string::npos
                               ? std::string()
                               : cell_.substr(first, cell_.find_last_not_of(kBlanks) - first + 1);
        if (decimal_commas_) std::replace(cell.begin(), cell.end(), ',', '.');
        empty_ = empty_ && cell.empty();
        if (cells_++ > 0) line_ += ',';
        line_ += cell;
        cell_.clear();
    }
    void end_line() {
        end_cell();
        if (!empty_) text_ += line_ + '\n';
        line_.clear();
        cells_ = 0;
        empty_ = true;
    }
    std::string finish() {
        if (!cell_.empty() || cells_ > 0) end_line();
        return std::move(text_);
    }

  private:
    bool decimal_commas_;
    std::string text_, line_, cell_;
    std::size_t cells_ = 0;  // of this line
    bool empty_ = true;      // all of them so far
};

}  // namespace

std::string plain_table(std::string_view text) {
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

}  // namespace elbow::io
