#pragma once

// The files of an imported set while they are written: they take their place when all of them are
// whole. Used by one thread.

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/file_lock.h"
#include "engine/core/staged_path.h"
#include "engine/data/dataset.h"
#include "engine/data/imported.h"

namespace elbow::data {

class ImportCache {
  public:
    // `expected_bytes`, about: throws Error where the disk has no room for them, or cannot be
    // written, as all that follows.
    ImportCache(const std::string& name, std::uint64_t expected_bytes);
    ~ImportCache();  // removes what was not finished
    ImportCache(const ImportCache&) = delete;
    ImportCache& operator=(const ImportCache&) = delete;

    // image [C, H, W]; label: negative where there are none.
    void add(std::span<const std::uint8_t> image, int label, bool held_out);
    // Values of all images, in the order in which they were added to each part.
    void add_factors(const std::vector<Factor>&);

    int train() const { return counts_[0]; }
    int held_out() const { return counts_[1]; }

    // Puts it in place of an earlier import under its name; sets the counts and the fingerprint.
    void finish(ImportedSet&);

  private:
    class File;

    std::filesystem::path target_;
    StagedPath staged_;
    FileLock lock_;  // of what is staged: what a killed program left has none
    std::array<std::unique_ptr<File>, 4> files_;  // training pixels and labels, held-out ones
    std::unique_ptr<File> factors_;
    std::array<int, 2> counts_{};
};

}  // namespace elbow::data
