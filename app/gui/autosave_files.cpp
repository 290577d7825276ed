#include "app/gui/autosave_files.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <ctime>
#include <string_view>
#include <system_error>
#include <thread>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/io/run_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLock = ".lock";
constexpr std::chrono::seconds kPatience{5};
constexpr const char* kOrder = "kept.json";
constexpr std::uintmax_t kMostOrderBytes = 4096;
constexpr std::uint64_t kMostNumber = 1'000'000'000'000;  // more saves than anybody makes
// Not put in place together with the others of a save.
constexpr std::array kWrittenAlone = {kOrder, io::kSessionFile};
constexpr std::string_view kStampShape = "0000-00-00_00-00-00-";
constexpr std::string_view kTrashShape = "000000-";

bool has_shape(std::string_view name, std::string_view shape) {
    if (name.size() <= shape.size()) return false;
    return std::equal(shape.begin(), shape.end(), name.begin(), [](char expected, char c) {
        return expected == '0' ? c >= '0' && c <= '9' : c == expected;
    });
}

// ".kept.json.1234-5", as a write that was interrupted leaves it (write_file_atomically).
bool is_temporary_of(std::string_view name, std::string_view file) {
    if (name.size() <= file.size() + 2 || name[0] != '.') return false;
    if (name.substr(1, file.size()) != file || name[file.size() + 1] != '.') return false;
    return name.find_first_not_of("0123456789-", file.size() + 2) == std::string_view::npos;
}

std::uint64_t number_in_trash(const std::string& name) {
    return has_shape(name, kTrashShape) ? std::stoull(name.substr(0, kTrashShape.size() - 1)) : 0;
}

std::uint64_t highest_number(const fs::path& state) {
    std::uint64_t highest = 0;
    for (const fs::path& run : folders_in(state / kRunsFolder)) {
        highest = std::max(highest, number_of(run));
    }
    return highest;
}

bool holds(const fs::path& folder, bool whole) {
    bool has_run = false;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (!is_of_a_run(name)) return false;
        has_run = has_run || name == io::kRunFiles.back();
    }
    return has_run == whole && !error;
}

}  // namespace

StateLock::StateLock(const fs::path& state) {
    std::error_code ignored;  // where the folder cannot be made, whatever follows says so
    fs::create_directories(state, ignored);
    const auto end = std::chrono::steady_clock::now() + kPatience;
    do {
        lock_ = FileLock::on_file(state / kLock);
        if (!lock_.busy()) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    } while (std::chrono::steady_clock::now() < end);
}

std::string stamp_now() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char stamp[32];
    std::strftime(stamp, sizeof stamp, "%Y-%m-%d_%H-%M-%S-", &local);
    return stamp;
}

bool was_named_here(const std::string& name) { return has_shape(name, kStampShape); }

bool is_leftover(const std::string& name) {
    return io::is_remnant(name) ||
           std::any_of(kWrittenAlone.begin(), kWrittenAlone.end(),
                       [&](const char* file) { return is_temporary_of(name, file); });
}

bool is_of_a_run(const std::string& name) {
    const auto is = [&](const char* file) { return name == file; };
    return is_leftover(name) || std::any_of(io::kRunFiles.begin(), io::kRunFiles.end(), is) ||
           std::any_of(kWrittenAlone.begin(), kWrittenAlone.end(), is);
}

bool holds_only_a_run(const fs::path& folder) { return holds(folder, true); }
bool holds_half_a_run(const fs::path& folder) { return holds(folder, false); }

std::vector<fs::path> folders_in(const fs::path& parent) {
    std::vector<fs::path> folders;
    std::error_code error;
    for (fs::directory_iterator entry(parent, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        if (fs::is_directory(entry->symlink_status(ignored))) folders.push_back(entry->path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

std::uintmax_t bytes_of(const fs::path& folder) {
    std::uintmax_t bytes = 0;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code unknown;
        const std::uintmax_t size = entry->file_size(unknown);
        if (!unknown) bytes += size;
    }
    return bytes;
}

// Other windows may do the same at this moment.
fs::path make_folder(const fs::path& parent, const std::string& name) {
    std::error_code error;
    fs::create_directories(parent, error);
    for (int i = 1; !error; ++i) {
        fs::path folder = parent / (i == 1 ? name : name + "_" + std::to_string(i));
        if (fs::create_directory(folder, error)) return folder;
    }
    throw Error("No folder for the run can be made in '" + parent.string() +
                "': " + error.message() +
                ". Make it a folder where you may write, or set XDG_STATE_HOME to another.");
}

std::uint64_t number_of(const fs::path& folder) {
    const fs::path file = folder / kOrder;
    std::error_code error;
    if (!fs::is_regular_file(file, error) || fs::file_size(file, error) > kMostOrderBytes) return 0;
    try {
        const std::vector<std::uint8_t> bytes = read_file(file);
        const auto json = parse_json({bytes.begin(), bytes.end()});
        const Json* number = json ? json->find("number") : nullptr;
        if (number == nullptr || !number->is_number_unsigned()) return 0;
        const std::uint64_t value = number->natural();
        return value < kMostNumber ? value : 0;
    } catch (const Error&) {
        return 0;  // removed meanwhile
    }
}

void number_as_newest(const fs::path& state, const fs::path& folder) {
    const std::uint64_t highest = highest_number(state);
    const std::uint64_t number = number_of(folder);
    if (number != 0 && number == highest) return;
    const Json json = Json::Object{{"number", highest + 1}};
    write_file_atomically(folder / kOrder, std::string_view(json_text(json) + "\n"));
}

fs::path next_in_trash(const fs::path& state, const std::string& name) {
    std::uint64_t highest = 0;
    for (const fs::path& folder : folders_in(state / kTrashFolder)) {
        highest = std::max(highest, number_in_trash(folder.filename().string()));
    }
    char number[32];
    std::snprintf(number, sizeof number, "%06" PRIu64 "-", highest + 1);
    return state / kTrashFolder / (number + name);
}

std::string without_number(const std::string& name) {
    return has_shape(name, kTrashShape) ? name.substr(kTrashShape.size()) : name;
}

std::string without_stamp(const std::string& name) {
    if (!has_shape(name, kStampShape)) return name;
    const std::string rest = name.substr(kStampShape.size());
    const std::size_t counter = rest.rfind('_');
    const bool counted = counter != std::string::npos && counter + 1 < rest.size() &&
                         rest.find_first_not_of("0123456789", counter + 1) == std::string::npos;
    return counted ? rest.substr(0, counter) : rest;
}

}  // namespace elbow::gui
