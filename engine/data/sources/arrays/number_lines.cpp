#include "engine/data/sources/arrays/number_lines.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/core/text.h"

namespace elbow::data {
namespace {

constexpr std::size_t kTextAtOnce = 1 << 20;
constexpr std::size_t kLongestLine = 64 << 20;
constexpr std::ptrdiff_t kMostQuickDigits = 9;
constexpr std::string_view kTextMark = "\xEF\xBB\xBF";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view bare(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"')
        cell = trimmed(cell.substr(1, cell.size() - 2));
    return cell;
}

// Takes one cell with what ends it off `rest`.
std::string_view take_cell(std::string_view& rest, char separator) {
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view cell = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return cell;
}

void skip_separators(std::string_view& rest, char separator) {
    if (separator != ' ') return;
    while (!rest.empty() && is_blank(rest[0])) rest.remove_prefix(1);
}

// The whole number that a cell is, in the way that nearly all are written; absent: look again.
std::optional<double> take_quick_number(std::string_view& rest, char separator) {
    const char* const begin = rest.data();
    const char* const end = begin + rest.size();
    const char* at = begin;
    unsigned value = 0;
    for (; at != end && *at >= '0' && *at <= '9' && at - begin < kMostQuickDigits; ++at)
        value = 10 * value + static_cast<unsigned>(*at - '0');
    if (at == begin || (at != end && *at != separator)) return {};
    rest.remove_prefix(static_cast<std::size_t>(at - begin) + (at == end ? 0 : 1));
    return value;
}

}  // namespace

char cell_separator(std::string_view line) {
    for (const char separator : {';', '\t', ','})
        if (line.find(separator) != std::string_view::npos) return separator;
    return ' ';
}

std::string_view without_mark(std::string_view text) {
    return text.starts_with(kTextMark) ? text.substr(kTextMark.size()) : text;
}

std::vector<std::string> text_cells(std::string_view line, char separator) {
    std::vector<std::string> cells;
    for (skip_separators(line, separator); !line.empty(); skip_separators(line, separator))
        cells.emplace_back(bare(take_cell(line, separator)));
    return cells;
}

std::string text_cell(std::string_view line, char separator, std::size_t at) {
    for (skip_separators(line, separator); !line.empty(); skip_separators(line, separator)) {
        const std::string_view cell = take_cell(line, separator);
        if (at-- == 0) return std::string(bare(cell));
    }
    return {};
}

std::optional<double> cell_number(std::string_view cell, char separator) {
    cell = bare(cell);
    std::string with_point;
    if (separator != ',' && cell.find(',') != std::string_view::npos) {
        with_point = cell;
        std::replace(with_point.begin(), with_point.end(), ',', '.');
        cell = with_point;
    }
    double value = 0.0;
    const char* const end = cell.data() + cell.size();
    const auto [stop, error] = std::from_chars(cell.data(), end, value);
    if (error == std::errc::result_out_of_range && stop == end)
        return cell.find("e-") == std::string_view::npos ? std::numeric_limits<double>::infinity()
                                                         : 0.0;
    if (error != std::errc() || stop != end) return {};
    return value;
}

std::size_t parse_numbers(std::string_view line, char separator,
                          std::optional<std::size_t> text_column, std::vector<double>& numbers) {
    numbers.clear();
    for (skip_separators(line, separator); !line.empty(); skip_separators(line, separator)) {
        std::optional<double> number = take_quick_number(line, separator);
        if (!number) number = cell_number(take_cell(line, separator), separator);
        if (!number && numbers.size() == text_column)
            number = std::numeric_limits<double>::quiet_NaN();
        if (!number) break;
        numbers.push_back(*number);
    }
    return numbers.size();
}

void TextLines::read_more() {
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, filled_ - begin_);
        filled_ -= begin_;
        begin_ = 0;
    }
    if (filled_ > kLongestLine) {
        throw Error(quoted(source_.path()) + " has a line of more than " +
                    std::to_string(kLongestLine) + " bytes: expected an image a line.");
    }
    if (buffer_.size() < filled_ + kTextAtOnce)
        buffer_.resize(std::max(2 * buffer_.size(), filled_ + kTextAtOnce));
    const std::span<std::uint8_t> room(reinterpret_cast<std::uint8_t*>(buffer_.data()) + filled_,
                                       kTextAtOnce);
    const std::size_t got = source_.read(room);
    ended_ = got < room.size();
    filled_ += got;
}

bool TextLines::next_of_any_kind(std::string_view& line) {
    for (std::size_t seen = 0;;) {
        const char* const from = buffer_.data() + begin_ + seen;
        const std::size_t left = filled_ - begin_ - seen;
        const auto* end =
            left == 0 ? nullptr : static_cast<const char*>(std::memchr(from, '\n', left));
        if (end != nullptr || (ended_ && begin_ < filled_)) {
            const std::size_t size =
                end == nullptr ? filled_ - begin_
                               : static_cast<std::size_t>(end - (buffer_.data() + begin_));
            line = {buffer_.data() + begin_, size};
            begin_ += size + (end == nullptr ? 0 : 1);
            taken_ += size + 1;
            ++number_;
            return true;
        }
        if (ended_) return false;
        seen = filled_ - begin_;
        read_more();
    }
}

bool TextLines::next(std::string_view& line) {
    while (next_of_any_kind(line)) {
        if (number_ == 1) line = without_mark(line);
        line = trimmed(line);
        if (!line.empty() && line[0] != '#') return true;
    }
    return false;
}

double TextLines::fraction() const {
    if (source_.packed() || source_.file_bytes() == 0) return -1.0;
    return std::min(1.0, static_cast<double>(taken_) / static_cast<double>(source_.file_bytes()));
}

}  // namespace elbow::data
