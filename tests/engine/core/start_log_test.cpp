#include "engine/core/start_log.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>

#include "engine/core/clock.h"
#include "engine/core/error.h"
#include "tests/temporary_folder.h"

namespace elbow {
namespace {

TEST(StartLog, WritesEachEventOnceWithItsTime) {
    const testing_support::TemporaryFolder folder;
    const double before_s = steady_now_s();
    StartLog log(folder / "start.csv");
    log.note("first_frame");
    log.note("first_frame");
    log.note("first_step");
    std::ifstream file(folder / "start.csv");
    std::string line;
    ASSERT_TRUE(std::getline(file, line));
    EXPECT_EQ(line, "event,steady_s");
    for (const std::string event : {"first_frame,", "first_step,"}) {
        ASSERT_TRUE(std::getline(file, line));
        ASSERT_EQ(line.substr(0, event.size()), event);
        const double at_s = std::stod(line.substr(event.size()));
        EXPECT_GE(at_s, before_s - 1e-5);
        EXPECT_LE(at_s, steady_now_s() + 1e-5);
    }
    EXPECT_FALSE(std::getline(file, line));
}

TEST(StartLog, IsSilentWithoutAFileAndRefusesOneThatCannotBe) {
    StartLog("").note("first_frame");
    const testing_support::TemporaryFolder folder;
    EXPECT_THROW(StartLog(folder / "nowhere" / "start.csv"), Error);
    EXPECT_THROW(StartLog("/dev/full"), Error);
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    EXPECT_THROW(StartLog(folder / "pipe"), Error);
}

// A disk that fills up while the log is written.
TEST(StartLog, SaysWhereALineCouldNotBeWritten) {
    const testing_support::TemporaryFolder folder;
    const auto file = folder / "start.csv";
    const auto overrun = [&file] {
        const rlimit few{64, 64};
        if (::setrlimit(RLIMIT_FSIZE, &few) != 0 || std::signal(SIGXFSZ, SIG_IGN) == SIG_ERR)
            return 2;
        StartLog log(file);
        log.note("first_frame");
        for (int i = 0; i < 100; ++i) log.note("event " + std::to_string(i));
        try {
            log.check();
            return 1;
        } catch (const Error& error) {
            return std::string(error.what()).find("File too large") != std::string::npos ? 0 : 3;
        }
    };
    EXPECT_EXIT(std::_Exit(overrun()), ::testing::ExitedWithCode(0), "");
    StartLog whole(file);
    whole.note("first_frame");
    EXPECT_NO_THROW(whole.check());
}

}  // namespace
}  // namespace elbow
