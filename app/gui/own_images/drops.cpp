#include "app/gui/own_images/drops.h"

#include <system_error>
#include <utility>

#include "app/gui/runs/run_files.h"
#include "engine/data/sources/array_images.h"
#include "engine/data/sources/latent_codes.h"
#include "engine/data/sources/picture.h"
#include "engine/io/run_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

}  // namespace

SortedDrop sorted_drop(const std::vector<fs::path>& dropped) {
    SortedDrop sorted;
    for (const fs::path& path : dropped) {
        std::error_code none;
        const bool file = !fs::is_directory(path, none);
        if (io::holds_run(run_folder_of(path))) {
            sorted.runs.push_back(path);
        } else if (file && data::is_picture_file(path)) {
            sorted.pictures.push_back(path);
        } else if (file && is_table(path) && !data::is_array_file(path)) {
            sorted.tables.push_back(path);
        } else if (file && data::is_codes_file(path)) {
            sorted.codes.push_back(path);
        } else {
            sorted.images.push_back(path);
        }
    }
    return sorted;
}

void Drops::take(std::vector<fs::path> dropped) {
    waiting_.insert(waiting_.end(), dropped.begin(), dropped.end());
}

std::optional<SortedDrop> Drops::poll() {
    if (!task_ && !waiting_.empty()) {
        task_ = std::make_unique<Task<SortedDrop>>(
            [dropped = std::exchange(waiting_, {})](Progress&) { return sorted_drop(dropped); });
    }
    if (!task_ || !task_->done()) return std::nullopt;
    const auto task = std::exchange(task_, nullptr);
    return task->take();
}

}  // namespace elbow::gui
