#include "app/gui/columns_reader.h"

#include <exception>
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

void ColumnsReader::follow(std::filesystem::path& table, const data::Dataset& dataset,
                           Toasts& toasts) {
    const int images = dataset.held_out.count;
    if (images != images_) {  // another data set
        images_ = images;
        now_ = nullptr;
        task_ = nullptr;
    }
    if (task_ && task_->done()) collect(table, toasts);
    if (table.empty()) now_ = nullptr;
    const std::filesystem::path there = task_ ? read_ : now_ ? now_->file : "";
    if (table == there) return;
    task_ = nullptr;
    read_ = table;
    if (table.empty()) return;
    task_ = std::make_unique<Task<Columns>>(
        [file = table, images](Progress&) { return io::read_image_columns(file, images); });
}

void ColumnsReader::collect(std::filesystem::path& table, Toasts& toasts) {
    const auto task = std::move(task_);
    if (table != read_) return;  // another one is wanted by now
    try {
        now_ = task->take();
        toasts.add(ToastKind::kGood, told(*now_));
    } catch (const std::exception& problem) {
        toasts.add(ToastKind::kError, problem.what());
        table = now_ ? now_->file : "";
    }
}

}  // namespace elbow::gui
