#pragma once

// A table that says what the pictures beside it are: metadata.csv or labels.csv with a column of
// files, or StyleGAN's dataset.json. Pure functions.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace elbow::data {

struct LabelRow {
    std::string file;  // as the table names it, relative to its folder; may lack the ending
    std::string label;
    std::optional<bool> held_out = std::nullopt;  // where the table says it
};

struct LabelTable {
    std::string name;  // "cats/metadata.csv", as SourceFile's
    bool has_labels = false;
    std::vector<LabelRow> rows;
    std::string note;  // what is said of it: which columns were read
};

// Whether a file of this name may be one.
bool is_label_table(const std::string& name);

// Absent where the text has no column of files, or is no JSON of the kind.
std::optional<LabelTable> label_table(const std::string& name, std::string_view text);

}  // namespace elbow::data
