// Options without a value, of every command.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "tests/app/elbow_program.h"

namespace elbow {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using testing_support::Arguments;
using testing_support::ChildResult;
using testing_support::elbow_with;

const std::vector<Arguments> kCommands = {{},
                                          {"gui"},
                                          {"train"},
                                          {"eval"},
                                          {"sample"},
                                          {"encode"},
                                          {"reconstruct"},
                                          {"interpolate"},
                                          {"reproduce"},
                                          {"bench"},
                                          {"data"},
                                          {"data", "list"},
                                          {"data", "fetch"},
                                          {"data", "describe"},
                                          {"data", "import"},
                                          {"data", "forget"}};

Arguments with(Arguments command, const std::string& argument) {
    command.push_back(argument);
    return command;
}

// As the help lists them, in the layout of any version of CLI11: nothing that stands for a value
// follows the name.
std::vector<std::string> flags_of(const Arguments& command) {
    const std::regex flag(" {2,12}(?:-\\w, *)?(--[\\w-]+)(?: Excludes: .*|  .*)?");
    std::vector<std::string> flags;
    std::istringstream help(elbow_with(with(command, "--help")).out);
    std::smatch found;
    for (std::string line; std::getline(help, line);)
        if (std::regex_match(line, found, flag)) flags.push_back(found[1]);
    return flags;
}

TEST(CliFlags, TakeNoValue) {
    std::set<std::string> all;
    for (const Arguments& command : kCommands) {
        for (const std::string& flag : flags_of(command)) {
            all.insert(flag);
            for (const char* value : {"5", "no", "false", "true", ""}) {
                const std::string argument = flag + "=" + value;
                const ChildResult result = elbow_with(with(command, argument));
                EXPECT_EQ(result.exit_code, 2) << argument;
                EXPECT_THAT(result.err, HasSubstr("elbow: " + flag + " takes no value. Leave"));
                EXPECT_THAT(result.err, HasSubstr(" --help' to see what is possible."));
                EXPECT_THAT(result.out, IsEmpty()) << argument;
            }
        }
    }
    EXPECT_THAT(all, IsSupersetOf({"--help", "--version", "--json", "--force", "--marginal",
                                   "--spherical", "--in-this-process"}));
    EXPECT_EQ(elbow_with({"-h=5"}).exit_code, 2);
}

TEST(CliFlags, AreToldFromValuesThatLookLikeThem) {
    const ChildResult path = elbow_with({"eval", "--data-dir", "--json=5", "no run"});
    EXPECT_EQ(path.exit_code, 1);
    EXPECT_THAT(path.err, HasSubstr("no run"));
    const ChildResult forgotten = elbow_with({"train", "--out", "--force", "--samples", "100"});
    EXPECT_EQ(forgotten.exit_code, 2);
    EXPECT_THAT(forgotten.err, HasSubstr("--out: expected a path, found '--force'"));
    const ChildResult argument = elbow_with({"eval", "--", "--json=5"});
    EXPECT_EQ(argument.exit_code, 1);
    EXPECT_THAT(argument.err, HasSubstr("--json=5"));
}

}  // namespace
}  // namespace elbow
