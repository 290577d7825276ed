#include "engine/data/datasets.h"

#include <cstdlib>
#include <system_error>

#include "engine/core/error.h"
#include "engine/data/published.h"

namespace elbow::data {

// The list: one line a data set, in the order in which they are shown. Each is made in its own
// file.
DatasetEntry mnist_entry();
DatasetEntry fashion_mnist_entry();
DatasetEntry frey_face_entry();
DatasetEntry shapes_entry();

const Registry<DatasetEntry>& datasets() {
    static const Registry<DatasetEntry> list("data set", {
                                                             mnist_entry(),
                                                             fashion_mnist_entry(),
                                                             frey_face_entry(),
                                                             shapes_entry(),
                                                         });
    return list;
}

namespace {

namespace fs = std::filesystem;

fs::path folder_from_environment(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr ? fs::path(value) : fs::path();
}

// $XDG_DATA_HOME, which counts only where it is absolute, or ~/.local/share.
fs::path user_data_folder() {
    fs::path xdg = folder_from_environment("XDG_DATA_HOME");
    if (xdg.is_absolute()) return xdg;
    const fs::path home = folder_from_environment("HOME");
    return home.empty() ? fs::temp_directory_path() : home / ".local" / "share";
}

// What is wrong with the one folder that has some of the files, for a person who has put them there
// by hand.
std::string about_partial_folders(const DatasetEntry& entry, const std::vector<fs::path>& folders) {
    if (entry.published == nullptr) return "";
    const PublishedSet& set = entry.published();
    for (const fs::path& folder : folders) {
        const std::vector<std::string> missing = missing_in(folder, set);
        if (missing.empty()) {
            return "\n'" + folder.string() +
                   "' has files of these names that belong to another "
                   "published data set.";
        }
        if (missing.size() < set.files.size()) {
            std::string text = "\n'" + folder.string() + "' has some of its files and lacks:";
            for (const std::string& name : missing) text += " " + name;
            return text + ".";
        }
    }
    return "";
}

std::string not_found_message(const DatasetEntry& entry, const SearchPath& search) {
    const std::vector<fs::path> folders = folders_of(search, entry.name);
    std::string text = entry.title + " was not found. Looked in:";
    for (const fs::path& folder : folders) text += "\n  " + folder.string();
    return text + about_partial_folders(entry, folders) + "\nFetch it with: elbow data fetch " +
           entry.name + "\nor name the folder that has its files with --data-dir.";
}

}  // namespace

SearchPath search_path(const fs::path& data_dir_option) {
    SearchPath search;
    if (!data_dir_option.empty()) search.push_back(data_dir_option);
    const fs::path from_environment = folder_from_environment("ELBOW_DATA");
    if (!from_environment.empty()) search.push_back(from_environment);
    search.push_back(user_data_folder() / "elbow");
    return search;
}

std::shared_ptr<const Dataset> load_dataset(const std::string& name, const SearchPath& search,
                                            Progress& progress) {
    const DatasetEntry& entry = datasets().at(name);
    const std::optional<fs::path> folder = entry.find(search);
    if (!folder) throw Error(not_found_message(entry, search));
    return std::make_shared<const Dataset>(entry.load(*folder, progress));
}

void fetch_dataset(const std::string& name, const SearchPath& search, Progress& progress) {
    const DatasetEntry& entry = datasets().at(name);
    if (entry.fetch == nullptr) {
        progress.report(1.0, entry.title + " needs no files");
        return;
    }
    if (search.empty())
        throw Error("Expected a folder to fetch " + entry.title + " to, found none.");
    if (entry.published != nullptr) {
        for (const fs::path& folder : folders_of(search, name)) {
            progress.throw_if_cancelled();
            progress.report(-1.0, "Checking " + folder.string());
            if (!is_whole(folder, entry.published())) continue;
            progress.report(1.0, entry.title + " is already in '" + folder.string() + "'");
            return;
        }
    }
    entry.fetch(search.back() / name, progress);
}

}  // namespace elbow::data
