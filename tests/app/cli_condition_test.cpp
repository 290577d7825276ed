// What the commands decode of a run that is told the labels.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/core/file.h"
#include "tests/app/elbow_program.h"
#include "tests/temporary_folder.h"

namespace elbow {
namespace {

using ::testing::HasSubstr;
using testing_support::ChildResult;
using testing_support::elbow_with;
using testing_support::small_training;
using testing_support::TemporaryFolder;

class CliCondition : public ::testing::Test {
  protected:
    CliCondition() {
        const ChildResult trained = elbow_with(small_training(
            {"--condition", "label", "--samples", "4e3", "--out", (folder / "run").string()}));
        EXPECT_EQ(trained.exit_code, 0) << trained.err;
    }
    std::vector<std::uint8_t> picture(std::vector<std::string> arguments) {
        const std::filesystem::path file = folder / "picture.png";
        arguments.insert(arguments.begin() + 1, (folder / "run").string());
        arguments.insert(arguments.end(), {"-o", file.string()});
        const ChildResult done = elbow_with(arguments);
        EXPECT_EQ(done.exit_code, 0) << done.err;
        return read_file(file);
    }
    TemporaryFolder folder;
};

TEST_F(CliCondition, SamplesHaveALabelARowUnlessOneIsGiven) {
    const auto rows = picture({"sample", "--count", "16"});
    EXPECT_NE(rows, picture({"sample", "--count", "16", "--label", "0"}));
    EXPECT_NE(rows, picture({"sample", "--count", "16", "--label", "2"}));
    const auto grid = picture({"sample", "--grid", "3"});
    EXPECT_EQ(grid, picture({"sample", "--grid", "3", "--label", "0"}));
    EXPECT_NE(grid, picture({"sample", "--grid", "3", "--label", "1"}));
}

TEST_F(CliCondition, FramesHaveTheLabelOfTheLeftImageUnlessOneIsGiven) {
    const std::vector<std::string> frames = {"interpolate", "--from", "0", "--to", "3"};
    const auto as_the_left = picture(frames);
    int alike = 0;
    for (const char* label : {"0", "1", "2", "3"}) {
        std::vector<std::string> with_label = frames;
        with_label.insert(with_label.end(), {"--label", label});
        alike += picture(with_label) == as_the_left;
    }
    EXPECT_EQ(alike, 1);
}

TEST_F(CliCondition, RefusesALabelThatIsNotThere) {
    const std::string file = (folder / "picture.png").string();
    const auto refused = [&](const std::string& run, const char* label) {
        const ChildResult done =
            elbow_with({"sample", run, "--grid", "2", "--label", label, "-o", file});
        EXPECT_EQ(done.exit_code, 2);
        EXPECT_FALSE(std::filesystem::exists(file));
        return done.err;
    };
    EXPECT_THAT(refused((folder / "run").string(), "4"), HasSubstr("expected 0 to 3, found 4"));
    const std::string plain = (folder / "plain").string();
    ASSERT_EQ(elbow_with(small_training({"--samples", "400", "--out", plain})).exit_code, 0);
    EXPECT_THAT(refused(plain, "0"), HasSubstr("without labels"));
}

}  // namespace
}  // namespace elbow
