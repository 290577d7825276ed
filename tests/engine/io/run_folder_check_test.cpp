// Where a run may be saved.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "engine/io/run_folder.h"
#include "tests/engine/io/saved_run.h"

namespace elbow::io {
namespace {

namespace fs = std::filesystem;
using testing_support::TemporaryFolder;

TEST(RunFolderCheck, NeverOverwritesForeignFiles) {
    const TemporaryFolder folder;
    write_file_atomically(folder / "thesis.tex", std::string_view("precious"));
    EXPECT_THROW(check_run_folder_writable(folder.path()), Error);
    train::Session session(small_config("adam"), small_dataset(), 1);
    EXPECT_THROW(save_run(folder.path(), session.checkpoint()), Error);
    EXPECT_FALSE(fs::exists(folder / "run.json"));

    const auto foreign = folder / "package";
    fs::create_directory(foreign);
    write_file_atomically(foreign / "run.json", std::string_view(R"({"format": "other"})"));
    EXPECT_THROW(save_run(foreign, session.checkpoint()), Error);
    EXPECT_FALSE(holds_run(foreign));
}

TEST(RunFolderCheck, LeavesNothingBehind) {
    const TemporaryFolder folder;
    check_run_folder_writable(folder / "a/b/c");
    check_run_folder_writable(folder / "a/b/c/");
    EXPECT_TRUE(fs::is_empty(folder.path()));
    check_run_folder_writable(folder.path());
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(RunFolderCheck, RefusesAPathThatCannotBeMade) {
    const TemporaryFolder folder;
    write_file_atomically(folder / "file", std::string_view("x"));
    EXPECT_THROW(check_run_folder_writable(folder / "file"), Error);
    EXPECT_THROW(check_run_folder_writable(folder / "file/below/it"), Error);
    EXPECT_THROW(check_run_folder_writable(""), Error);
    EXPECT_THROW(check_run_folder_writable("/proc/elbow"), Error);
}

TEST(RunFolderCheck, TakesWhatAnInterruptedFirstSaveLeft) {
    const TemporaryFolder folder;
    write_file_atomically(folder / "model.safetensors.new", std::string_view("half"));
    EXPECT_NO_THROW(check_run_folder_writable(folder.path()));
    train::Session session(small_config("adam"), small_dataset(), 1);
    save_run(folder.path(), session.checkpoint());
    EXPECT_NO_THROW(load_run(folder.path()));
    EXPECT_FALSE(fs::exists(folder / "model.safetensors.new"));
}

TEST(RunFolderCheck, ASaveRemovesWhatAKilledOneLeft) {
    const TemporaryFolder folder;
    train::Session session(small_config("adam"), small_dataset(), 1);
    save_run(folder.path(), session.checkpoint());
    for (const char* left : {"model.safetensors.new", ".model.safetensors.new.123-4"})
        write_file_atomically(folder / left, std::string_view("half"));
    save_run(folder.path(), session.checkpoint());
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(folder.path())) files += entry.exists();
    EXPECT_EQ(files, kRunFiles.size());
}

TEST(RunFolderCheck, MayBeLoadedWhileItIsSaved) {
    const TemporaryFolder folder;
    train::Session session(small_config("adam"), small_dataset(), 1);
    save_run(folder.path(), session.checkpoint());
    std::atomic<bool> saved = false;
    const std::jthread loads([&] {
        while (!saved) EXPECT_NO_THROW(load_run(folder.path()));
    });
    for (int i = 0; i < 50; ++i) {
        session.step();
        EXPECT_NO_THROW(save_run(folder.path(), session.checkpoint()));
    }
    saved = true;
}

}  // namespace
}  // namespace elbow::io
