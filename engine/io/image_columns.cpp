#include "engine/io/image_columns.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/path_text.h"
#include "engine/core/text.h"
#include "engine/io/plain_table.h"

namespace elbow::io {

namespace {

using Row = std::vector<std::string>;

class Table {
  public:
    Table(const std::string& text, int images, const std::filesystem::path& file)
        : rows_(table_rows(text)), images_(images), file_(file) {
        if (rows_.size() < 2) refuse("has no line under one with the names of its columns");
        for (std::size_t row = 1; row < rows_.size(); ++row) {
            if (rows_[row].size() != names().size())
                refuse("has " + std::to_string(names().size()) + " names of columns, but " +
                       std::to_string(rows_[row].size()) + " cells in row " + std::to_string(row));
        }
    }

    const Row& names() const { return rows_.front(); }
    std::size_t lines() const { return rows_.size() - 1; }
    // Of the line for an image, counted from 0.
    const std::string& cell(std::size_t line, std::size_t column) const {
        return rows_[line + 1][column];
    }

    [[noreturn]] void refuse(const std::string& found) const {
        throw Error("The table " + quoted(file_) + " " + found +
                    ". Expected a CSV with a line of names and then one line for each of the " +
                    std::to_string(images_) +
                    " held-out images, in their order or with a column 'image' that says which.");
    }

    // Which image each line is of.
    std::vector<std::size_t> images() const {
        const auto column = std::find_if(names().begin(), names().end(), [](const auto& name) {
            return name == "image" || name == "index";
        });
        if (column == names().end()) return in_order();
        const auto at = static_cast<std::size_t>(column - names().begin());
        std::vector<std::size_t> found;
        found.reserve(lines());
        std::vector<bool> taken(static_cast<std::size_t>(images_));
        for (std::size_t line = 0; line < lines(); ++line) {
            const std::string& text = cell(line, at);
            const std::optional<double> number = read_number(text);
            if (!number || *number != std::floor(*number) || *number < 0 || *number >= images_)
                refuse("says '" + text.substr(0, 60) + "' under '" + *column + "' in row " +
                       std::to_string(line + 1) + ", where the numbers go from 0 to " +
                       std::to_string(images_ - 1));
            const auto image = static_cast<std::size_t>(*number);
            if (taken[image]) refuse("has two lines for image " + std::to_string(image));
            taken[image] = true;
            found.push_back(image);
        }
        return found;
    }

    // The cell of each held-out image; empty where no line is of it.
    std::vector<std::string> cells(std::size_t column,
                                   const std::vector<std::size_t>& images) const {
        std::vector<std::string> found(static_cast<std::size_t>(images_));
        for (std::size_t line = 0; line < lines(); ++line) found[images[line]] = cell(line, column);
        return found;
    }

    // Absent: it is not of numbers alone.
    std::optional<std::vector<float>> values(std::size_t column,
                                             const std::vector<std::size_t>& images) const {
        std::vector<float> found(static_cast<std::size_t>(images_),
                                 std::numeric_limits<float>::quiet_NaN());
        bool any = false;
        for (std::size_t line = 0; line < lines(); ++line) {
            const std::string& text = cell(line, column);
            if (text.empty() || text == "nan" || text == "NaN") continue;
            const std::optional<double> number = read_number(text);
            if (!number) return std::nullopt;
            found[images[line]] = static_cast<float>(*number);
            any = true;
        }
        return any ? std::optional(std::move(found)) : std::nullopt;
    }

  private:
    std::vector<std::size_t> in_order() const {
        if (lines() != static_cast<std::size_t>(images_))
            refuse("has lines for " + std::to_string(lines()) + " images");
        std::vector<std::size_t> found(lines());
        for (std::size_t line = 0; line < lines(); ++line) found[line] = line;
        return found;
    }

    std::vector<Row> rows_;
    int images_;
    const std::filesystem::path& file_;
};

constexpr const char* kNoWord = "empty";

// Each word once, in alphabetical order; last, what images without one are called.
std::vector<std::string> classes_of(const std::vector<std::string>& cells) {
    const std::set<std::string> words(cells.begin(), cells.end());
    std::vector<std::string> classes;
    std::copy_if(words.begin(), words.end(), std::back_inserter(classes),
                 [](const std::string& word) { return !word.empty() && word != kNoWord; });
    if (!classes.empty() && (words.contains("") || words.contains(kNoWord)))
        classes.emplace_back(kNoWord);
    return classes;
}

ClassColumn class_column(std::string name, std::vector<std::string> classes,
                         const std::vector<std::string>& cells) {
    ClassColumn column{std::move(name), std::move(classes), {}};
    column.held_out.reserve(cells.size());
    for (const std::string& cell : cells) {
        const auto own =
            std::find(column.classes.begin(), column.classes.end(), cell.empty() ? kNoWord : cell);
        column.held_out.push_back(static_cast<std::uint8_t>(own - column.classes.begin()));
    }
    return column;
}

// Where nothing can be used: what the columns have instead.
std::string nothing_of_use(const std::vector<LeftOutColumn>& left_out) {
    std::string text = "has no column of numbers or of at most " +
                       std::to_string(kMostColumnClasses) + " different words";
    for (const LeftOutColumn& each : left_out)
        text += "; '" + each.name.substr(0, 60) + "' has " + std::to_string(each.words);
    return text;
}

}  // namespace

ImageColumns parse_image_columns(const std::string& text, int held_out_images,
                                 const std::filesystem::path& file) {
    const Table table(text, held_out_images, file);
    const std::vector<std::size_t> images = table.images();
    ImageColumns result{.file = file};
    for (std::size_t column = 0; column < table.names().size(); ++column) {
        std::string name = table.names()[column];
        if (name == "image" || name == "index") continue;
        if (name.empty()) name = "column " + std::to_string(column + 1);
        const bool again = std::any_of(result.columns.begin(), result.columns.end(),
                                       [&](const data::Factor& each) { return each.name == name; });
        if (again) table.refuse("has two columns '" + name.substr(0, 60) + "'");
        if (auto values = table.values(column, images)) {
            result.columns.push_back({std::move(name), {}, std::move(*values)});
            continue;
        }
        const std::vector<std::string> cells = table.cells(column, images);
        std::vector<std::string> classes = classes_of(cells);
        if (classes.empty() || classes.size() > kMostColumnClasses) {
            result.left_out.push_back({std::move(name), classes.size()});
        } else {
            result.classes.push_back(class_column(std::move(name), std::move(classes), cells));
        }
    }
    if (result.columns.empty() && result.classes.empty())
        table.refuse(nothing_of_use(result.left_out));
    return result;
}

std::shared_ptr<const ImageColumns> read_image_columns(const std::filesystem::path& file,
                                                       int held_out_images) {
    return std::make_shared<const ImageColumns>(
        parse_image_columns(read_text_file(file, kMostColumnBytes), held_out_images, file));
}

}  // namespace elbow::io
