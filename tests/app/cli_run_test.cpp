// What is done with the run that `elbow train` leaves.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stb_image.h>

#include <fstream>

#include "engine/core/file.h"
#include "engine/io/run_folder.h"
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
using testing_support::elbow_with;
using testing_support::json_lines;
using testing_support::json_of;
using testing_support::small_training;
using testing_support::TemporaryFolder;

struct ImageSize {
    int width = 0;
    int height = 0;
    bool operator==(const ImageSize&) const = default;
};
std::ostream& operator<<(std::ostream& out, const ImageSize& size) {
    return out << size.width << " x " << size.height;
}

ImageSize png_size(const fs::path& path) {
    ImageSize size;
    int channels = 0;
    stbi_info(path.c_str(), &size.width, &size.height, &channels);
    return size;
}

// One small run that the tests below look at.
class CliRun : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        shared_folder = new TemporaryFolder;
        trained = elbow_with(small_training(
            {"--samples", "5e3", "--batch", "50", "--json", "--out", run().string()}));
    }
    static void TearDownTestSuite() {
        delete shared_folder;
        shared_folder = nullptr;
    }
    static fs::path run() { return *shared_folder / "run"; }
    static fs::path file(const std::string& name) { return *shared_folder / name; }

    static TemporaryFolder* shared_folder;
    static ChildResult trained;
};

TemporaryFolder* CliRun::shared_folder = nullptr;
ChildResult CliRun::trained;

TEST_F(CliRun, PrintsTheEightKeysForEachEvaluation) {
    ASSERT_EQ(trained.exit_code, 0) << trained.err;
    const auto lines = json_lines(trained.out);
    ASSERT_GE(lines.size(), 2U);
    for (const auto& line : lines) {
        std::vector<std::string> keys;
        for (const auto& [key, value] : line.object()) keys.push_back(key);
        EXPECT_THAT(keys, ::testing::UnorderedElementsAre(
                              "samples", "seconds", "epoch", "train_bound", "test_bound",
                              "test_reconstruction", "test_kl", "images_per_s"));
        EXPECT_NEAR(line.at("test_bound").number(),
                    line.at("test_reconstruction").number() - line.at("test_kl").number(), 1e-6);
    }
    EXPECT_TRUE(lines.front().at("train_bound").is_null());
    EXPECT_EQ(lines.front().at("samples").whole(), 0);
    EXPECT_EQ(lines.back().at("samples").whole(), 5000);
    EXPECT_GT(lines.back().at("images_per_s").number(), 0.0);
    EXPECT_GT(lines.back().at("test_bound").number(), lines.front().at("test_bound").number() + 15);
    EXPECT_EQ(trained.out.rfind(R"({"samples":0,"seconds":)", 0), 0U) << "the keys' order";
}

TEST_F(CliRun, IsSavedWhole) {
    const io::SavedRun saved = io::load_run(run());
    EXPECT_EQ(saved.checkpoint.samples, 5000);
    EXPECT_EQ(saved.checkpoint.config.minibatch, 50);
    EXPECT_EQ(saved.checkpoint.evaluations.size(), json_lines(trained.out).size());
    std::vector<std::int64_t> recorded;
    for (const train::TrainRecord& record : saved.checkpoint.training)
        recorded.push_back(record.samples);
    EXPECT_THAT(recorded, ::testing::ElementsAre(1000, 2000, 3000, 4000, 5000));
}

TEST_F(CliRun, IsNotReplacedUnlessForced) {
    const std::string before = bytes_of(run() / "run.json");
    const ChildResult refused =
        elbow_with(small_training({"--samples", "100", "--out", run().string()}));
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, AllOf(HasSubstr("already holds a run"), HasSubstr("--force")));
    EXPECT_EQ(bytes_of(run() / "run.json"), before);

    const std::string copy = file("copy").string();
    fs::copy(run(), copy);
    const ChildResult forced =
        elbow_with(small_training({"--samples", "100", "--out", copy, "--force"}));
    EXPECT_EQ(forced.exit_code, 0) << forced.err;
    EXPECT_EQ(io::load_run(copy).checkpoint.samples, 100);
}

TEST_F(CliRun, IsRepeatedBitForBit) {
    const std::string again = file("again").string();
    const ChildResult result =
        elbow_with({"train", "--repeat", run().string(), "--threads", "1", "--out", again});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(bytes_of(fs::path(again) / "model.safetensors"),
              bytes_of(run() / "model.safetensors"));
}

