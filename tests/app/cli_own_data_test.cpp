// Pictures of a person's own, from a folder to a run.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "engine/io/image_sheet.h"
#include "tests/app/elbow_program.h"
#include "tests/temporary_folder.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::Arguments;
using testing_support::bytes_of;
using testing_support::ChildResult;
using testing_support::elbow_in_shell;
using testing_support::json_of;
using testing_support::TemporaryFolder;

class CliOwnData : public ::testing::Test {
  protected:
    void SetUp() override {
        put("cats", 12, 60);
        put("dogs", 12, 120);
    }
    // Pictures of 10 x 10 pixels, each of one grey.
    void put(const std::string& name, int count, int first_grey) {
        fs::create_directories(pictures() / name);
        for (int i = 0; i < count; ++i) {
            const auto grey = static_cast<std::uint8_t>(first_grey + i);
            io::write_png(pictures() / name / (std::to_string(i) + ".png"),
                          {10, 10, 1, std::vector<std::uint8_t>(100, grey)});
        }
    }
    fs::path pictures() const { return folder / "pets"; }
    std::string at(const std::string& name) const { return (folder / name).string(); }
    // With a data folder of its own.
    ChildResult elbow(const Arguments& arguments) const {
        return elbow_in_shell(arguments, "", "export XDG_DATA_HOME='" + at("home") + "'");
    }
    ChildResult train(const std::string& dataset, const Arguments& more = {}) const {
        Arguments arguments = {"train",     "--dataset", dataset,     "--hidden", "8",
                               "--threads", "1",         "--samples", "60"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return elbow(arguments);
    }

    TemporaryFolder folder;
};

TEST_F(CliOwnData, DescribesAFolder) {
    std::ofstream(pictures() / ".hidden") << "x";
    const ChildResult text = elbow({"data", "describe", pictures().string()});
    EXPECT_EQ(text.exit_code, 0) << text.err;
    EXPECT_THAT(text.out, AllOf(HasSubstr("24 images in 2 folders, 10 x 10 pixels, grey"),
                                HasSubstr("cats  12"), HasSubstr("left out: 1 hidden: .hidden"),
                                HasSubstr("Proposed: size=10x10"), HasSubstr("--name pets")));
    const Json json = json_of(elbow({"data", "describe", pictures().string(), "--json"}).out);
    EXPECT_EQ(json.at("count").whole(), 24);
    EXPECT_THAT(json.at("proposed").string(), HasSubstr("likelihood=gaussian"));
    EXPECT_FALSE(fs::exists(folder / "home/elbow/imported")) << "a look leaves nothing";
}

TEST_F(CliOwnData, ImportsListsTrainsAndForgets) {
    const ChildResult imported = elbow({"data", "import", pictures().string(), "--name", "mine",
                                        "--size", "8x6", "--fit", "squash", "--colour"});
    EXPECT_EQ(imported.exit_code, 0) << imported.err;
    EXPECT_THAT(imported.out, AllOf(HasSubstr("8 x 6 pixels in colour in 2 classes"),
                                    HasSubstr("elbow train --dataset mine")));
    EXPECT_THAT(elbow({"data", "list"}).out,
                AllOf(HasSubstr("mnist"), HasSubstr("mine"), HasSubstr(pictures().string())));
    EXPECT_THAT(elbow({"data", "list", "--json"}).out, HasSubstr("\"name\": \"mine\""));

    const ChildResult trained =
        train("mine", {"--out", at("run"), "--network", "paper", "--likelihood", "bernoulli"});
    EXPECT_EQ(trained.exit_code, 0) << trained.err;
    EXPECT_THAT(trained.err, AllOf(HasSubstr("Proposed for 'mine': --augment both --batch 21"),
                                   Not(HasSubstr("--network"))));
    EXPECT_EQ(elbow({"eval", at("run")}).exit_code, 0);

    EXPECT_EQ(elbow({"data", "forget", "mine"}).exit_code, 0);
    EXPECT_THAT(elbow({"data", "list"}).out, Not(HasSubstr("mine")));
    const ChildResult gone = elbow({"eval", at("run")});
    EXPECT_EQ(gone.exit_code, 2);
    EXPECT_THAT(gone.err, HasSubstr("no data set called 'mine'"));
    EXPECT_EQ(elbow({"data", "forget", "mine"}).exit_code, 2);
}

TEST_F(CliOwnData, TrainsOnAPathAndRemembersIt) {
    const ChildResult first = train(pictures().string());
    EXPECT_EQ(first.exit_code, 0) << first.err;
    EXPECT_THAT(first.err,
                AllOf(HasSubstr("24 images"), HasSubstr("is the data set 'pets'"),
                      HasSubstr("Gaussian likelihood, since"), HasSubstr("--likelihood gaussian")));
    const ChildResult second = train(pictures().string());
    EXPECT_EQ(second.exit_code, 0);
    EXPECT_THAT(second.err,
                AllOf(HasSubstr("Unchanged since it was imported"), Not(HasSubstr("24 images ("))));
}

TEST_F(CliOwnData, SaysThatTheImagesOfARunHaveChanged) {
    ASSERT_EQ(train(pictures().string(), {"--out", at("run")}).exit_code, 0);
    io::write_png(pictures() / "cats/0.png", {10, 10, 1, std::vector<std::uint8_t>(100, 200)});
    ASSERT_EQ(elbow({"data", "import", pictures().string(), "--name", "pets"}).exit_code, 0);
    const ChildResult changed = elbow({"eval", at("run")});
    EXPECT_EQ(changed.exit_code, 1);
    EXPECT_THAT(changed.err, HasSubstr("The run was trained on"));
}

TEST_F(CliOwnData, SaysWhatIsWrong) {
    const auto expect = [&](const Arguments& arguments, int code, const std::string& words) {
        const ChildResult result = elbow(arguments);
        EXPECT_EQ(result.exit_code, code) << words;
        EXPECT_THAT(result.err, HasSubstr(words));
    };
    const std::string path = pictures().string();
    expect({"data", "import", path, "--name", "mnist"}, 2, "built-in");
    expect({"data", "import", path, "--grey", "--colour"}, 2, "exclude each other");
    expect({"data", "import", path, "--size", "0"}, 2, "1 to 1024");
    expect({"data", "import", path, "--fit", "bend"}, 2, "pad, crop, squash");
    expect({"data", "describe", at("nowhere")}, 1, "nothing at");
    expect({"train", "--dataset", at("nowhere")}, 1, "nothing at");
    expect({"train", "--dataset", at("pets/cats/0.png")}, 1, "one picture");
}

TEST_F(CliOwnData, EncodesAndReconstructsPictures) {
    ASSERT_EQ(train(pictures().string(), {"--out", at("run")}).exit_code, 0);
    const ChildResult encoded = elbow(
        {"encode", at("run"), pictures().string(), "-o", at("codes.npz"), "--noise-samples", "2"});
    EXPECT_EQ(encoded.exit_code, 0) << encoded.err;
    EXPECT_THAT(encoded.out, HasSubstr("24 images encoded"));
    const std::string npz = bytes_of(folder / "codes.npz");
    for (const char* array : {"name.npy", "mean.npy", "deviation.npy", "bound.npy", "label.npy"})
        EXPECT_THAT(npz, HasSubstr(array));

    const ChildResult made =
        elbow({"reconstruct", at("run"), pictures().string(), "-o", at("pairs")});
    EXPECT_EQ(made.exit_code, 0) << made.err;
    EXPECT_TRUE(fs::exists(folder / "pairs/dogs-3.png.png"));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder / "pairs"), fs::directory_iterator()),
              24);
    const ChildResult again =
        elbow({"reconstruct", at("run"), pictures().string(), "-o", at("pairs")});
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_THAT(again.err, HasSubstr("not empty"));
}

}  // namespace
}  // namespace elbow
