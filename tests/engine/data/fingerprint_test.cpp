#include "engine/data/fingerprint.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/data/datasets.h"
#include "engine/data/targets.h"
#include "tests/engine/data/idx_files.h"

namespace elbow::data {
namespace {

Dataset example() {
    Dataset dataset;
    dataset.height = dataset.width = 1;
    const std::string digits = "123456789";  // whose CRC-32 every description names: cbf43926
    dataset.train.count = static_cast<int>(digits.size());
    dataset.train.pixels.own().assign(digits.begin(), digits.end());
    dataset.train.labels = {0, 1, 2, 0, 1, 2, 0, 1, 2};
    dataset.held_out.count = 2;
    dataset.held_out.pixels = {7, 9};
    return dataset;
}

std::string fingerprint(const Dataset& dataset) {
    Progress progress;
    return fingerprint_of(dataset, progress);
}

TEST(Fingerprint, IsFourCrc32) {
    const std::string text = fingerprint(example());
    EXPECT_EQ(text.substr(0, 9), "cbf43926-");
    EXPECT_EQ(text.substr(text.size() - 9), "-00000000") << "no held-out labels";
    EXPECT_EQ(text.size(), 35U);
}

TEST(Fingerprint, ChangesWithEachPart) {
    std::set<std::string> seen{fingerprint(example())};
    Dataset other = example();
    other.train.pixels.own()[4] ^= 1;
    EXPECT_TRUE(seen.insert(fingerprint(other)).second);
    other = example();
    other.train.labels[8] = 1;
    EXPECT_TRUE(seen.insert(fingerprint(other)).second);
    other = example();
    std::swap(other.held_out.pixels.own()[0], other.held_out.pixels.own()[1]);
    EXPECT_TRUE(seen.insert(fingerprint(other)).second);
    other = example();
    other.held_out.labels = {0, 0};
    EXPECT_TRUE(seen.insert(fingerprint(other)).second);
}

// Larger sets are hashed in pieces, by all threads.
TEST(Fingerprint, OfManyPiecesIsThatOfTheWhole) {
    Dataset dataset = example();
    std::vector<std::uint8_t>& pixels = dataset.train.pixels.own();
    pixels.resize((std::size_t{9} << 20) + 17);
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = static_cast<std::uint8_t>(i * i >> 3);
    const uLong whole = crc32_z(0, pixels.data(), pixels.size());
    char expected[16];
    std::snprintf(expected, sizeof expected, "%08lx", whole);
    EXPECT_EQ(fingerprint(dataset).substr(0, 8), expected);
}

TEST(Fingerprint, ThatTakesLongTellsHowFarItIsAndIsCancelled) {
    Progress progress;
    fingerprint_of(example(), progress);
    EXPECT_EQ(progress.what(), "Checking the images");
    progress.cancel();
    EXPECT_THROW(fingerprint_of(example(), progress), Cancelled);
}

// Whichever of the threads had the last piece, or all of them.
TEST(Fingerprint, IsAtItsEndWhereItEnds) {
    for (int i = 0; i < 500; ++i) {
        Progress progress;
        fingerprint_of(example(), progress);
        ASSERT_EQ(progress.fraction(), 1.0) << i;
    }
}

TEST(Fingerprint, IsOfTheFilesAndNotOfWhatIsDrawnOrBinarised) {
    const TemporaryFolder folder;
    write_small_set(folder.path());
    Progress progress;
    const auto loaded = load_dataset("mnist", {folder.path()}, progress);
    EXPECT_EQ(loaded->fingerprint, fingerprint(*loaded));
    EXPECT_EQ(with_targets(loaded, Targets::kBinarised)->fingerprint, loaded->fingerprint);
    // What is computed may differ in a pixel between two machines.
    EXPECT_EQ(load_dataset("shapes:train=1e4,held-out=1e3", {}, progress)->fingerprint, "");
}

}  // namespace
}  // namespace elbow::data
