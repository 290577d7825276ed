#pragma once

// The files of a folder or an archive, one after the other, in an order that is always the same.
// An archive is read as it streams by, and nothing of it is unpacked to disk. Functions for a
// worker thread.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/progress.h"
#include "engine/data/sources/left_out.h"

namespace elbow::data {

// One of them, while it is visited.
class SourceFile {
  public:
    // bytes: how many it has, where that is known; 0: not known.
    SourceFile(std::string name, double done, std::uint64_t bytes = 0);
    virtual ~SourceFile() = default;
    SourceFile(const SourceFile&) = delete;
    SourceFile& operator=(const SourceFile&) = delete;

    const std::string& name() const { return name_; }  // "cats/tom.png", in UTF-8
    double done() const { return done_; }  // the part of the source that lies before it, [0, 1]

    // Its first `most` bytes, or all where it has fewer; valid until more are asked for. Throws
    // Error where it cannot be read.
    std::span<const std::uint8_t> first(std::uint64_t most);
    // The same as the caller's own; nothing more may be asked for then.
    std::vector<std::uint8_t> take(std::uint64_t most);

  private:
    // Fills `out` with the bytes that follow, and returns how many there were.
    virtual std::size_t read_on(std::span<std::uint8_t> out) = 0;

    std::string name_;
    double done_;
    std::size_t read_at_first_;
    std::vector<std::uint8_t> read_;
    bool ended_ = false;
};

struct SourceWishes {
    // Whether links of a folder are followed out of it. Within it all is met anyway.
    bool outside_links = true;
};

using SeeFile = std::function<void(SourceFile&)>;

// Calls `see` for each file but those that are left out (hidden, no regular file, links to what is
// met anyway or to nowhere, names that lead outside), and returns what the source is: "folder",
// "zip", "tar.gz". Throws Error where the path is neither a folder nor an archive, where an archive
// is damaged, or unpacks to far more than pictures do; and Cancelled.
std::string visit_files(const std::filesystem::path&, const SourceWishes&, Progress&,
                        std::vector<LeftOut>&, const SeeFile&);

// Says whether a source has changed: a hash of the names, sizes and times of change of a folder's
// files, or of an archive's or another file's own, and of the files that are read with it. Throws
// Error where there is nothing at the path.
std::string state_of_source(const std::filesystem::path&, const SourceWishes&, Progress&);

// Whether the path names a hidden file, or one that only an operating system or an editor wants.
bool is_hidden_name(const std::string& name);

// As UTF-8 without control characters: what is not UTF-8 is taken for Latin-1.
std::string readable_name(const std::string& bytes);

}  // namespace elbow::data
