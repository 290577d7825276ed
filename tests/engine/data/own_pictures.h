#pragma once

// Folders of pictures that a test makes, and a data folder of its own for what is imported.

#include <gmock/gmock.h>

#include <string>

#include "engine/data/sources/finding.h"
#include "tests/engine/data/idx_files.h"
#include "tests/engine/data/made_pictures.h"

namespace elbow::data {

class OwnPictures : public ::testing::Test {
  protected:
    std::filesystem::path set() const { return folder / "set"; }
    void put(const std::string& name, const Bytes& bytes) { write_bytes(set() / name, bytes); }
    // Pictures of one grey value each, all different.
    void put_greys(const std::string& prefix, int count, int side = 12) {
        for (int i = 0; i < count; ++i)
            put(prefix + std::to_string(i) + ".png",
                testing_support::grey_png(side, side, next_grey++));
    }
    Finding look(const std::filesystem::path& path, const LookWishes& wishes = {}) {
        return look_at(path, wishes, progress);
    }
    Finding look() { return look(set()); }
    static int left(const Finding& finding, const std::string& why) {
        for (const LeftOut& each : finding.left_out) {
            if (each.why == why) return each.count;
        }
        return 0;
    }

    TemporaryFolder folder;
    Environment data_home{"XDG_DATA_HOME", (folder / "home").string()};
    Progress progress;
    std::uint8_t next_grey = 60;
};

}  // namespace elbow::data
