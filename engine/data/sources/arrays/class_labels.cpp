#include "engine/data/sources/arrays/class_labels.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/core/text.h"
#include "engine/data/sources/layout.h"

namespace elbow::data {
namespace {

constexpr double kLargestClass = 1e9;  // either way

}  // namespace

void set_labels(std::span<const double> numbers, const std::string& name, ArrayImages& images) {
    const bool whole = std::all_of(numbers.begin(), numbers.end(), [](double number) {
        return std::abs(number) <= kLargestClass && number == std::floor(number);
    });
    std::set<double> classes;
    for (std::size_t i = 0; whole && i < numbers.size() && classes.size() <= kMostClasses; ++i)
        classes.insert(numbers[i]);
    if (!whole || classes.size() > kMostClasses) {
        images.factors.push_back({name, {numbers.begin(), numbers.end()}, {}});
        images.notes.push_back(
            "'" + name + "' " +
            (whole ? "has more than 256 different numbers" : "has numbers that are not whole") +
            ", so there are no labels: it colours the map instead.");
        return;
    }
    for (const double number : classes) images.class_names.push_back(exact_text(number));
    const std::vector<double> sorted(classes.begin(), classes.end());
    images.labels.reserve(numbers.size());
    for (const double number : numbers) {
        const auto place = std::lower_bound(sorted.begin(), sorted.end(), number) - sorted.begin();
        images.labels.push_back(static_cast<std::uint8_t>(place));
    }
}

void set_text_labels(std::span<const std::string> texts, const std::string& name,
                     ArrayImages& images) {
    std::vector<std::string> names(texts.begin(), texts.end());
    std::sort(names.begin(), names.end(), in_natural_order);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    const bool all_differ = names.size() == texts.size() && texts.size() > 1;
    if (all_differ || names.size() > kMostClasses) {
        images.notes.push_back(
            "'" + name + "' has " +
            (all_differ ? "another text for each image" : "more than 256 different texts") +
            ", so there are no labels.");
        return;
    }
    images.labels.reserve(texts.size());
    for (const std::string& text : texts) {
        const auto place = std::lower_bound(names.begin(), names.end(), text, in_natural_order);
        images.labels.push_back(static_cast<std::uint8_t>(place - names.begin()));
    }
    images.class_names = std::move(names);
}

std::vector<double> one_hot_classes(std::span<const double> table, std::size_t classes) {
    std::vector<double> found;
    for (std::size_t at = 0; at + classes <= table.size(); at += classes) {
        const auto row = table.subspan(at, classes);
        const auto one = std::find(row.begin(), row.end(), 1.0);
        const auto zeros = std::count(row.begin(), row.end(), 0.0);
        if (one == row.end() || static_cast<std::size_t>(zeros) + 1 != classes) return {};
        found.push_back(static_cast<double>(one - row.begin()));
    }
    return found;
}

}  // namespace elbow::data