// At this size of network and minibatch two threads and three give different weights.
TEST_F(CliRun, IsRepeatedAndGoesOnWithItsOwnNumberOfThreads) {
    const auto train = [](Arguments arguments, const std::string& out) {
        arguments.insert(arguments.begin(), "train");
        arguments.insert(arguments.end(), {"--out", out});
        ChildResult result = elbow_with(arguments);
        EXPECT_EQ(result.exit_code, 0) << result.err;
        return result;
    };
    const auto weights = [](const std::string& run) {
        return bytes_of(fs::path(run) / "model.safetensors");
    };
    const std::string first = file("three threads").string();
    train({"--dataset", "shapes", "--hidden", "53", "--latent", "20", "--batch", "37", "--samples",
           "1110", "--threads", "3"},
          first);
    EXPECT_EQ(io::load_run(first).checkpoint.threads, 3);

    const std::string again = file("three threads again").string();
    train({"--repeat", first}, again);
    EXPECT_EQ(io::load_run(again).checkpoint.threads, 3);
    EXPECT_EQ(weights(again), weights(first));

    const std::string half = file("half").string();
    const std::string whole = file("whole").string();
    train({"--repeat", first, "--samples", "555"}, half);
    train({"--resume", half, "--samples", "555"}, whole);
    EXPECT_EQ(io::load_run(whole).checkpoint.threads, 3);
    EXPECT_EQ(weights(whole), weights(first));

    const std::string other = file("other threads").string();
    train({"--repeat", first, "--threads", "2"}, other);
    EXPECT_EQ(io::load_run(other).checkpoint.threads, 2);
    const std::string mixed = file("mixed threads").string();
    train({"--resume", half, "--samples", "555", "--threads", "2"}, mixed);
    EXPECT_EQ(io::load_run(mixed).checkpoint.threads, std::nullopt);
    const ChildResult unsure = train({"--repeat", mixed}, file("unsure").string());
    EXPECT_THAT(unsure.err, HasSubstr("may differ"));
}

TEST_F(CliRun, GoesOnAsIfItHadNeverStopped) {
    const std::string parts = file("parts").string();
    const std::string resumed = file("resumed").string();
    Arguments first = small_training({"--samples", "2e3", "--batch", "50", "--out", parts});
    ASSERT_EQ(elbow_with(first).exit_code, 0);
    const ChildResult result = elbow_with(
        {"train", "--resume", parts, "--samples", "3000", "--threads", "1", "--out", resumed});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(bytes_of(fs::path(resumed) / "model.safetensors"),
              bytes_of(run() / "model.safetensors"));
    EXPECT_EQ(io::load_run(parts).checkpoint.samples, 2000);
    const io::SavedRun whole = io::load_run(resumed);
    EXPECT_EQ(whole.checkpoint.samples, 5000);
    EXPECT_EQ(whole.checkpoint.training.size(), 5U) << "the curve goes on, too";
}

TEST_F(CliRun, LeavesWhereTheWindowWasAsItWas) {
    const std::string folder = file("from the window").string();
    fs::copy(run(), folder);
    io::replace_session(folder, R"({"name": "mine"})");
    ASSERT_EQ(elbow_with({"train", "--resume", folder, "--samples", "100"}).exit_code, 0);
    EXPECT_EQ(io::load_run(folder).checkpoint.samples, 5100);
    EXPECT_EQ(io::load_session(folder), R"({"name": "mine"})");
}

// Where a run computes belongs to the machine, not to the run.
TEST_F(CliRun, GoesOnOnTheDeviceThatIsNamed) {
    EXPECT_THAT(bytes_of(run() / "run.json"), Not(HasSubstr("\"device\"")));
    const std::string gone_on = file("on the processor").string();
    const ChildResult result = elbow_with({"train", "--resume", run().string(), "--samples", "100",
                                           "--device", "cpu", "--out", gone_on});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(io::load_run(gone_on).checkpoint.samples, 5100);
}

TEST_F(CliRun, LogsAChangeOfStepSizeAndRepeatsIt) {
    const std::string changed = file("changed").string();
    const std::string again = file("changed again").string();
    ASSERT_EQ(elbow_with({"train", "--resume", run().string(), "--samples", "500", "--step-size",
                          "1e-4", "--threads", "1", "--out", changed})
                  .exit_code,
              0);
    ASSERT_EQ(
        elbow_with({"train", "--repeat", changed, "--threads", "1", "--out", again}).exit_code, 0);
    ASSERT_EQ(io::load_run(again).checkpoint.changes.size(), 1U);
    EXPECT_EQ(io::load_run(again).checkpoint.changes[0].step, 100);
    EXPECT_EQ(bytes_of(fs::path(again) / "model.safetensors"),
              bytes_of(fs::path(changed) / "model.safetensors"));

    const ChildResult refused = elbow_with({"train", "--resume", changed, "--hidden", "17"});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, AllOf(HasSubstr("--hidden"), HasSubstr("16")));
}

