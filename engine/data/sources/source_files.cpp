#include "engine/data/sources/source_files.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/core/text.h"
#include "engine/data/hash.h"
#include "engine/data/sources/archive_files.h"
#include "engine/data/sources/array_images.h"
#include "engine/data/sources/folder_files.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReadAtOnce = 64 * 1024;
constexpr std::uint64_t kMostBelieved = 1 << 20;  // of what an archive says of a file's size

// What tells a file from a changed one.
std::string state_of_file(const fs::path& file) {
    std::error_code error;
    const std::uintmax_t bytes = fs::file_size(file, error);
    const auto time = fs::last_write_time(file, error).time_since_epoch().count();
    return error ? "missing" : std::to_string(bytes) + " " + std::to_string(time);
}

std::string hash_of_text(const std::string& text) {
    return hash_of({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace

// One byte more than there should be shows the end.
SourceFile::SourceFile(std::string name, double done, std::uint64_t bytes)
    : name_(std::move(name)),
      done_(done),
      read_at_first_(bytes == 0 ? kReadAtOnce : std::min(bytes + 1, kMostBelieved)) {}

std::span<const std::uint8_t> SourceFile::first(std::uint64_t most) {
    while (!ended_ && read_.size() < most) {
        const std::size_t before = read_.size();
        const std::size_t more = before == 0 ? read_at_first_ : std::max(kReadAtOnce, 2 * before);
        read_.resize(std::min<std::uint64_t>(most, more));
        const std::size_t got = read_on(std::span(read_).subspan(before));
        ended_ = before + got < read_.size();
        read_.resize(before + got);
    }
    return std::span(read_).first(std::min<std::uint64_t>(most, read_.size()));
}

std::vector<std::uint8_t> SourceFile::take(std::uint64_t most) {
    const std::size_t bytes = first(most).size();
    read_.resize(bytes);
    return std::move(read_);
}

std::string visit_files(const fs::path& path, const SourceWishes& wishes, Progress& progress,
                        std::vector<LeftOut>& left_out, const SeeFile& see) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
        throw Error("Expected a folder, an archive or a file of arrays, and there is nothing at " +
                    quoted(path) + (error ? " (" + error.message() + ")" : std::string()) +
                    ". Check the name.");
    }
    if (!fs::is_directory(status)) return visit_archive(path, progress, left_out, see);
    visit_folder(list_folder(path, wishes, progress, left_out), progress, see);
    return "folder";
}

std::string state_of_source(const fs::path& path, const SourceWishes& wishes, Progress& progress) {
    std::error_code error;
    if (!fs::exists(path, error)) throw Error("There is nothing at " + quoted(path) + ".");
    std::string all;
    if (!fs::is_directory(path, error)) {
        const std::vector<fs::path> files = array_files(path);
        if (files.size() == 1) return hash_of_text(state_of_file(path));
        for (const fs::path& file : files)
            all += file.filename().string() + "\n" + state_of_file(file) + "\n";
        return hash_of_text(all);
    }
    std::vector<LeftOut> ignored;
    for (const ListedFile& file : list_folder(path, wishes, progress, ignored)) {
        progress.throw_if_cancelled();
        all += file.name + "\n" + state_of_file(file.path) + "\n";
    }
    return hash_of_text(all);
}

bool is_hidden_name(const std::string& name) {
    constexpr std::array<std::string_view, 4> kClutter = {"Thumbs.db", "__MACOSX", "desktop.ini",
                                                          "lost+found"};
    return name.starts_with('.') ||
           std::find(kClutter.begin(), kClutter.end(), name) != kClutter.end();
}

std::string readable_name(const std::string& bytes) {
    const bool utf8 = is_utf8(bytes);
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
            text += '?';
        } else if (byte < 0x80 || utf8) {
            text += c;
        } else {
            text += static_cast<char>(0xC0 | byte >> 6);
            text += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return text;
}

}  // namespace elbow::data
