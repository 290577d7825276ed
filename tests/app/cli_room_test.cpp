// A training whose folder cannot take the run: told before it begins, and never lost at its end.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/mount.h>

#include <fstream>
#include <stdexcept>

#include "engine/io/run_folder.h"
#include "tests/app/elbow_program.h"
#include "tests/temporary_folder.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing_support::Arguments;
using testing_support::ChildProcess;
using testing_support::ChildResult;
using testing_support::command_line;
using testing_support::elbow_in_shell;
using testing_support::elbow_with;
using testing_support::small_training;
using testing_support::TemporaryFolder;

constexpr const char* kStillThere = "still in memory";

TEST(CliRoom, IsLookedForBeforeTraining) {
    const TemporaryFolder folder;
    const auto expect_refused = [](const ChildResult& result, const std::string& why) {
        EXPECT_EQ(result.exit_code, 1) << why;
        EXPECT_THAT(result.err, HasSubstr(why));
        EXPECT_THAT(result.out, IsEmpty()) << why;
    };
    const fs::path run = folder / "run";
    expect_refused(elbow_in_shell(small_training({"--out", run.string()}), "", "ulimit -f 200"),
                   "ulimit -f");
    EXPECT_FALSE(fs::exists(run)) << "nothing is left behind";

    fs::path deep = folder.path();
    while (deep.string().size() < 4096 - 250 - 40) deep /= std::string(200, 'd');
    deep /= std::string(4096 - 1 - 30 - deep.string().size() - 1, 'e');
    expect_refused(elbow_with(small_training({"--out", deep.string()})), "shorter name");
    EXPECT_THAT(fs::is_empty(folder.path()), true) << "nothing is left behind";

    expect_refused(elbow_with(small_training({"--out", "/proc/elbow-run"})), "/proc/elbow-run");
}

TEST(CliRoom, FoldersInThePlaceOfARunsFilesAreNoticedBeforeTraining) {
    const TemporaryFolder folder;
    const fs::path run = folder / "run";
    ASSERT_EQ(elbow_with(small_training({"--out", run.string()})).exit_code, 0);
    for (const char* name : {"history.csv", "session.json", "model.safetensors.new"}) {
        fs::remove(run / name);
        fs::create_directories(run / name / "something");
        const ChildResult result =
            elbow_with({"train", "--resume", run.string(), "--samples", "500"});
        EXPECT_EQ(result.exit_code, 1) << name;
        EXPECT_THAT(result.err, AllOf(HasSubstr(name), HasSubstr("is a folder"))) << name;
        EXPECT_THAT(result.out, Not(HasSubstr("images seen"))) << name;
        fs::remove_all(run / name);
    }
    EXPECT_EQ(elbow_with({"train", "--resume", run.string(), "--samples", "500"}).exit_code, 0);
}

// A file system of its own with little room; not there without the right to mount one.
class SmallDisk {
  public:
    explicit SmallDisk(const char* options) {
        fs::create_directory(place());
        mounted_ = ::mount("elbow-test", place().c_str(), "tmpfs", 0, options) == 0;
    }
    ~SmallDisk() {
        if (mounted_) ::umount2(place().c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool mounted() const { return mounted_; }
    fs::path place() const { return folder_ / "disk"; }
    void fill() const {
        std::ofstream file(place() / "filler");
        while (file.write(std::string(4096, 'x').data(), 4096).flush()) {
        }
    }
    void make_room() const { fs::remove(place() / "filler"); }

  private:
    TemporaryFolder folder_;
    bool mounted_ = false;
};

TEST(CliRoom, OnASmallDiskIsLookedForBeforeTraining) {
    const SmallDisk disk("size=256k");
    if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount a disk";
    const ChildResult result =
        elbow_with(small_training({"--out", (disk.place() / "run").string()}));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, AllOf(HasSubstr("No space left"), HasSubstr("Make room")));
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_TRUE(fs::is_empty(disk.place()));
}

TEST(CliRoom, ADiskThatFillsUpMeanwhileCostsNoRun) {
    const SmallDisk disk("size=4m");
    if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount a disk";
    const fs::path run = disk.place() / "run";
    ChildProcess training(
        command_line(small_training({"--epochs", "1e5", "--json", "--out", run.string()})));
    ASSERT_TRUE(training.wait_for_lines(3));
    disk.fill();
    training.send(SIGTERM);
    ASSERT_TRUE(training.wait_for_error(kStillThere));
    disk.make_room();
    const ChildResult result = training.wait();
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.err, HasSubstr("No space left"));
    EXPECT_GT(io::load_run(run).checkpoint.samples, 0);
}

// A training whose folder has become a file when it is to be saved.
class CliRoomTest : public ::testing::Test {
  protected:
    Arguments training() const {
        Arguments line = {"/usr/bin/env", "XDG_STATE_HOME=" + (folder / "state").string(),
                          "HOME=" + (folder / "home").string()};
        for (const std::string& each : command_line(small_training(
                 {"--epochs", "1e5", "--json", "--out", (folder / "run").string()}))) {
            line.push_back(each);
        }
        return line;
    }
    void block() const {
        fs::remove_all(folder / "run");
        std::ofstream(folder / "run") << "in the way";
    }
    void unblock() const { fs::remove(folder / "run"); }
    // The one run below a folder.
    static std::int64_t samples_of_run_in(const fs::path& place) {
        for (const auto& entry : fs::directory_iterator(place))
            return io::load_run(entry.path()).checkpoint.samples;
        return 0;
    }

