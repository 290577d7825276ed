#include "engine/data/fetch.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <set>
#include <system_error>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/file_lock.h"
#include "engine/core/system_remedy.h"
#include "engine/core/text.h"
#include "engine/data/byte_source.h"
#include "engine/data/hash.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_destination(const fs::path& destination, const std::string& cause) {
    throw Error("Cannot write to the folder '" + destination.string() + "': " + cause +
                ". Nothing was downloaded. Choose a folder that may be written, with --data-dir.");
}

constexpr const char* kScratch = ".fetching-";

// A folder inside the destination that goes away with its content, locked for as long as it is in
// use. Making it shows that the destination can be written.
class Scratch {
  public:
    explicit Scratch(const fs::path& destination) {
        std::error_code failure;
        fs::create_directories(destination, failure);
        if (failure) refuse_destination(destination, failure.message());
        do {
            std::string pattern = (destination / kScratch).string() + "XXXXXX";
            if (::mkdtemp(pattern.data()) == nullptr) {
                refuse_destination(destination, system_words(errno));
            }
            folder_ = pattern;
            lock_ = FileLock(folder_);
            // Another program may have taken it for a stray before it was locked.
        } while (lock_.busy() || !fs::is_directory(folder_));
        // apt's downloader may be another user who has to reach it.
        ::chmod(folder_.c_str(), 0755);
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    fs::path make_folder(const std::string& name) const {
        fs::path folder = folder_ / name;
        fs::create_directories(folder);
        return folder;
    }

  private:
    fs::path folder_;
    FileLock lock_;
};

void expect_room(const fs::path& destination, const std::vector<PublishedFile>& wanted) {
    std::uint64_t needed = 0;
    // Packed and unpacked lie side by side for a while, and a package may hold all files in one.
    for (const PublishedFile& file : wanted) needed += 2 * file.bytes + file.packed_bytes;
    std::error_code unknown;
    const fs::space_info space = fs::space(destination, unknown);
    if (unknown || space.available >= needed) return;
    refuse_destination(destination, "the disk has " + bytes_text(space.available) +
                                        " of room, and " + bytes_text(needed) + " are needed");
}

std::vector<PublishedFile> not_whole_in(const fs::path& folder, const PublishedSet& set,
                                        Progress& progress) {
    std::vector<PublishedFile> wanted;
    for (const PublishedFile& file : set.files) {
        progress.throw_if_cancelled();
        progress.report(-1.0, "Checking " + file.name);
        if (!is_whole(folder, file)) wanted.push_back(file);
    }
    return wanted;
}

void put_in_place(const PublishedFile& file, const fs::path& from, const fs::path& destination) {
    // One byte more than expected is enough to see that there is more.
    const std::vector<std::uint8_t> content = read_content(from, file.bytes + 1);
    const std::string found = hash_of(content);
    if (content.size() != file.bytes || found != file.sha256) {
        throw Error("what was downloaded as '" + file.name +
                    "' is not the published file (expected " + std::to_string(file.bytes) +
                    " bytes with SHA-256 " + file.sha256 + ", found " +
                    (content.size() > file.bytes ? "more than " : "") +
                    std::to_string(std::min<std::uint64_t>(content.size(), file.bytes)) +
                    " bytes with " + found + "); it was thrown away");
    }
    write_file_atomically(destination / file.name, content);
}

struct Attempt {
    std::string way;
    std::string failure;
};

std::string failure_message(const PublishedSet& set, const std::vector<Way>& ways,
                            const std::vector<Attempt>& attempts, const fs::path& destination) {
    std::string text = set.title + " could not be fetched. Tried:";
    for (const Attempt& attempt : attempts) {
        text += "\n  - " + attempt.way + ": " + attempt.failure;
    }
    text +=
        "\nWhat you can do:\n  - check the network connection (behind a proxy, set https_proxy)";
    std::set<std::string> said;
    for (const Way& way : ways) {
        if (!way.remedy.empty() && said.insert(way.remedy).second) text += "\n  - " + way.remedy;
    }
    const bool one = set.files.size() == 1;
    text += one ? "\n  - put the file (" : "\n  - put the files (";
    for (const PublishedFile& file : set.files) {
        text += (file.name == set.files.front().name ? "" : ", ") + file.name;
    }
    return text + (one ? "; or with .gz) into '" : "; or each with .gz) into '") +
           destination.string() + "', or name a folder that has " + (one ? "it" : "them") +
           " with --data-dir" +
           "\n  - use --dataset shapes, which is drawn in code and needs no files";
}

// Without its full stop, so that it stands well in a list.
std::string reason(const Error& failure) {
    std::string text = failure.what();
    while (!text.empty() && (text.back() == '.' || text.back() == '\n')) text.pop_back();
    return text;
}

}  // namespace

void fetch_published(const PublishedSet& set, const std::vector<Way>& ways,
                     const fs::path& wanted_folder, Progress& progress) {
    // Absolute: the programs that download run in a folder of their own.
    const fs::path destination = fs::absolute(wanted_folder);
    std::vector<PublishedFile> wanted = not_whole_in(destination, set, progress);
    std::vector<Attempt> attempts;
    if (!wanted.empty()) {
        const Scratch scratch(destination);
        expect_room(destination, wanted);
        const Accept accept = [&](const PublishedFile& file, const fs::path& from) {
            progress.throw_if_cancelled();
            put_in_place(file, from, destination);
            std::erase_if(wanted,
                          [&](const PublishedFile& other) { return other.name == file.name; });
        };
        for (std::size_t i = 0; i < ways.size() && !wanted.empty(); ++i) {
            progress.throw_if_cancelled();
            progress.report(-1.0, "Fetching " + set.title + ": " + ways[i].name);
            FetchJob job{wanted, scratch.make_folder(std::to_string(i)), accept, progress};
            try {
                ways[i].obtain(job);
            } catch (const Cancelled&) {
                throw;
            } catch (const Error& failure) {
                attempts.push_back({ways[i].name, reason(failure)});
            }
        }
    }
    if (!wanted.empty()) throw Error(failure_message(set, ways, attempts, destination));
    progress.report(1.0, set.title + " is in '" + destination.string() + "'");
}

void remove_stray_downloads(const fs::path& destination) {
    std::vector<fs::path> strays;
    std::error_code error;
    for (fs::directory_iterator entry(destination, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        const bool scratch = entry->path().filename().string().rfind(kScratch, 0) == 0;
        if (scratch && fs::is_directory(entry->symlink_status(ignored))) {
            strays.push_back(entry->path());
        }
    }
    for (const fs::path& stray : strays) {
        const FileLock lock(stray);
        if (lock.held() && lock.is_at(stray)) fs::remove_all(stray, error);
    }
}

}  // namespace elbow::data
