#include "engine/core/folders.h"

#include <gtest/gtest.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <string>

namespace elbow {
namespace {

namespace fs = std::filesystem;

struct Folder {
    const char* variable;
    fs::path (*folder)();
    const char* below_home;
};
constexpr std::array kFolders = {
    Folder{"XDG_DATA_HOME", data_folder, ".local/share/elbow"},
    Folder{"XDG_STATE_HOME", state_folder, ".local/state/elbow"},
    Folder{"XDG_CONFIG_HOME", config_folder, ".config/elbow"},
};

// An environment in which HOME and the three variables are as a test says, and as before at its
// end.
class Folders : public ::testing::Test {
  protected:
    Folders() {
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            if (const char* value = ::getenv(kNames[i])) before_[i] = value;
            ::unsetenv(kNames[i]);
        }
    }
    ~Folders() override {
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            before_[i] ? ::setenv(kNames[i], before_[i]->c_str(), 1) : ::unsetenv(kNames[i]);
        }
    }

  private:
    static constexpr std::array kNames = {"HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
                                          "XDG_CONFIG_HOME"};
    std::array<std::optional<std::string>, kNames.size()> before_;
};

TEST_F(Folders, AreWhereTheVariablesSay) {
    ::setenv("HOME", "/home/someone", 1);
    for (const Folder& each : kFolders) {
        ::setenv(each.variable, "/some/where", 1);
        EXPECT_EQ(each.folder(), "/some/where/elbow") << each.variable;
    }
}

TEST_F(Folders, AreBelowTheHomeFolderWhereTheVariablesSayNothingOrSomethingRelative) {
    ::setenv("HOME", "/home/someone", 1);
    for (const Folder& each : kFolders) {
        const fs::path expected = fs::path("/home/someone") / each.below_home;
        EXPECT_EQ(each.folder(), expected) << each.variable;
        for (const char* value : {"", "some/where", ".", "~/data"}) {
            ::setenv(each.variable, value, 1);
            EXPECT_EQ(each.folder(), expected) << each.variable << "='" << value << "'";
        }
    }
}

TEST_F(Folders, AreTheAccountsWhereHomeIsMissingEmptyOrRelative) {
    const passwd* account = ::getpwuid(::geteuid());
    ASSERT_NE(account, nullptr);
    const fs::path home = account->pw_dir;
    for (const char* value : {static_cast<const char*>(nullptr), "", "relative/home"}) {
        if (value != nullptr) ::setenv("HOME", value, 1);
        EXPECT_EQ(home_folder(), home);
        for (const Folder& each : kFolders) EXPECT_EQ(each.folder(), home / each.below_home);
    }
}

}  // namespace
}  // namespace elbow
