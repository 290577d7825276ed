#include "app/gui/own_columns.h"

#include <string>
#include <vector>

#include "engine/core/path_text.h"

namespace elbow::gui {

namespace {

constexpr std::size_t kMostListed = 6;  // in a message

std::string list_of(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < kMostListed; ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > kMostListed)
        text += " and " + std::to_string(names.size() - kMostListed) + " more";
    return text;
}

}  // namespace

std::string told(const io::ImageColumns& columns) {
    std::vector<std::string> names;
    names.reserve(columns.columns.size() + columns.classes.size());
    for (const data::Factor& each : columns.columns) names.push_back(each.name);
    for (const io::ClassColumn& each : columns.classes) names.push_back(each.name);
    std::string text = "Read " + quoted(columns.file.filename()) +
                       ". In the list under the labels, choose what the points are coloured by: " +
                       list_of(names) + ".";
    if (columns.left_out.empty()) return text;
    std::vector<std::string> left_out;
    left_out.reserve(columns.left_out.size());
    for (const io::LeftOutColumn& each : columns.left_out)
        left_out.push_back(each.name + " (" + std::to_string(each.words) + " different words)");
    return text + " Left out, as neither numbers nor at most " +
           std::to_string(io::kMostColumnClasses) + " different words: " + list_of(left_out) + ".";
}

OwnColumns own_columns() {
    return {[](const std::filesystem::path& file, int images, Progress&) {
                return io::read_image_columns(file, images);
            },
            [](const io::ImageColumns& columns) { return told(columns); }};
}

}  // namespace elbow::gui
