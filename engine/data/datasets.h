#pragma once

// The list of data sets, and how one is found, fetched and loaded. A new data set is one new file
// and one line in datasets.cpp.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/progress.h"
#include "engine/core/registry.h"
#include "engine/data/dataset.h"

namespace elbow::data {

struct PublishedSet;

// Folders in which files are looked for, first hit wins; a fetched data set is written to
// <last>/<name>. An entry is tried as it is and with /<name> appended.
struct SearchPath : std::vector<std::filesystem::path> {
    using vector::vector;
    // The person has named the folder: no other place, such as a package's, is searched.
    bool named = false;
};

// --data-dir alone where it is not empty: who names a folder means the files there. Otherwise
// $ELBOW_DATA, then data_folder() of engine/core/folders.h. Throws Error where $ELBOW_DATA is set
// and is no folder.
SearchPath search_path(const std::filesystem::path& data_dir_option);

struct DatasetEntry {
    std::string name;
    std::string title;
    std::string summary;  // one sentence: what, how many, where from
    // The folder that holds its files, absent where nothing was found; a set drawn in code answers
    // "".
    std::function<std::optional<std::filesystem::path>(const SearchPath&)> find;
    // Throws Error (what was expected, what was found, what to do).
    std::function<Dataset(const std::filesystem::path& folder, Progress&)> load;
    // Downloads to `destination`, every file checked against its hash and put in place atomically;
    // nullptr where there is nothing to fetch.
    std::function<void(const std::filesystem::path& destination, Progress&)> fetch;
    // Its files as they were published; nullptr where there are none.
    std::function<const PublishedSet&()> published = nullptr;
    bool continuous = false;  // as Dataset::continuous will be
    // Of a set that takes parameters behind its name and a colon, "shapes:side=64"; nullptr for the
    // others. The first says them in one way whatever the way they were written in, "" where they
    // are as without; both throw UsageError where they cannot be.
    std::function<std::string(std::string_view parameters)> canonical = nullptr;
    std::function<Dataset(const std::filesystem::path& folder, std::string_view parameters,
                          Progress&)>
        load_with = nullptr;
};

// The built-in ones.
const Registry<DatasetEntry>& datasets();
// And behind them those that a person has imported (imported.h), which are read from disk.
Registry<DatasetEntry> all_datasets();

// The entry of a name, with or without parameters; the first is absent where there is none, the
// second throws UsageError that lists the names there are.
std::optional<DatasetEntry> find_entry(std::string_view name);
DatasetEntry entry_of(std::string_view name);

// The one name of a data set, as Dataset::name will be: "shapes:train=100000" for
// "shapes:side=28,train=1e5". Throws UsageError for a name or parameters that cannot be.
std::string canonical_name(std::string_view name);

// As a part of a file's name: "shapes-train-100000".
std::string name_for_files(std::string_view name);

// Throws Error if its files are nowhere, naming the places searched and the command that fetches
// them.
void check_found(const std::string& name, const SearchPath&);

// Finds and loads; throws Error naming the places searched and the command that fetches it.
std::shared_ptr<const Dataset> load_dataset(const std::string& name, const SearchPath&, Progress&);

// Fetches into <last entry of the search path>/<name>; does nothing if it is already there and
// whole.
void fetch_dataset(const std::string& name, const SearchPath&, Progress&);

}  // namespace elbow::data
