// elbow data: which data sets there are, where they were found, and fetching them.

#include <algorithm>
#include <memory>
#include <optional>
#include <sstream>

#include "app/commands/command.h"
#include "app/commands/own_data.h"
#include "app/commands/standard_output.h"
#include "app/commands/task_bar.h"
#include "engine/core/json.h"
#include "engine/core/path_text.h"
#include "engine/data/datasets.h"

namespace elbow::commands {
namespace {

struct DataOptions {
    std::filesystem::path data_dir;
    std::string name;
    bool json = false;
};

std::string fetch_command(const data::DatasetEntry& entry, const data::SearchPath& search) {
    const std::string command = "elbow data fetch " + entry.name;
    return search.named ? command + " --data-dir " + shell_word(search.front()) : command;
}

std::string place_of(const data::DatasetEntry& entry, const data::SearchPath& search) {
    const std::optional<std::filesystem::path> found = entry.find(search);
    if (!found) return "not here; fetch it with: " + fetch_command(entry, search);
    return found->empty() ? "drawn in code" : found->string();
}

void print_table(const data::SearchPath& search) {
    std::size_t name_width = 4;
    std::size_t title_width = 5;
    const Registry<data::DatasetEntry> all = data::all_datasets();
    for (const data::DatasetEntry& entry : all) {
        name_width = std::max(name_width, entry.name.size());
        title_width = std::max(title_width, entry.title.size());
    }
    const auto padded = [](std::string text, std::size_t width) {
        text.resize(std::max(width, text.size()) + 2, ' ');
        return text;
    };
    std::ostringstream text;
    text << padded("name", name_width) << padded("title", title_width) << "where\n";
    for (const data::DatasetEntry& entry : all) {
        text << padded(entry.name, name_width) << padded(entry.title, title_width)
             << place_of(entry, search) << "\n"
             << padded("", name_width) << entry.summary << "\n";
    }
    StandardOutput().print(text.str());
}

void print_json(const data::SearchPath& search) {
    Json::Array list;
    for (const data::DatasetEntry& entry : data::all_datasets()) {
        const auto found = entry.find(search);
        const bool in_folder = found && !found->empty();
        const bool can_fetch = entry.fetch != nullptr;
        list.push_back(
            Json::Object{{"available", found.has_value()},
                         {"fetch", can_fetch ? Json(fetch_command(entry, search)) : Json()},
                         {"folder", in_folder ? Json(text_of_path(*found)) : Json()},
                         {"name", entry.name},
                         {"summary", entry.summary},
                         {"title", entry.title}});
    }
    StandardOutput().line(json_text(list, 2));
}

void list_datasets(const DataOptions& options) {
    const data::SearchPath search = data::search_path(options.data_dir);
    options.json ? print_json(search) : print_table(search);
}

void fetch(const DataOptions& options) {
    data::entry_of(options.name);  // a wrong name is wrong usage, said before anything starts
    // --data-dir says where to put the files; otherwise they go to the person's own data folder,
    // and a whole set anywhere on the search path is enough.
    const data::SearchPath search = data::search_path(options.data_dir);
    std::string last_words;
    run_with_bar<bool>(
        [&](Progress& progress) {
            data::fetch_dataset(options.name, search, progress);
            return true;
        },
        &last_words);
    StandardOutput().line(last_words + ".");
}

}  // namespace

void add_data(Command root) {
    const Command command =
        root.add_subcommand("data", "List and fetch data sets, and import pictures of your own");
    command.require_subcommand();
    const auto options = std::make_shared<DataOptions>();

    const Command list =
        command.add_subcommand("list", "Say which data sets there are and where each is");
    add_path(list, "--data-dir", options->data_dir, "Look in this folder alone")
        .type_name("FOLDER");
    list.add_flag("--json", options->json, "Print the list as JSON");
    list.callback([options] { list_datasets(*options); });

    const Command fetching =
        command.add_subcommand("fetch", "Fetch a data set, checked file by file");
    fetching.add_option("name", options->name, "One of: " + data::datasets().names()).required();
    add_path(fetching, "--data-dir", options->data_dir,
             "Fetch into a folder named after the data set in this one")
        .type_name("FOLDER");
    fetching.callback([options] { fetch(*options); });
    add_own_data(command);
}

}  // namespace elbow::commands