    TemporaryFolder folder;
};

TEST_F(CliRoomTest, SavesOnceThePersonHasClearedTheWay) {
    ChildProcess program(training());
    ASSERT_TRUE(program.wait_for_lines(3));
    block();
    program.send(SIGTERM);
    ASSERT_TRUE(program.wait_for_error(kStillThere));
    unblock();
    const ChildResult result = program.wait();
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_GT(io::load_run(folder / "run").checkpoint.samples, 0);
}

TEST_F(CliRoomTest, SavesAmongTheKeptRunsWhereNothingHelps) {
    ChildProcess program(training());
    ASSERT_TRUE(program.wait_for_lines(3));
    block();
    program.send(SIGTERM);
    ASSERT_TRUE(program.wait_for_error(kStillThere));
    program.send(SIGTERM);  // no need to wait
    const ChildResult result = program.wait();
    EXPECT_EQ(result.exit_code, 1);
    const fs::path runs = folder / "state/elbow/runs";
    EXPECT_THAT(result.err, AllOf(HasSubstr((folder / "run").string()), HasSubstr(runs.string()),
                                  HasSubstr("instead")));
    EXPECT_GT(samples_of_run_in(runs), 0);
}

TEST_F(CliRoomTest, SavesAtHomeWhereNoRunCanBeKept) {
    std::ofstream(folder / "state") << "in the way";
    fs::create_directory(folder / "home");
    ChildProcess program(training());
    ASSERT_TRUE(program.wait_for_lines(3));
    block();
    program.send(SIGTERM);
    ASSERT_TRUE(program.wait_for_error(kStillThere));
    program.send(SIGTERM);
    const ChildResult result = program.wait();
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr((folder / "home/elbow-run-shapes-2-").string()));
    EXPECT_GT(samples_of_run_in(folder / "home"), 0);
}

// As a person at a terminal sees it.
class Terminal {
  public:
    explicit Terminal(const Arguments& arguments) {
        id_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
        if (id_ < 0) throw std::runtime_error("This machine gives no terminal: mount /dev/pts.");
        if (id_ != 0) return;
        std::vector<char*> pointers;
        for (const std::string& argument : arguments)
            pointers.push_back(const_cast<char*>(argument.c_str()));
        pointers.push_back(nullptr);
        ::execv(pointers[0], pointers.data());
        ::_exit(127);
    }
    ~Terminal() {
        if (!ended_) ::kill(id_, SIGKILL);
        if (!ended_) ::waitpid(id_, nullptr, 0);
        ::close(terminal_);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    bool reads(const std::string& text) {
        while (seen_.find(text) == std::string::npos) {
            if (!read_some()) return false;
        }
        return true;
    }
    void type(const std::string& keys) const {
        ASSERT_EQ(::write(terminal_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
    }
    int exit_code() {
        while (read_some()) {
        }
        int status = 0;
        ::waitpid(id_, &status, 0);
        ended_ = true;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    const std::string& seen() const { return seen_; }

  private:
    bool read_some() {
        pollfd input{terminal_, POLLIN, 0};
        if (::poll(&input, 1, 30'000) <= 0) return false;
        char buffer[4096];
        const ssize_t got = ::read(terminal_, buffer, sizeof buffer);
        if (got <= 0) return false;
        seen_.append(buffer, static_cast<std::size_t>(got));
        return true;
    }

    int terminal_ = -1;
    pid_t id_ = -1;
    bool ended_ = false;
    std::string seen_;
};

TEST_F(CliRoomTest, WaitsForThePersonAtATerminal) {
    Terminal terminal(training());
    ASSERT_TRUE(terminal.reads("\"samples\":0"));
    ASSERT_TRUE(terminal.reads("\"images_per_s\":"));
    block();
    terminal.type("\x03");  // Ctrl-C
    ASSERT_TRUE(terminal.reads("press Enter")) << terminal.seen();
    unblock();
    terminal.type("\n");
    EXPECT_EQ(terminal.exit_code(), 0) << terminal.seen();
    EXPECT_GT(io::load_run(folder / "run").checkpoint.samples, 0);
}

TEST_F(CliRoomTest, GoesElsewhereWhereThePersonAtATerminalWishesIt) {
    for (const char* keys : {"q\n", "\x03"}) {
        Terminal terminal(training());
        ASSERT_TRUE(terminal.reads("\"samples\":0"));
        block();
        terminal.type("\x03");
        ASSERT_TRUE(terminal.reads("press Enter")) << terminal.seen();
        terminal.type(keys);
        EXPECT_EQ(terminal.exit_code(), 1) << terminal.seen();
        EXPECT_GE(samples_of_run_in(folder / "state/elbow/runs"), 0);
        fs::remove_all(folder / "state");
        unblock();
    }
}

}  // namespace
}  // namespace elbow
