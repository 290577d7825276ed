// What imported sets are called, and which of them a source has.

#include <algorithm>
#include <optional>
#include <string_view>
#include <system_error>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/core/text.h"
#include "engine/core/word_search.h"
#include "engine/data/datasets.h"
#include "engine/data/sources/import.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestName = 60;  // bytes

fs::path whole_path(const fs::path& source) {
    std::error_code error;
    const fs::path path = fs::absolute(source, error).lexically_normal();
    return path.has_filename() ? path : path.parent_path();
}

// Letters, digits, what is not ASCII, and a few signs; the rest means something in a name with
// parameters, in a path or to a shell.
bool is_plain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || std::string_view("-_.+").find(c) != std::string_view::npos;
}

bool has_known_ending(const fs::path& path) {
    const std::string ending = in_small_letters(path.extension().string());
    for (const char* known : {".zip", ".tar", ".gz", ".tgz", ".zst", ".xz", ".bz2", ".7z", ".npz",
                              ".npy", ".csv", ".mat", ".amat", ".txt"}) {
        if (ending == known) return true;
    }
    return false;
}

std::string name_of_source(const fs::path& source) {
    fs::path path = source.filename();
    std::error_code error;
    while (!fs::is_directory(source, error) && has_known_ending(path)) path = path.stem();
    std::string name = readable_name(path.string());
    std::replace_if(
        name.begin(), name.end(), [](char c) { return !is_plain(c); }, '-');
    while (!name.empty() && (name.front() == '-' || name.front() == '.')) name.erase(0, 1);
    if (name.size() > kLongestName) name.resize(kLongestName);
    while (!name.empty() && !is_utf8(name)) name.pop_back();
    return name.empty() ? "pictures" : name;
}

}  // namespace

std::string proposed_name(const fs::path& source) {
    const fs::path path = whole_path(source);
    std::string name = name_of_source(path);
    if (datasets().find(name) != nullptr) name = "my-" + name;
    const auto is_free = [&](const std::string& wished) {
        const auto taken = imported_set(wished);
        return !taken || taken->source == path;
    };
    if (is_free(name)) return name;
    int number = 2;
    while (!is_free(name + "-" + std::to_string(number))) ++number;
    return name + "-" + std::to_string(number);
}

void check_import_name(const std::string& name, const fs::path& source) {
    const bool plain = !name.empty() && name.size() <= kLongestName && is_utf8(name) &&
                       name.front() != '.' && name.front() != '-' &&
                       std::all_of(name.begin(), name.end(), is_plain);
    if (!plain)
        throw UsageError("--name: expected letters, digits, '-', '_', '+' and '.', at most " +
                         std::to_string(kLongestName) + " of them, found '" + name + "'.");
    if (datasets().find(name) != nullptr)
        throw UsageError("--name: a built-in data set is called '" + name +
                         "'. Choose another name.");
    const auto taken = imported_set(name);
    if (taken && taken->source != whole_path(source))
        throw UsageError("--name: '" + name + "' was imported from " + quoted(taken->source) +
                         ". Choose another name, or drop that one with: elbow data forget " +
                         shell_word(name));
}

std::optional<ImportedSet> imported_from(const fs::path& source, const SourceWishes& wishes,
                                         Progress& progress) {
    const fs::path path = whole_path(source);
    std::optional<std::string> state;
    for (ImportedSet& set : imported_sets()) {
        if (set.source != path) continue;
        if (!state) state = state_of_source(path, wishes, progress);
        if (set.state == *state) return std::move(set);
    }
    return std::nullopt;
}

}  // namespace elbow::data
