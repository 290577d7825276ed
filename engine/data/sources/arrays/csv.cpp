// Tables with an image a line: CSV as Kaggle's, and amat as Larochelle's, with blanks between the
// numbers.

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/core/text.h"
#include "engine/data/idx.h"
#include "engine/data/sources/array_forms.h"
#include "engine/data/sources/arrays/class_labels.h"
#include "engine/data/sources/arrays/emnist.h"
#include "engine/data/sources/arrays/grey_numbers.h"
#include "engine/data/sources/arrays/image_layout.h"
#include "engine/data/sources/arrays/number_lines.h"
#include "engine/data/sources/arrays/table_columns.h"

namespace elbow::data {
namespace {

constexpr std::size_t kFewestCells = 16;     // of a line that is an image
constexpr std::size_t kLinesLookedAt = 512;  // before it is known which column is the label
constexpr std::uint64_t kLinesToAReport = 256;
constexpr const char* kNoLabelText = "(none)";

// Most of its cells are numbers; those of a line that is cut off are all but the last.
bool has_numbers(const std::vector<std::string>& cells, char separator) {
    const auto numbers = std::count_if(cells.begin(), cells.end(), [&](const std::string& cell) {
        return cell_number(cell, separator).has_value();
    });
    return 2 * static_cast<std::size_t>(numbers) > cells.size();
}

// Takes the first line that says something off the text.
std::string_view take_line(std::string_view& text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.empty() && line[0] != '#' && line != "\r") return line;
    }
    return {};
}

bool is_table(const FileHead& head) {
    std::string_view text = without_mark(head.text());
    if (text.find('\0') != std::string_view::npos) return false;
    const std::string_view first = take_line(text), second = take_line(text);
    const char separator = cell_separator(first);
    const std::vector<std::string> cells = text_cells(first, separator);
    if (cells.size() < kFewestCells) return false;
    if (has_numbers(cells, separator)) return true;
    const std::vector<std::string> below = text_cells(second, separator);
    return below.size() >= kFewestCells && has_numbers(below, separator);
}

class TableReader {
  public:
    TableReader(const std::filesystem::path& path, const ArrayWishes& wishes, Progress& progress)
        : path_(path), lines_(path), wishes_(wishes), progress_(progress) {}

    ArrayImages read() {
        look_at_beginning();
        std::string_view line;
        while (lines_.next(line)) {
            if (rows_ % kLinesToAReport == 0)
                progress_.report(lines_.fraction(), "Reading " + path_.filename().string());
            progress_.throw_if_cancelled();
            parse(line);
            take(numbers_, label_text_);
        }
        return finish();
    }

  private:
    [[noreturn]] void fail_line(const std::string& what) const {
        throw Error(quoted(path_) + ", line " + std::to_string(lines_.number()) + ": " + what +
                    " Correct it, or leave the line out.");
    }

    // The names of the columns, if there are any, and enough lines to know which is the label.
    void look_at_beginning() {
        std::vector<std::string> names;
        std::vector<std::vector<double>> first;
        std::vector<std::string> first_texts;
        std::string_view line;
        while (first.size() < kLinesLookedAt && lines_.next(line)) {
            progress_.throw_if_cancelled();
            if (names.empty() && first.empty()) {
                separator_ = cell_separator(line);
                names = text_cells(line, separator_);
                columns_.count = names.size();
                if (!has_numbers(names, separator_)) continue;
                names.clear();
            }
            if (first.empty())  // its cells may be text
                columns_.label = label_column(names, text_cells(line, separator_), separator_);
            parse(line);
            first.push_back(numbers_);
            first_texts.push_back(label_text_);
        }
        if (first.empty()) throw Error(quoted(path_) + " has no line of numbers: expected images.");
        columns_ = table_columns(names, columns_.label, first, separator_, wishes_, quoted(path_));
        for (std::size_t i = 0; i < first.size(); ++i) take(first[i], std::move(first_texts[i]));
    }

