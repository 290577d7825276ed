#pragma once

// Numbers and texts as classes. Pure functions.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/data/sources/array_images.h"

namespace elbow::data {

// Makes the numbers [count] of `name` the labels of the images, a class for each number that
// occurs, in their order and called after it. Numbers that are no classes (not whole, or more than
// 256 of them) become a factor instead, and a note says so.
void set_labels(std::span<const double> numbers, const std::string& name, ArrayImages&);

// The same of texts: a class for each that occurs, "2" before "10". No labels, and a note, where
// there are more than 256 or where no two images have the same: then they are names of the images.
void set_text_labels(std::span<const std::string> texts, const std::string& name, ArrayImages&);

// [count, classes], one 1 a row and otherwise 0, as [count] class numbers; empty where it is not
// such a table.
std::vector<double> one_hot_classes(std::span<const double> table, std::size_t classes);

}  // namespace elbow::data
