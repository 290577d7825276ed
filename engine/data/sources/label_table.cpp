#include "engine/data/sources/label_table.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>

#include "engine/core/json.h"
#include "engine/core/text.h"
#include "engine/core/word_search.h"

namespace elbow::data {
namespace {

constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

// What columns are called, the likeliest first.
constexpr std::array<std::string_view, 11> kFileColumns = {
    "file_name", "filename", "file", "image", "image_name", "image_id",
    "img",       "path",     "name", "id",    "filepath"};
constexpr std::array<std::string_view, 7> kLabelColumns = {
    "label", "labels", "class", "class_name", "category", "target", "y"};
constexpr std::array<std::string_view, 4> kPartColumns = {"split", "partition", "subset", "set"};

using Row = std::vector<std::string>;

char separator_of(std::string_view line) {
    char best = ',';
    for (const char each : {';', '\t'}) {
        if (std::count(line.begin(), line.end(), each) > std::count(line.begin(), line.end(), best))
            best = each;
    }
    return best;
}

// The cells up to the end of the line, which is taken off the text (RFC 4180).
Row take_row(std::string_view& text, char separator) {
    Row row(1);
    bool in_quotes = false;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        const bool doubled = in_quotes && at + 1 < text.size() && text[at + 1] == '"';
        if (c == '"' && doubled) {
            row.back() += text[++at];
        } else if (c == '"') {
            in_quotes = !in_quotes;
        } else if (c == separator && !in_quotes) {
            row.emplace_back();
        } else if (c == '\n' && !in_quotes) {
            break;
        } else if (c != '\r') {
            row.back() += c;
        }
    }
    text.remove_prefix(std::min(text.size(), at + 1));
    return row;
}

std::size_t column_of(const Row& header, std::span<const std::string_view> names) {
    for (const std::string_view name : names) {
        for (std::size_t i = 0; i < header.size(); ++i) {
            if (in_small_letters(trimmed(header[i])) == name) return i;
        }
    }
    return kNoColumn;
}

std::optional<bool> is_held_out(std::string_view part) {
    const std::string word = in_small_letters(trimmed(part));
    if (word == "train" || word == "training" || word == "0") return false;
    for (const char* held : {"test", "testing", "val", "valid", "validation", "dev", "1", "2"}) {
        if (word == held) return true;
    }
    return std::nullopt;
}

struct Columns {
    std::size_t file, label, part;
};

Columns columns_of(const Row& header) {
    Columns columns{column_of(header, kFileColumns), column_of(header, kLabelColumns),
                    column_of(header, kPartColumns)};
    // The only column that is left.
    if (columns.label == kNoColumn && header.size() == (columns.part == kNoColumn ? 2U : 3U)) {
        for (std::size_t i = 0; i < header.size(); ++i) {
            if (i != columns.file && i != columns.part) columns.label = i;
        }
    }
    return columns;
}

std::optional<LabelTable> table_of_csv(const std::string& name, std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const char separator = separator_of(text.substr(0, text.find('\n')));
    const Row header = take_row(text, separator);
    const Columns columns = columns_of(header);
    if (columns.file == kNoColumn) return std::nullopt;
    LabelTable table{name, columns.label != kNoColumn, {}, ""};
    while (!text.empty()) {
        Row row = take_row(text, separator);
        if (row.size() < header.size()) continue;
        LabelRow& taken = table.rows.emplace_back(LabelRow{row[columns.file], ""});
        if (columns.label != kNoColumn) taken.label = std::string(trimmed(row[columns.label]));
        if (columns.part != kNoColumn) taken.held_out = is_held_out(row[columns.part]);
    }
    if (table.has_labels)
        table.note = "Labels are column '" + header[columns.label] + "' of " + name + ".";
    return table;
}

// {"labels": [["00000/img00000000.png", 6], ...]}
std::optional<LabelTable> table_of_json(const std::string& name, std::string_view text) {
    const std::optional<Json> json = parse_json(std::string(text));
    const Json* labels = json ? json->find("labels") : nullptr;
    if (labels == nullptr || !labels->is_array()) return std::nullopt;
    LabelTable table{name, true, {}, "Labels are those of " + name + "."};
    for (const Json& row : labels->array()) {
        const bool whole = row.is_array() && row.array().size() == 2 &&
                           row.array()[0].is_string() && row.array()[1].is_number_integer();
        if (!whole) return std::nullopt;
        table.rows.push_back({row.array()[0].string(), std::to_string(row.array()[1].whole())});
    }
    return table;
}

}  // namespace

bool is_label_table(const std::string& name) {
    const std::string file = in_small_letters(std::filesystem::path(name).filename().string());
    return file == "metadata.csv" || file == "labels.csv" || file == "dataset.json";
}

std::optional<LabelTable> label_table(const std::string& name, std::string_view text) {
    if (!is_utf8(text)) return std::nullopt;
    return in_small_letters(name).ends_with(".json") ? table_of_json(name, text)
                                                     : table_of_csv(name, text);
}

}  // namespace elbow::data
