#include "app/gui/rescue.h"

#include <stdlib.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "app/gui/autosaves.h"
#include "engine/core/error.h"
#include "engine/core/folders.h"
#include "engine/core/system_remedy.h"
#include "engine/data/datasets.h"
#include "engine/io/run_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

// Filled by save_run; does not stay behind empty.
class NewFolder {
  public:
    explicit NewFolder(fs::path path) : path_(std::move(path)) {}
    ~NewFolder() {
        std::error_code not_empty;
        fs::remove(path_, not_empty);
    }
    NewFolder(const NewFolder&) = delete;
    NewFolder& operator=(const NewFolder&) = delete;
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

// "elbow-run-mnist-2-a1B2c3"
fs::path make_folder_in(const fs::path& place, const RunConfig& config) {
    std::string name = (place / ("elbow-run-" + data::name_for_files(config.dataset) + "-" +
                                 std::to_string(config.latents) + "-XXXXXX"))
                           .string();
    if (::mkdtemp(name.data()) != nullptr) return name;
    throw Error("Cannot make '" + name + "': " + why_not_written(errno));
}

std::vector<fs::path> other_places() {
    std::vector<fs::path> places{home_folder()};
    std::error_code none;
    const fs::path temporary = fs::temp_directory_path(none);
    if (!none) places.push_back(temporary);
    return places;
}

}  // namespace

fs::path rescue_run(const train::Checkpoint& checkpoint, const data::Dataset* dataset,
                    const std::string& session, const fs::path& state, const std::string& why) {
    const auto save = [&](fs::path made) {
        const NewFolder folder(std::move(made));
        io::save_run(folder.path(), checkpoint, dataset, session);
        return folder.path();
    };
    std::string trouble = why;
    const auto note = [&](const std::exception& failure) { trouble += "\n" + message_of(failure); };
    const RunConfig& config = checkpoint.config;
    if (!state.empty()) {
        try {
            fs::path folder = save(make_autosave_folder(state, config));
            try {
                mark_as_newest(state, folder);
            } catch (const std::exception&) {  // the run is whole, and the message says where
            }
            return folder;
        } catch (const std::exception& failure) {
            note(failure);
        }
    }
    for (const fs::path& place : other_places()) {
        try {
            return save(make_folder_in(place, config));
        } catch (const std::exception& failure) {
            note(failure);
        }
    }
    throw Error(trouble + "\nThe run is lost: no place could take it.");
}

}  // namespace elbow::gui
