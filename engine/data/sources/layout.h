#pragma once

// How the places of pictures tell their classes, and which of them are held out. Pure functions.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/data/sources/label_table.h"

namespace elbow::data {

// A label is a byte.
inline constexpr std::size_t kMostClasses = 256;

struct Layout {
    std::vector<std::string> class_names;  // in their order; empty: no labels
    std::vector<int> classes;              // [paths], an index into class_names; empty: no labels
    std::vector<std::uint8_t> held_out;  // [paths], 1 for what is held out; empty: nothing says it
    std::vector<std::string> groups;     // the folders that pictures lie in, each by its path
    std::vector<int> group_of;           // [paths], an index into groups
    std::string form;                    // "in 7 folders", "without labels"
    std::vector<std::string> notes;      // a sentence each: what was decided, and why
};

// paths: relative ones, '/' between their parts. A class is the innermost folder that has pictures;
// train/ with test/ or val/ above it says what is held out; a table comes before folders. Folders
// around all of it do not count, nor those that say what is held out, nor, for classes, does a
// level of sizes ("16x16") below the classes.
Layout layout_of(std::span<const std::string> paths, std::span<const LabelTable> tables = {});

// "2" before "10".
bool in_natural_order(const std::string& a, const std::string& b);

}  // namespace elbow::data
