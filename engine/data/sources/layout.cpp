#include "engine/data/sources/layout.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>

#include "engine/core/word_search.h"

namespace elbow::data {
namespace {

using Parts = std::vector<std::string_view>;  // the folders of a path

constexpr double kNearlyAll = 0.95;
constexpr const char* kNoFolder = "(no folder)";
constexpr const char* kNotInTable = "(not in the table)";

Parts folders_in(std::string_view path) {
    Parts parts;
    for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/')) {
        parts.push_back(path.substr(0, at));
        path.remove_prefix(at + 1);
    }
    return parts;
}

// Takes off the folders around all of them.
void strip_shared(std::vector<Parts>& all) {
    std::size_t shared = all.front().size();
    for (const Parts& parts : all) {
        shared = std::min(shared, parts.size());
        const auto shared_end = all.front().begin() + static_cast<std::ptrdiff_t>(shared);
        shared = static_cast<std::size_t>(
            std::mismatch(all.front().begin(), shared_end, parts.begin()).first -
            all.front().begin());
    }
    for (Parts& parts : all)
        parts.erase(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(shared));
}

// Of a folder that says what its pictures are for; absent for another one.
std::optional<bool> says_held_out(std::string_view folder) {
    const std::string word = in_small_letters(folder);
    if (word == "train" || word == "training") return false;
    for (const char* held :
         {"test", "testing", "val", "valid", "validation", "held-out", "heldout", "eval"}) {
        if (word == held) return true;
    }
    return std::nullopt;
}

// Takes train/ with test/ or val/ off all of them.
std::vector<std::uint8_t> strip_held_out(std::vector<Parts>& all) {
    std::vector<std::uint8_t> held_out;
    for (const Parts& parts : all) {
        const auto held = parts.empty() ? std::nullopt : says_held_out(parts.front());
        if (!held) return {};
        held_out.push_back(*held ? 1 : 0);
    }
    const auto count = std::count(held_out.begin(), held_out.end(), 1);
    if (count == 0 || count == static_cast<std::ptrdiff_t>(all.size())) return {};
    for (Parts& parts : all) parts.erase(parts.begin());
    strip_shared(all);
    return held_out;
}

// "16", "48x48", "32x32@2x", "scalable": a level of a theme of icons, and no class.
bool is_icon_size(std::string_view folder) {
    constexpr std::array<std::string_view, 14> kSizes = {"16",  "22",  "24",  "32",      "36",
                                                         "48",  "64",  "72",  "96",      "128",
                                                         "192", "256", "512", "scalable"};
    if (std::find(kSizes.begin(), kSizes.end(), folder) != kSizes.end()) return true;
    const std::size_t cross = folder.find('x');
    if (cross == 0 || cross == std::string_view::npos) return false;
    const auto is_number = [](std::string_view text) {
        return !text.empty() && std::all_of(text.begin(), text.end(),
                                            [](unsigned char c) { return std::isdigit(c) != 0; });
    };
    return is_number(folder.substr(0, cross)) &&
           is_number(folder.substr(cross + 1, folder.find('@') - cross - 1));
}

void strip_icon_sizes(std::vector<Parts>& all) {
    const auto has_level = [](const Parts& parts) {
        return parts.size() > 1 && std::count_if(parts.begin(), parts.end(), is_icon_size) == 1;
    };
    const auto with = std::count_if(all.begin(), all.end(), has_level);
    if (static_cast<double>(with) < kNearlyAll * static_cast<double>(all.size())) return;
    for (Parts& parts : all) {
        if (has_level(parts)) std::erase_if(parts, is_icon_size);
    }
}

std::string joined(const Parts& parts) {
    std::string text;
    for (const std::string_view part : parts) {
        text += text.empty() ? "" : "/";
        text += part;
    }
    return text.empty() ? kNoFolder : text;
}

// The last folder of each where that tells them apart, else all.
std::map<std::string, std::string> short_names(const std::vector<std::string>& folders) {
    std::map<std::string, std::string> names;
    std::map<std::string, std::set<std::string>> same;
    for (const std::string& folder : folders)
        same[folder.substr(folder.rfind('/') + 1)].insert(folder);
    for (const auto& [last, all] : same) {
        for (const std::string& folder : all) names[folder] = all.size() == 1 ? last : folder;
    }
    return names;
}

// Sets the classes by their names; none where there is one alone or too many.
void take_classes(const std::vector<std::string>& of_paths, Layout& layout) {
    std::vector<std::string> names(of_paths);
    std::sort(names.begin(), names.end(), in_natural_order);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (names.size() > kMostClasses) {
        layout.notes.push_back("There are " + std::to_string(names.size()) +
                               " classes, and labels of at most 256 can be kept: the images are "
                               "kept without labels.");
        return;
    }
    if (names.size() < 2) {
        if (names.front() != kNoFolder)
            layout.notes.push_back("All images are of one class, '" + names.front() +
                                   "': there are no labels to tell apart.");
        return;
    }
    std::unordered_map<std::string_view, int> index;
    for (std::size_t i = 0; i < names.size(); ++i) index[names[i]] = static_cast<int>(i);
    for (const std::string& name : of_paths) layout.classes.push_back(index.at(name));
    layout.class_names = std::move(names);
}

void take_folders(const std::vector<Parts>& all, Layout& layout) {
    std::vector<std::string> folders;
    folders.reserve(all.size());
    for (const Parts& parts : all) folders.push_back(joined(parts));
    const auto names = short_names(folders);
    for (std::string& folder : folders) folder = names.at(folder);
    take_classes(folders, layout);
    if (!layout.class_names.empty())
        layout.form = "in " + std::to_string(layout.class_names.size()) + " folders";
}

void take_groups(const std::vector<Parts>& all, Layout& layout) {
    std::map<std::string, int> index;
    for (const Parts& parts : all) index.emplace(joined(parts), 0);
    for (auto& [name, number] : index) {
        number = static_cast<int>(layout.groups.size());
        layout.groups.push_back(name);
    }
    layout.group_of.reserve(all.size());
    for (const Parts& parts : all) layout.group_of.push_back(index.at(joined(parts)));
}

// The rows of tables by the files that they name.
class TableIndex {
  public:
    explicit TableIndex(const LabelTable& table)
        : folder_(table.name.substr(0, table.name.rfind('/') + 1)) {
        for (const LabelRow& row : table.rows) {
            std::string_view file = row.file;
            if (file.starts_with("./")) file.remove_prefix(2);
            rows_.emplace(file, &row);
        }
    }
    // nullptr where the table does not name it, in whole or by its last part, with its ending or
    // without.
    const LabelRow* find(std::string_view path) const {
        if (!path.starts_with(folder_)) return nullptr;
        path.remove_prefix(folder_.size());
        for (const std::string_view name : {path, path.substr(path.rfind('/') + 1)}) {
            for (const std::string_view key : {name, name.substr(0, name.rfind('.'))}) {
                const auto found = rows_.find(key);
                if (found != rows_.end()) return found->second;
            }
        }
        return nullptr;
    }

