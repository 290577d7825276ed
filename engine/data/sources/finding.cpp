#include "engine/data/sources/finding.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "engine/core/path_text.h"
#include "engine/core/text.h"

namespace elbow::data {
namespace {

std::string size_text(const FoundSize& size) {
    return std::to_string(size.width) + " x " + std::to_string(size.height);
}

// "3 sizes (91 % 178 x 218)", "178 x 218 pixels"
std::string sizes_text(const Finding& finding) {
    const FoundSize& most = finding.sizes.front();
    if (finding.sizes.size() == 1) return size_text(most) + " pixels";
    const auto percent = std::lround(100.0 * most.count / std::max(1, finding.count));
    return std::to_string(finding.sizes.size()) + " sizes (" + std::to_string(percent) + " % " +
           size_text(most) + ")";
}

Json json_of_names(const LeftOut& left) {
    return Json::Object{
        {"count", left.count}, {"names", Json::list_of(left.names)}, {"why", left.why}};
}

}  // namespace

void sort_by_class(std::vector<Thumbnail>& thumbnails) {
    std::stable_sort(
        thumbnails.begin(), thumbnails.end(),
        [](const Thumbnail& a, const Thumbnail& b) { return a.class_index < b.class_index; });
}

std::string text_of(const Finding& finding) {
    std::string text = std::to_string(finding.count) + (finding.count == 1 ? " image" : " images");
    // "in 7 folders", "without labels"; another form by its name.
    constexpr std::string_view kFolder = "folder ";
    const bool folder = finding.form.starts_with(kFolder);
    text += folder ? " " + finding.form.substr(kFolder.size()) : " (" + finding.form + ")";
    if (finding.has_held_out) text += ", " + std::to_string(finding.held_out) + " of them held out";
    if (!finding.sizes.empty()) text += ", " + sizes_text(finding);
    text += finding.colour ? ", colour" : ", grey";
    if (finding.alpha) text += " with transparent pixels";
    if (!finding.left_out.empty()) text += "; left out: " + text_of(finding.left_out);
    return text;
}

std::string text_of(const std::vector<LeftOut>& left_out) {
    std::string text;
    for (const LeftOut& each : left_out)
        text += (text.empty() ? "" : ", ") + std::to_string(each.count) + " " + each.why;
    return text;
}

Json json_of(const Finding& finding) {
    Json::Array classes, sizes, left_out;
    for (const FoundClass& each : finding.classes)
        classes.push_back(Json::Object{{"count", each.count}, {"name", each.name}});
    for (const FoundSize& each : finding.sizes)
        sizes.push_back(
            Json::Object{{"count", each.count}, {"height", each.height}, {"width", each.width}});
    for (const LeftOut& each : finding.left_out) left_out.push_back(json_of_names(each));
    return Json::Object{{"alpha", finding.alpha},
                        {"black_or_white", finding.black_or_white},
                        {"classes", std::move(classes)},
                        {"colour", finding.colour},
                        {"continuous", finding.continuous},
                        {"count", finding.count},
                        {"form", finding.form},
                        {"held_out", finding.has_held_out ? Json(finding.held_out) : Json()},
                        {"histogram", Json::list_of(finding.histogram)},
                        {"left_out", std::move(left_out)},
                        {"notes", Json::list_of(finding.notes)},
                        {"path", text_of_path(finding.path)},
                        {"sampled", finding.sampled},
                        {"sizes", std::move(sizes)}};
}

}  // namespace elbow::data