    void parse(std::string_view line) {
        const std::size_t parsed = parse_numbers(line, separator_, columns_.label, numbers_);
        if (parsed == columns_.count) return read_label_text(line);
        const std::vector<std::string> cells = text_cells(line, separator_);
        if (cells.size() != columns_.count) {
            fail_line("expected " + std::to_string(columns_.count) +
                      " numbers, as in the lines before, found " + std::to_string(cells.size()) +
                      ".");
        }
        fail_line("expected a number in column " + std::to_string(parsed + 1) + ", found '" +
                  cells[parsed].substr(0, 40) + "'.");
    }

    // Where the label is no number.
    void read_label_text(std::string_view line) {
        label_text_.clear();
        const auto label = columns_.label;
        if (!label || !std::isnan(numbers_[*label])) return;
        label_text_ = text_cell(line, separator_, *label);
        if (label_text_.empty()) label_text_ = kNoLabelText;
    }

    void take(std::span<const double> row, std::string label_text) {
        if (++rows_ > kLargestCount || rows_ * columns_.pixels() > kLargestBytes)
            throw Error(quoted(path_) + " has more images than are read. Keep a part of it.");
        const std::size_t before = grey_.size();
        std::span<const double> pixels = row.subspan(columns_.first);
        if (columns_.label) {
            const std::size_t label = *columns_.label;
            labels_.push_back(row[label]);
            label_texts_.push_back(std::move(label_text));
            grey_.append(pixels.first(label - columns_.first));
            pixels = row.subspan(label + 1);
        }
        grey_.append(pixels);
        if (const auto at = grey_.not_finite()) {
            throw Error(quoted(path_) + " has NaN or an infinity in image " +
                        std::to_string(rows_) + ", pixel " + std::to_string(*at - before + 1) +
                        ": expected finite numbers.");
        }
    }

    ArrayImages finish() {
        ImageLayout layout = layout_of({rows_, columns_.pixels()}, {}, wishes_, {}, quoted(path_));
        ArrayImages images;
        images.form = std::string(separator_ == ' ' ? "amat" : "CSV") + " with " +
                      std::to_string(rows_) + " lines of " + std::to_string(columns_.pixels()) +
                      " pixels" + (columns_.label ? " and a label" : "");
        images.notes = std::move(columns_.notes);
        if (!layout.note.empty()) images.notes.push_back(layout.note);
        if (is_emnist(path_)) {
            layout = transposed(layout);
            images.notes.emplace_back(kEmnistNote);
        }
        images.count = layout.count;
        images.shape = layout.shape;
        GreyValues grey = grey_.finish(quoted(path_), progress_);
        images.continuous = grey.continuous;
        images.notes.insert(images.notes.end(), grey.notes.begin(), grey.notes.end());
        images.pixels = images_of(std::move(grey.values), {&layout, 1}, progress_);
        set_label_column(images);
        return images;
    }

    void set_label_column(ArrayImages& images) {
        if (!columns_.label) return;
        const bool text = std::any_of(labels_.begin(), labels_.end(),
                                      [](double label) { return std::isnan(label); });
        if (!text) return set_labels(labels_, columns_.label_name, images);
        for (std::size_t i = 0; i < labels_.size(); ++i) {
            if (label_texts_[i].empty()) label_texts_[i] = exact_text(labels_[i]);
        }
        set_text_labels(label_texts_, columns_.label_name, images);
    }

    const std::filesystem::path& path_;
    TextLines lines_;
    const ArrayWishes& wishes_;
    Progress& progress_;
    char separator_ = ',';
    TableColumns columns_;
    std::vector<double> numbers_;  // of the line that was parsed
    std::string label_text_;       // of the same where its label is no number, else empty
    GreyNumbers grey_;
    std::vector<double> labels_;
    std::vector<std::string> label_texts_;  // [labels_], as label_text_
    std::uint64_t rows_ = 0;
};

}  // namespace

ArrayForm csv_form() {
    return {"csv", is_table,
            [](const std::filesystem::path& path, const ArrayWishes& wishes, Progress& progress) {
                return TableReader(path, wishes, progress).read();
            }};
}

}  // namespace elbow::data