  private:
    std::string folder_;
    std::unordered_map<std::string_view, const LabelRow*> rows_;
};

// [paths], nullptr where no table names it.
std::vector<const LabelRow*> rows_of(std::span<const std::string> paths,
                                     std::span<const LabelTable> tables) {
    std::vector<const LabelRow*> rows(paths.size(), nullptr);
    for (const LabelTable& table : tables) {
        const TableIndex index(table);
        for (std::size_t i = 0; i < paths.size(); ++i) {
            if (const LabelRow* row = index.find(paths[i])) rows[i] = row;
        }
    }
    return rows;
}

void take_held_out_of(const std::vector<const LabelRow*>& rows, Layout& layout) {
    std::vector<std::uint8_t> held_out;
    for (const LabelRow* row : rows) {
        if (row == nullptr || !row->held_out) return;
        held_out.push_back(*row->held_out ? 1 : 0);
    }
    const auto count = std::count(held_out.begin(), held_out.end(), 1);
    if (count > 0 && count < static_cast<std::ptrdiff_t>(rows.size()))
        layout.held_out = std::move(held_out);
}

// False where the tables say nothing of the pictures.
bool take_tables(std::span<const std::string> paths, std::span<const LabelTable> tables,
                 Layout& layout) {
    const std::vector<const LabelRow*> rows = rows_of(paths, tables);
    const auto named =
        rows.size() - static_cast<std::size_t>(std::count(rows.begin(), rows.end(), nullptr));
    if (named == 0) {
        for (const LabelTable& table : tables)
            layout.notes.push_back(table.name + " names none of the pictures.");
        return false;
    }
    take_held_out_of(rows, layout);
    const bool labelled = std::any_of(tables.begin(), tables.end(),
                                      [](const LabelTable& table) { return table.has_labels; });
    if (!labelled) return false;
    std::vector<std::string> labels;
    labels.reserve(rows.size());
    for (const LabelRow* row : rows) labels.push_back(row == nullptr ? kNotInTable : row->label);
    for (const LabelTable& table : tables) {
        if (!table.note.empty()) layout.notes.push_back(table.note);
    }
    take_classes(labels, layout);
    if (!layout.class_names.empty())
        layout.form = "with labels of " + std::to_string(layout.class_names.size()) + " classes";
    return true;
}

}  // namespace

bool in_natural_order(const std::string& a, const std::string& b) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        if (!digit(a[i]) || !digit(b[j])) {
            if (a[i] != b[j]) return a[i] < b[j];
            ++i;
            ++j;
            continue;
        }
        const auto number = [&](const std::string& text, std::size_t& at) {
            while (at + 1 < text.size() && text[at] == '0' && digit(text[at + 1])) ++at;
            const std::size_t begin = at;
            while (at < text.size() && digit(text[at])) ++at;
            return std::string_view(text).substr(begin, at - begin);
        };
        const std::string_view first = number(a, i), second = number(b, j);
        if (first.size() != second.size()) return first.size() < second.size();
        if (first != second) return first < second;
    }
    const std::size_t rest_a = a.size() - i, rest_b = b.size() - j;
    return rest_a != rest_b ? rest_a < rest_b : a < b;
}

Layout layout_of(std::span<const std::string> paths, std::span<const LabelTable> tables) {
    Layout layout;
    layout.form = "without labels";
    if (paths.empty()) return layout;
    std::vector<Parts> folders;
    folders.reserve(paths.size());
    for (const std::string& path : paths) folders.push_back(folders_in(path));
    strip_shared(folders);
    layout.held_out = strip_held_out(folders);
    take_groups(folders, layout);
    if (!tables.empty() && take_tables(paths, tables, layout)) return layout;
    strip_icon_sizes(folders);
    take_folders(folders, layout);
    return layout;
}

}  // namespace elbow::data
