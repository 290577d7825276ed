#include "engine/core/mapped_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "tests/temporary_folder.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;
using testing_support::TemporaryFolder;

std::string text_of(const MappedFile& file) { return {file.bytes().begin(), file.bytes().end()}; }

TEST(MappedFile, HasTheBytesOfTheFile) {
    const TemporaryFolder folder;
    write_file_atomically(folder / "file", std::string_view("some bytes"));
    EXPECT_EQ(text_of(MappedFile(InputFile(folder / "file"))), "some bytes");
}

TEST(MappedFile, OfAnEmptyFileIsEmpty) {
    const TemporaryFolder folder;
    write_file_atomically(folder / "file", std::string_view());
    EXPECT_TRUE(MappedFile(InputFile(folder / "file")).bytes().empty());
}

TEST(MappedFile, StaysAsItWasWhereTheFileIsReplacedOrRemoved) {
    const TemporaryFolder folder;
    write_file_atomically(folder / "file", std::string_view("old bytes"));
    const MappedFile mapped(InputFile(folder / "file"));
    write_file_atomically(folder / "file", std::string_view("new"));
    EXPECT_EQ(text_of(mapped), "old bytes");
    EXPECT_EQ(text_of(MappedFile(InputFile(folder / "file"))), "new");
    fs::remove(folder / "file");
    EXPECT_EQ(text_of(mapped), "old bytes");
}

}  // namespace
}  // namespace elbow
