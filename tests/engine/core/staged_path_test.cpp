// What takes its name when it is whole. That a full disk leaves the old file is held by
// file_test.cpp.
#include "engine/core/staged_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "tests/temporary_folder.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;
using testing_support::TemporaryFolder;

std::vector<std::uint8_t> bytes(std::string_view text) { return {text.begin(), text.end()}; }

TEST(OutputFile, HasItsNameWhenItIsWhole) {
    const TemporaryFolder folder;
    OutputFile file(folder / "a.txt");
    file.write(bytes("one"));
    EXPECT_FALSE(fs::exists(folder / "a.txt"));
    file.write(bytes("two"));
    file.finish();
    EXPECT_EQ(read_text_file(folder / "a.txt"), "onetwo");
}

TEST(OutputFile, LeavesTheOldOneWhereItIsNotFinished) {
    const TemporaryFolder folder;
    write_file_atomically(folder / "a.txt", "old");
    { OutputFile(folder / "a.txt").write(bytes("new")); }
    EXPECT_EQ(read_text_file(folder / "a.txt"), "old");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

TEST(OutputFile, SaysWhyItCannotBegin) {
    const TemporaryFolder folder;
    try {
        OutputFile file(folder / "missing" / "a.txt");
        FAIL() << "expected an Error";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), ::testing::HasSubstr((folder / "missing/a.txt").string()));
        EXPECT_THAT(error.what(), ::testing::HasSubstr("No such file"));
    }
}

TEST(StagedPath, TakesAFolderWithAllThatIsInIt) {
    const TemporaryFolder folder;
    fs::create_directory(folder / "pictures");  // an empty one holds the name
    {
        const StagedPath left(folder / "pictures");
        fs::create_directory(left.path());
        std::ofstream(left.path() / "1") << "x";
    }
    EXPECT_TRUE(fs::is_empty(folder / "pictures"));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
    StagedPath staged(folder / "pictures");
    fs::create_directory(staged.path());
    std::ofstream(staged.path() / "1") << "x";
    staged.finish();
    EXPECT_TRUE(fs::exists(folder / "pictures" / "1"));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

TEST(StagedPath, SaysThatNothingWasMade) {
    const TemporaryFolder folder;
    StagedPath staged(folder / "film.mp4");
    EXPECT_THROW(staged.finish(), Error);
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

}  // namespace
}  // namespace elbow
