#include "engine/data/datasets.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/folders.h"
#include "engine/core/path_text.h"
#include "engine/data/fingerprint.h"
#include "engine/data/imported.h"
#include "engine/data/published.h"

namespace elbow::data {

// The list: one line a data set, in the order in which they are shown. Each is made in its own
// file.
DatasetEntry mnist_entry();
DatasetEntry fashion_mnist_entry();
DatasetEntry frey_face_entry();
DatasetEntry shapes_entry();
DatasetEntry emoji_entry();

const Registry<DatasetEntry>& datasets() {
    static const Registry<DatasetEntry> list("data set", {
                                                             mnist_entry(),
                                                             fashion_mnist_entry(),
                                                             frey_face_entry(),
                                                             shapes_entry(),
                                                             emoji_entry(),
                                                         });
    return list;
}

namespace {

namespace fs = std::filesystem;

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
    text +=
        about_partial_folders(entry, folders) + "\nFetch it with: elbow data fetch " + entry.name;
    if (!search.named) return text + "\nor name the folder that has its files with --data-dir.";
    return text + " --data-dir " + shell_word(search.front()) +
           "\nor leave --data-dir out: then the usual folders are looked into.";
}

// "shapes:side=64" in its two parts; `parameters` is absent where there is no colon.
struct Name {
    std::string_view family;
    std::optional<std::string_view> parameters;
};

Name parts_of(std::string_view name) {
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) return {name, std::nullopt};
    return {name.substr(0, colon), name.substr(colon + 1)};
}

DatasetEntry imported_entry(const ImportedSet& set) {
    const auto find = [name = set.name](const SearchPath&) -> std::optional<fs::path> {
        if (!imported_set(name)) return std::nullopt;
        return imported_folder() / name;
    };
    const auto load = [set](const fs::path&, Progress& progress) {
        return load_imported(set, progress);
    };
    return {set.name, set.name, set.summary(), find, load, nullptr, nullptr, set.continuous};
}

}  // namespace

Registry<DatasetEntry> all_datasets() {
    Registry<DatasetEntry> all = datasets();
    for (const ImportedSet& set : imported_sets()) {
        if (all.find(set.name) == nullptr) all.add(imported_entry(set));
    }
    return all;
}

std::optional<DatasetEntry> find_entry(std::string_view name) {
    const std::string_view family = parts_of(name).family;
    if (const DatasetEntry* built_in = datasets().find(family)) return *built_in;
    const std::optional<ImportedSet> imported = imported_set(family);
    return imported ? std::optional(imported_entry(*imported)) : std::nullopt;
}

DatasetEntry entry_of(std::string_view name) {
    if (auto entry = find_entry(name)) return *entry;
    return all_datasets().at(parts_of(name).family);
}

std::string canonical_name(std::string_view name) {
    const DatasetEntry& entry = entry_of(name);
    const Name parts = parts_of(name);
    if (!parts.parameters) return entry.name;
    if (entry.canonical == nullptr) {
        throw UsageError("--dataset " + entry.name + ": expected no parameters, found '" +
                         std::string(*parts.parameters) + "'. Leave out what follows the name.");
    }
    const std::string parameters = entry.canonical(*parts.parameters);
    return parameters.empty() ? entry.name : entry.name + ":" + parameters;
}

std::string name_for_files(std::string_view name) {
    std::string text(name);
    const auto separates = [](char c) { return c == ':' || c == ',' || c == '='; };
    std::replace_if(text.begin(), text.end(), separates, '-');
    return text;
}

SearchPath search_path(const fs::path& data_dir_option) {
    SearchPath search;
    if (!data_dir_option.empty()) {
        search.push_back(data_dir_option);
        search.named = true;
        return search;
    }
    const char* wish = std::getenv("ELBOW_DATA");
    if (wish != nullptr && *wish != '\0') {
        std::error_code none;
        if (!fs::is_directory(wish, none)) {
            throw Error(
                "ELBOW_DATA is set to " + quoted(fs::path(wish)) +
                ", which is no folder. Set it to the folder that has the data sets, or unset it.");
        }
        search.emplace_back(wish);
    }
    search.push_back(data_folder());
    return search;
}

void check_found(const std::string& name, const SearchPath& search) {
    const DatasetEntry& entry = entry_of(name);
    if (!entry.find(search)) throw Error(not_found_message(entry, search));
}

std::shared_ptr<const Dataset> load_dataset(const std::string& name, const SearchPath& search,
                                            Progress& progress) {
    const DatasetEntry& entry = entry_of(name);
    const std::string canonical = canonical_name(name);
    const std::optional<fs::path> folder = entry.find(search);
    if (!folder) throw Error(not_found_message(entry, search));
    const std::optional<std::string_view> parameters = parts_of(canonical).parameters;
    Dataset dataset = parameters ? entry.load_with(*folder, *parameters, progress)
                                 : entry.load(*folder, progress);
    dataset.name = canonical;
    if (!folder->empty() && dataset.fingerprint.empty())
        dataset.fingerprint = fingerprint_of(dataset, progress);
    return std::make_shared<const Dataset>(std::move(dataset));
}

void fetch_dataset(const std::string& name, const SearchPath& search, Progress& progress) {
    const DatasetEntry& entry = entry_of(name);
    if (entry.fetch == nullptr) {
        progress.report(1.0, entry.title + " needs no files");
        return;
    }
    if (search.empty())
        throw Error("Expected a folder to fetch " + entry.title + " to, found none.");
    if (entry.published != nullptr) {
        for (const fs::path& folder : folders_of(search, entry.name)) {
            progress.throw_if_cancelled();
            progress.report(-1.0, "Checking " + folder.string());
            if (!is_whole(folder, entry.published())) continue;
            progress.report(1.0, entry.title + " is already in '" + folder.string() + "'");
            return;
        }
    }
    entry.fetch(search.back() / entry.name, progress);
}

}  // namespace elbow::data
