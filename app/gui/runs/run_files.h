#pragma once

// What is done to the folders of runs. Functions for any thread; they take a while.

#include <filesystem>
#include <string>

#include "app/gui/autosaves.h"

namespace elbow::gui {

inline constexpr std::size_t kRunNameRoom = 120;  // of a field for a name: bytes, with the final 0

// Gives the run a name (empty: none) and pins it or not. Throws Error.
void label_run(const std::filesystem::path& folder, const std::string& name, bool pinned);

// A copy beside it, called "<name> copy". Returns where. Throws Error.
std::filesystem::path duplicate_run(const std::filesystem::path& folder, const std::string& name);

// A run in the trash, and where it was.
struct DeletedRun {
    TrashedRun trashed;
    std::filesystem::path was_in;
};

// Puts it into the trash of the state folder. Throws Error.
DeletedRun delete_run(const std::filesystem::path& state, const std::filesystem::path& folder);
// Back to where it was. Returns where that is. Throws Error.
std::filesystem::path restore_run(const std::filesystem::path& state, const DeletedRun&);

// What a person dropped on the window, as a run's folder: of a run.json or another of a run's files
// the folder around it.
std::filesystem::path run_folder_of(const std::filesystem::path& dropped);

// A table of a person's own; the tables of a run are the run.
bool is_table(const std::filesystem::path& dropped);

// A folder for a run of this name in `parent` that is not there yet: "Zeros and ones" becomes
// zeros-and-ones, with -2, -3 ... where that is taken.
std::filesystem::path free_run_folder(const std::filesystem::path& parent, const std::string& name);

}  // namespace elbow::gui
