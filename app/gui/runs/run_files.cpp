#include "app/gui/runs/run_files.h"

#include <algorithm>
#include <system_error>

#include "app/gui/autosave_files.h"
#include "app/gui/run_session.h"
#include "engine/core/error.h"
#include "engine/io/run_folder.h"
#include "engine/io/run_summary.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

bool is_part_of_a_run(const fs::path& dropped) {
    return std::find(io::kRunFiles.begin(), io::kRunFiles.end(), dropped.filename().string()) !=
           io::kRunFiles.end();
}

constexpr std::size_t kLongestFolderName = 60;  // of a folder, bytes

// Letters, digits and what is not ASCII stay; whatever lies between becomes one "-".
std::string folder_name(const std::string& name) {
    std::string text;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool capital = c >= 'A' && c <= 'Z';
        const bool stays = byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (capital || stays) {
            text += capital ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (!text.empty() && text.back() != '-') {
            text += '-';
        }
    }
    // Not in the middle of a character.
    while (text.size() > kLongestFolderName || (!text.empty() && text.back() == '-')) {
        while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80)
            text.pop_back();
        if (!text.empty()) text.pop_back();
    }
    return text.empty() ? "run" : text;
}

fs::path free_folder(const fs::path& parent, const std::string& name) {
    fs::path folder = parent / name;
    std::error_code none;
    for (int i = 2; fs::exists(fs::symlink_status(folder, none)); ++i)
        folder = parent / (name + "-" + std::to_string(i));
    return folder;
}

}  // namespace

void label_run(const fs::path& folder, const std::string& name, bool pinned) {
    io::replace_session(folder, with_label(io::load_session(folder), name, pinned));
}

fs::path duplicate_run(const fs::path& folder, const std::string& name) {
    fs::path copy = free_folder(folder.parent_path(), folder.filename().string() + "-copy");
    io::copy_run(folder, copy);
    label_run(copy, name + " copy", false);
    return copy;
}

DeletedRun delete_run(const fs::path& state, const fs::path& folder) {
    return {throw_away(state, folder), folder};
}

fs::path restore_run(const fs::path& state, const DeletedRun& run) {
    std::error_code error;
    if (fs::equivalent(run.was_in.parent_path(), state / kRunsFolder, error))
        return bring_back(state, run.trashed);
    fs::path back = free_folder(run.was_in.parent_path(), run.was_in.filename().string());
    fs::rename(run.trashed.folder, back, error);
    if (error) {
        throw Error("The run in '" + run.trashed.folder.string() + "' cannot be moved back to '" +
                    back.string() + "': " + error.message() + ". Move it by hand.");
    }
    return back;
}

fs::path run_folder_of(const fs::path& dropped) {
    return is_part_of_a_run(dropped) ? dropped.parent_path() : dropped;
}

bool is_table(const fs::path& dropped) {
    const std::string ending = dropped.extension().string();
    return (ending == ".csv" || ending == ".CSV" || ending == ".tsv") && !is_part_of_a_run(dropped);
}

fs::path free_run_folder(const fs::path& parent, const std::string& name) {
    return free_folder(parent, folder_name(name));
}

}  // namespace elbow::gui