TEST_F(CliRun, IsEvaluatedToTheSameNumbers) {
    const ChildResult result = elbow_with({"eval", run().string(), "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const Json evaluated = json_of(result.out);
    const auto last = json_lines(trained.out).back();
    for (const char* key : {"samples", "test_bound", "test_reconstruction", "test_kl"})
        EXPECT_EQ(evaluated.at(key).number(), last.at(key).number());
    EXPECT_EQ(evaluated.at("test_kl_per_latent").array().size(), 2U);

    const ChildResult more = elbow_with({"eval", run().string(), "--noise-samples", "4"});
    EXPECT_EQ(more.exit_code, 0);
    EXPECT_THAT(more.out,
                AllOf(HasSubstr("grey targets"), HasSubstr("L = 4"), HasSubstr("nats per image"),
                      HasSubstr("KL of z1"), HasSubstr("KL of z2")));
}

TEST_F(CliRun, IsDecodedIntoPictures) {
    const io::SavedRun saved = io::load_run(run());
    const int width = saved.checkpoint.spec.image.width;
    const int height = saved.checkpoint.spec.image.height;
    const auto picture = file("picture.png");
    const auto expect_size = [&](Arguments arguments, ImageSize size) {
        arguments.insert(arguments.end(), {"-o", picture.string()});
        const ChildResult result = elbow_with(arguments);
        EXPECT_EQ(result.exit_code, 0) << result.err;
        EXPECT_EQ(png_size(picture), size);
        fs::remove(picture);
    };
    expect_size({"sample", run().string(), "--grid", "6"}, {6 * width, 6 * height});
    expect_size({"sample", run().string(), "--grid", "3", "--axes", "z2,1", "--pixel-scale", "2"},
                {6 * width, 6 * height});
    expect_size({"sample", run().string(), "--count", "7", "--seed", "5"}, {3 * width, 3 * height});
    expect_size(
        {"interpolate", run().string(), "--from", "0", "--to", "3", "--frames", "5", "--spherical"},
        {5 * width, height});
    expect_size({"interpolate", run().string(), "--from", "0", "--to", "3", "--frames", "4",
                 "--geodesic", "--even"},
                {4 * width, height});
    expect_size({"interpolate", run().string(), "--from", "0", "--to", "3", "--through", "1,2",
                 "--smooth", "--loop", "--frames", "9"},
                {9 * width, height});
}

TEST_F(CliRun, IsDecodedToStandardOutputWhereTheFileIsADash) {
    const ChildResult piped = elbow_with({"sample", run().string(), "--grid", "3", "-o", "-"});
    EXPECT_EQ(piped.exit_code, 0) << piped.err;
    EXPECT_EQ(piped.out.substr(0, 4), "\x89PNG");
    EXPECT_THAT(piped.err, HasSubstr("written to standard output"));
    EXPECT_FALSE(fs::exists("-"));
    // Appended to what a file holds, as the shell was told.
    const fs::path log = file("log");
    write_file_atomically(log, std::string_view("before\n"));
    const ChildResult appended =
        elbow_in_shell({"sample", run().string(), "--grid", "3", "-o", "-"}, ">>" + log.string());
    EXPECT_EQ(appended.exit_code, 0) << appended.err;
    EXPECT_EQ(bytes_of(log), "before\n" + piped.out);
}

TEST_F(CliRun, RefusesPicturesThatCannotBe) {
    const auto expect = [&](const Arguments& arguments, int exit_code, const std::string& why) {
        const ChildResult result = elbow_with(arguments);
        EXPECT_EQ(result.exit_code, exit_code);
        EXPECT_THAT(result.err, HasSubstr(why));
    };
    const std::string out = file("no.png").string();
    expect({"sample", run().string(), "--grid", "1000", "--pixel-scale", "64", "-o", out}, 2,
           "pixels");
    for (const char* axes : {"0,1", "1,3", "2,2", "z1", "z,1", "1,-2"})
        expect({"sample", run().string(), "--grid", "3", "--axes", axes, "-o", out}, 2, "--axes");
    expect({"sample", run().string(), "--grid", "3", "-o", file("no.jpg").string()}, 2, ".png");
    expect({"sample", run().string(), "--grid", "3", "-o", file("no/no.png").string()}, 1,
           "no.png");
    expect({"interpolate", run().string(), "--from", "0", "--to", "1e6", "-o", out}, 2,
           "held-out image");
    expect({"interpolate", run().string(), "--from", "0", "--to", "3", "--spherical", "--geodesic",
            "-o", out},
           2, "--spherical");
    expect({"interpolate", run().string(), "--from", "3", "--to", "3", "-o", out}, 2,
           "a path of one point");
    expect(
        {"interpolate", run().string(), "--from", "0", "--to", "3", "--through", "1,x", "-o", out},
        2, "--through");
    expect(
        {"interpolate", run().string(), "--from", "0", "--to", "3", "--through", "1e6", "-o", out},
        2, "--through");
    EXPECT_FALSE(fs::exists(out));
}

TEST_F(CliRun, SaysWhatIsMissingInARunFolder) {
    for (const char* missing :
         {"run.json", "model.safetensors", "optimizer.safetensors", "metrics.csv"}) {
        const auto damaged = file(std::string("without ") + missing);
        fs::copy(run(), damaged);
        fs::remove(damaged / missing);
        const ChildResult result = elbow_with({"eval", damaged.string()});
        EXPECT_EQ(result.exit_code, 1);
        EXPECT_THAT(result.err, HasSubstr(std::string("has no ") + missing));
    }
    EXPECT_EQ(elbow_with({"eval", file("nowhere").string()}).exit_code, 1);
}

}  // namespace
}  // namespace elbow
