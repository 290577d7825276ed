#pragma once

// What lies in the folder of a kept run, and the order in which runs were saved: a number in its
// kept.json, which rises with each save, whatever the clock says. Any thread; who changes anything
// holds the StateLock.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/core/file_lock.h"

namespace elbow::gui {

inline constexpr const char* kRunsFolder = "runs";    // below the state folder
inline constexpr const char* kTrashFolder = "trash";  // likewise

// Held by whoever adds, removes or orders kept runs, so that windows do it one after the other. The
// wait for a window that was stopped while holding the lock is limited.
class StateLock {
  public:
    explicit StateLock(const std::filesystem::path& state);

  private:
    FileLock lock_;
};

// "2026-01-31_23-59-59-", the beginning of every name that a kept run is given here.
std::string stamp_now();
bool was_named_here(const std::string& name);

// A name of a file that the window writes into the folder of a run, or leaves there when a save is
// interrupted.
bool is_of_a_run(const std::string& name);
// One of those that only an interrupted save leaves behind.
bool is_leftover(const std::string& name);
// The folder holds a whole run and nothing else.
bool holds_only_a_run(const std::filesystem::path& folder);
// Nothing but pieces of a run that was never whole; an empty folder, too.
bool holds_half_a_run(const std::filesystem::path& folder);

std::vector<std::filesystem::path> folders_in(const std::filesystem::path&);
std::uintmax_t bytes_of(const std::filesystem::path& folder);

// Makes <parent>/<name>, or <name>_2 and so on. Throws Error where it cannot be made.
std::filesystem::path make_folder(const std::filesystem::path& parent, const std::string& name);

// 0 for a run of a version that knew no order.
std::uint64_t number_of(const std::filesystem::path& folder);
// Makes it the run that was saved last. Throws Error.
void number_as_newest(const std::filesystem::path& state, const std::filesystem::path& folder);

// The folder of the trash that a run goes to, "000012-<name>": what went last has the highest
// number.
std::filesystem::path next_in_trash(const std::filesystem::path& state, const std::string& name);
// "2026-01-31_23-59-59-mnist-2" of "000012-2026-01-31_23-59-59-mnist-2".
std::string without_number(const std::string& name_in_trash);
// "mnist-2" of "2026-01-31_23-59-59-mnist-2_3".
std::string without_stamp(const std::string& name);

}  // namespace elbow::gui
