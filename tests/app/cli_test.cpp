// The program as it is called from a shell: exit codes, what stands on which stream, and the run
// folders it leaves.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stb_image.h>

#include <cmath>
#include <fstream>

#include "engine/core/file.h"
#include "engine/core/path_text.h"
#include "engine/core/version.h"
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
using testing_support::json_lines;
using testing_support::json_of;
using testing_support::small_training;
using testing_support::TemporaryFolder;

std::string bytes_of(const fs::path& path) {
    const auto bytes = read_file(path);
    return {bytes.begin(), bytes.end()};
}

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

TEST(Cli, SaysItsVersions) {
    const ChildResult result = elbow_with({"--version"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out,
                AllOf(HasSubstr(std::string("elbow ") + version()), HasSubstr("LibTorch "),
                      HasSubstr("oneDNN "), HasSubstr("ImGui 1."), HasSubstr("GLFW 3.")));
    EXPECT_THAT(result.err, IsEmpty());
}

TEST(Cli, HelpsEverywhere) {
    const ChildResult overview = elbow_with({"--help"});
    EXPECT_EQ(overview.exit_code, 0);
    for (const std::string command :
         {"gui", "train", "eval", "sample", "interpolate", "reproduce", "bench", "data"}) {
        EXPECT_THAT(overview.out, HasSubstr("\n  " + command));
        const ChildResult help = elbow_with({command, "--help"});
        EXPECT_EQ(help.exit_code, 0) << command;
        EXPECT_THAT(help.out, HasSubstr("--help")) << command;
        EXPECT_THAT(help.err, IsEmpty()) << command;
    }
    EXPECT_THAT(elbow_with({"train", "--help"}).out,
                AllOf(HasSubstr("--latent"), HasSubstr("1 to 200"), HasSubstr("nats per image"),
                      HasSubstr("--step-size")));
}

TEST(Cli, CallsWrongUsageWrongUsage) {
    const std::vector<std::pair<Arguments, std::string>> wrong = {
        {{"explode"}, "There is no command 'explode'. Choose"},
        {{"trian"}, "There is no command 'trian'. Did you mean 'train'?"},
        {{"train", "--optimiser", "adam"},
         "elbow train has no option '--optimiser'. Did you mean '--optimizer'?"},
        {{"train", "--optimiser=adam"}, "Did you mean '--optimizer'?"},
        {{"--latents", "5"}, "elbow gui has no option '--latents'. Did you mean '--latent'?"},
        {{"train", "-latent", "5"},
         "elbow train has no option '-latent'. Did you mean '--latent'?"},
        {{"train", "latent=5"}, "elbow train does not take 'latent=5'. Did you mean '--latent'?"},
        {{"sample", "run", "more", "-o", "x.png"}, "elbow sample does not take 'more'"},
        {{"train", "--optimizer", "adma"}, "Did you mean 'adam'?"},
        {{"train", "--dataset", "mnits"}, "Did you mean 'mnist'?"},
        {{"train", "--estimator", "sgvb-b"}, "Did you mean 'sgvb_b'?"},
        {{"train", "--activation", "tahn"}, "Did you mean 'tanh'?"},
        {{"bench", "trian"}, "Did you mean 'train'?"},
        {{"reproduce", "fig", "--out", "x"}, "Did you mean 'fig2'?"},
        {{"data", "lits"}, "elbow data has no subcommand 'lits'. Did you mean 'list'?"},
        {{"data", "fetch"}, "elbow data fetch needs name"},
        {{"train", "--latent", "2", "--latent", "5"},
         "--latent was given twice, with '2' and '5'. Give it once."},
        {{"train", "--out", "a", "--out", "b", "--out", "c"}, "--out was given several times"},
        {{"train", "--latent"}, "--latent: expected COUNT behind it, found nothing."},
        {{"train", "--samples", "1e16"},
         "--samples: expected a whole number from 0 to 9007199254740992, found '1e16'."},
        {{"train", "--samples", "-5"}, "from 0 to 9007199254740992, found '-5'"},
        {{"train", "--epochs", "many"}, "--epochs: expected a number from 0 on"},
        {{"gui", "--scale", "9"}, "--scale: expected a number from 0.5 to 4"},
        {{"gui", "--exit-after", "soon"}, "--exit-after: expected a number from 0 on"},
        {{"gui", "--threads", "many"}, "--threads: expected a whole number"},
        {{"train", "--out", "-"}, "./-"},
        {{"train", "--latent", "0"}, "1 to 200"},
        {{"train", "--latent", "two"}, "1 to 200"},
        {{"train", "--dataset", "imagenet"}, "shapes"},
        {{"train", "--dataset", "shapes:side=300"}, "28 to 128"},
        {{"gui", "--dataset", "shapes:train=10"}, "10000 to 2000000"},
        {{"train", "--dataset", "mnist:side=32"}, "no parameters"},
        {{"train", "--optimizer", "newton"}, "adagrad"},
        {{"train", "--temperature", "3"}, "--temperature"},
        {{"train", "--samples", "1e3", "--epochs", "1"}, "exclude each other. Give one of them."},
        {{"train", "--samples", "1.5"}, "whole number"},
        {{"train", "--seconds", "-1"}, "--seconds"},
        {{"train", "--dataset", "shapes", "--train-images", "50", "--batch", "51"},
         "at most the 50"},
        {{"train", "--threads", "0"}, "1 to 256"},
        {{"train", "--device", "gpu"}, "auto, cpu, cuda"},
        {{"train", "--dataset", "shapes", "--estimator", "iwae", "--gradients", "autograd"},
         "sgvb_b, sgvb_a, wake_sleep, found iwae"},
        {{"train", "--dataset", "shapes", "--samples", "0", "--out", ""}, "--out: expected a path"},
        {{"train", "--dataset", "shapes", "--samples", "0", "--out="}, "--out"},
        {{"train", "--resume", ""}, "--resume: expected a path"},
        {{"train", "--data-dir", ""}, "--data-dir: expected a path"},
        {{"sample", "run", "--count", "1", "-o", ""}, "--output: expected a path"},
        {{"eval", ""}, "RUN: expected a path"},
        {{"sample"}, "RUN"},
        {{"sample", "run"}, "-o"},
        {{"sample", "run", "-o", "a.png"}, "--grid"},
        {{"interpolate", "run", "--from", "1", "-o", "a.png"}, "--to"},
        {{"eval"}, "RUN"},
        {{"reproduce"}, "FIGURE"},
        {{"reproduce", "fig2"}, "--out"},
        {{"reproduce", "fig7", "--out", "x"}, "fig2, fig3"},
        {{"reproduce", "fig2", "--samples", "10", "--out", "x"}, "from 20000 to"},
        {{"bench", "fast"}, "decode"},
        {{"bench", "train", "--seconds", "0"}, "--seconds: expected a time above 0"},
        {{"bench", "train", "--seconds", "4e3"}, "up to 3600 s"},
        {{"bench", "train", "--model", "CNN"}, "784-500-20 tanh, SGVB B"},
        {{"bench", "train", "--repeats", "0"}, "1 to 1000"},
        {{"bench", "train", "--threads", "0"}, "1 to 256"},
        {{"data"}, "elbow data needs a subcommand: list, fetch."}};
    for (const auto& [arguments, why] : wrong) {
        const ChildResult result = elbow_with(arguments);
        EXPECT_EQ(result.exit_code, 2) << why;
        EXPECT_THAT(result.err, AllOf(HasSubstr("elbow: "), HasSubstr(why)));
        EXPECT_THAT(result.out, IsEmpty());
    }
}

TEST(Cli, TakesBlanksAroundNumbers) {
    const ChildResult result = elbow_with(small_training(
        {"--samples", " 200 ", "--latent", "\t3", "--step-size", " 1e-3 ", "--batch", "50\n"}));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("200 images seen"));
}

TEST(Cli, ListsFoldersWhoseNamesAreNotUtf8) {
    const TemporaryFolder folder;
    const std::string name = (folder / "caf\xE9").string();
    fs::create_directories(name);
    for (const char* file : {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                             "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
        write_file_atomically(fs::path(name) / file, std::string_view("any"));
    }
    const ChildResult result = elbow_with({"data", "list", "--json", "--data-dir", name});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr((folder / "caf%E9").string() + "\""));
    const io::Json list = json_of(result.out);
    EXPECT_EQ(path_of_text(list.array().at(0).at("folder").string()), fs::path(name));
}

TEST(Cli, SaysThatAProcessorHasNoBfloat16Products) {
    Arguments line = {"/usr/bin/env", "ONEDNN_MAX_CPU_ISA=AVX2"};
    for (const std::string& each :
         command_line(small_training({"--samples", "100", "--gradients", "bfloat16"})))
        line.push_back(each);
    const ChildResult result = ChildProcess(line).wait();
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, AllOf(HasSubstr("AVX-512 BF16"), HasSubstr("--gradients fused")));
}

// The reference path, from the command line to the end of a training.
TEST(Cli, LearnsTheSameByLibTorchAsByItsOwnKernels) {
    for (const std::string estimator : {"sgvb_b", "sgvb_a", "wake_sleep"}) {
        const auto bound_by = [&](const std::string& gradients) {
            const ChildResult result =
                elbow_with(small_training({"--estimator", estimator, "--gradients", gradients,
                                           "--samples", "2000", "--json"}));
            EXPECT_EQ(result.exit_code, 0) << result.err;
            return json_lines(result.out).back().at("test_bound").number();
        };
        const double fused = bound_by("fused");
        EXPECT_NEAR(bound_by("autograd"), fused, 1e-4 * std::abs(fused)) << estimator;
    }
}

// Before a data set is looked for or a window opens.
TEST(Cli, SaysWhyThereIsNoCuda) {
    if (torch_has_cuda()) GTEST_SKIP() << "this LibTorch has CUDA";
    for (const char* command : {"train", "gui"}) {
        const ChildResult result = elbow_with({command, "--dataset", "mnist", "--device", "cuda"});
        EXPECT_EQ(result.exit_code, 2) << command;
        EXPECT_THAT(result.err, AllOf(HasSubstr("elbow: --device cuda"), HasSubstr("without CUDA"),
                                      HasSubstr("Leave --device out")));
        EXPECT_THAT(result.out, IsEmpty());
    }
}

TEST(Cli, SaysWhoComputesTheGradients) {
    const auto header = [](const Arguments& more) {
        const ChildResult result = elbow_with(small_training(more));
        EXPECT_EQ(result.exit_code, 0) << result.err;
        return result.out.substr(0, result.out.find('\n'));
    };
    EXPECT_THAT(header({"--samples", "100"}), HasSubstr("gradients by our kernels on the CPU"));
    EXPECT_THAT(header({"--samples", "100", "--gradients", "autograd", "--device", "cpu"}),
                HasSubstr("gradients by LibTorch on the CPU"));
}

TEST(Cli, RefusesAFolderItCannotWriteBeforeTraining) {
    const TemporaryFolder folder;
    write_file_atomically(folder / "file", std::string_view("mine"));
    for (const fs::path& out : {folder / "file", folder / "file/run", folder.path()}) {
        const ChildResult result = elbow_with(small_training({"--out", out.string()}));
        EXPECT_EQ(result.exit_code, 1);
        EXPECT_THAT(result.err, HasSubstr(out.string()));
        EXPECT_THAT(result.out, IsEmpty());
    }
    EXPECT_EQ(bytes_of(folder / "file"), "mine");
}

TEST(Cli, SaysThatNothingIsSavedWithoutOut) {
    const ChildResult result = elbow_with(small_training({"--samples", "200"}));
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, AllOf(HasSubstr("grey targets"), HasSubstr("Nothing was saved")));
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
    EXPECT_GT(lines.back().at("test_bound").number(), lines.front().at("test_bound").number() + 50);
    EXPECT_EQ(trained.out.rfind(R"({"samples":0,"seconds":)", 0), 0U) << "the keys' order";
}

TEST_F(CliRun, IsSavedWhole) {
    const io::SavedRun saved = io::load_run(run());
    EXPECT_EQ(saved.checkpoint.samples, 5000);
    EXPECT_EQ(saved.checkpoint.config.minibatch, 50);
    EXPECT_EQ(saved.evaluations.size(), json_lines(trained.out).size());
    std::vector<std::int64_t> recorded;
    for (const train::TrainRecord& record : saved.companions.training)
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

TEST(Cli, GoesOnWithShapesOfTheSizeThatARunBeganWith) {
    const TemporaryFolder folder;
    const std::string run = (folder / "run").string();
    const ChildResult first =
        elbow_with({"train", "--dataset", "shapes:held-out=1e3,side=32,train=1e4", "--hidden", "8",
                    "--threads", "1", "--samples", "500", "--out", run});
    ASSERT_EQ(first.exit_code, 0) << first.err;
    const io::SavedRun saved = io::load_run(run);
    EXPECT_EQ(saved.checkpoint.config.dataset, "shapes:side=32,train=10000,held-out=1000");
    EXPECT_EQ(saved.checkpoint.architecture.height, 32);
    ASSERT_TRUE(saved.dataset);
    EXPECT_EQ(saved.dataset->held_out_images, 1000);
    // Written in another way it is the same data.
    const ChildResult more =
        elbow_with({"train", "--resume", run, "--dataset", "shapes:side=32,train=1e4,held-out=1000",
                    "--samples", "500"});
    EXPECT_EQ(more.exit_code, 0) << more.err;
    EXPECT_EQ(io::load_run(run).checkpoint.samples, 1000);
    const ChildResult other =
        elbow_with({"train", "--resume", run, "--dataset", "shapes:side=32", "--samples", "500"});
    EXPECT_EQ(other.exit_code, 2);
    EXPECT_THAT(other.err, HasSubstr("keeps it"));
    const ChildResult judged = elbow_with({"eval", run, "--json"});
    EXPECT_EQ(judged.exit_code, 0) << judged.err;
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
    EXPECT_EQ(io::load_run(first).threads, 3);

    const std::string again = file("three threads again").string();
    train({"--repeat", first}, again);
    EXPECT_EQ(io::load_run(again).threads, 3);
    EXPECT_EQ(weights(again), weights(first));

    const std::string half = file("half").string();
    const std::string whole = file("whole").string();
    train({"--repeat", first, "--samples", "555"}, half);
    train({"--resume", half, "--samples", "555"}, whole);
    EXPECT_EQ(io::load_run(whole).threads, 3);
    EXPECT_EQ(weights(whole), weights(first));

    const std::string other = file("other threads").string();
    train({"--repeat", first, "--threads", "2"}, other);
    EXPECT_EQ(io::load_run(other).threads, 2);
    const std::string mixed = file("mixed threads").string();
    train({"--resume", half, "--samples", "555", "--threads", "2"}, mixed);
    EXPECT_EQ(io::load_run(mixed).threads, std::nullopt);
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
    EXPECT_EQ(whole.companions.training.size(), 5U) << "the curve goes on, too";
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
    const io::Json evaluated = json_of(result.out);
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
    const int width = saved.checkpoint.architecture.width;
    const int height = saved.checkpoint.architecture.height;
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

TEST(CliInterrupt, LeavesAWholeRun) {
    for (const int signal_number : {SIGINT, SIGTERM}) {
        const TemporaryFolder folder;
        const std::string run = (folder / "run").string();
        ChildProcess training(
            command_line(small_training({"--epochs", "1e5", "--json", "--out", run})));
        ASSERT_TRUE(training.wait_for_lines(3));
        training.send(signal_number);
        const ChildResult result = training.wait();
        EXPECT_EQ(result.exit_code, 0) << result.err;
        EXPECT_THAT(result.err, HasSubstr("Saved to"));
        const auto lines = json_lines(result.out);
        const io::SavedRun saved = io::load_run(run);
        EXPECT_GT(saved.checkpoint.samples, 0);
        EXPECT_EQ(lines.back().at("samples").whole(), saved.checkpoint.samples);
        EXPECT_EQ(saved.evaluations.size(), lines.size());
    }
}

TEST(CliInterrupt, EndsQuietlyWithASavedRunWhenNobodyReads) {
    const TemporaryFolder folder;
    const std::string run = (folder / "run").string();
    ChildProcess training(command_line(small_training({"--epochs", "1e5", "--out", run})));
    ASSERT_TRUE(training.wait_for_lines(5));  // three of headings, then evaluations
    training.close_output();
    const ChildResult result = training.wait();
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.err, Not(HasSubstr("elbow: ")));
    EXPECT_GT(io::load_run(run).checkpoint.samples, 0);
}

double saved_bound(const fs::path& run) {
    const ChildResult result = elbow_with({"eval", run.string(), "--json"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return json_of(result.out).at("test_bound").number();
}

Arguments sgd_training(const Arguments& more) {
    Arguments arguments = small_training({"--optimizer", "sgd", "--weight-prior", "off"});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

TEST(CliDivergence, IsAFailureThatKeepsWhatWasLearnt) {
    const TemporaryFolder folder;
    const fs::path run = folder / "run";
    const ChildResult result = elbow_with(
        sgd_training({"--step-size", "10", "--samples", "2e4", "--json", "--out", run.string()}));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, AllOf(HasSubstr("smaller step size"), HasSubstr(run.string())));
    const double untrained = json_lines(result.out).front().at("test_bound").number();
    EXPECT_GE(saved_bound(run), untrained);
}

TEST(CliDivergence, SaysHowToGoOnInWordsThatAShellTakes) {
    const TemporaryFolder folder;
    const fs::path run = folder / "it's a run";
    const ChildResult result = elbow_with(
        sgd_training({"--step-size", "10", "--samples", "2e4", "--json", "--out", run.string()}));
    ASSERT_EQ(result.exit_code, 1);
    const std::size_t begin = result.err.find("elbow train --resume");
    ASSERT_NE(begin, std::string::npos) << result.err;
    std::string line = result.err.substr(begin, result.err.find('\n', begin) - begin);
    EXPECT_THAT(line, HasSubstr("--step-size 5"));
    line.replace(0, 5, command_line({}).front());
    line.resize(line.find("--step-size"));
    const ChildResult on =
        ChildProcess({"/bin/sh", "-c", line + "--step-size 1e-4 --samples 200"}).wait();
    EXPECT_EQ(on.exit_code, 0) << on.err;
    EXPECT_EQ(io::load_run(run).checkpoint.changes.back().value, "1e-04");
}

TEST(CliDivergence, WithoutASaveThereIsNothingToGoOnFrom) {
    const ChildResult result = elbow_with(sgd_training({"--step-size", "10", "--samples", "2e4"}));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, AllOf(Not(HasSubstr("--resume")), HasSubstr("Start again"),
                                  HasSubstr("--step-size 5")));
}

TEST(CliDivergence, LeavesTheGoodSaveOfTheRunThatWentOn) {
    const TemporaryFolder folder;
    const fs::path run = folder / "run";
    const ChildResult good = elbow_with(
        sgd_training({"--step-size", "1e-3", "--samples", "2e4", "--out", run.string()}));
    ASSERT_EQ(good.exit_code, 0) << good.err;
    const double bound = saved_bound(run);
    for (const char* samples : {"200", "2e4"}) {  // ends with finite weights, and with none
        const ChildResult result = elbow_with({"train", "--resume", run.string(), "--threads", "1",
                                               "--samples", samples, "--step-size", "5"});
        EXPECT_EQ(result.exit_code, 1) << samples;
        EXPECT_THAT(result.err, AllOf(HasSubstr("good save"), HasSubstr(run.string()),
                                      HasSubstr("smaller step size")));
        EXPECT_EQ(saved_bound(run), bound);
        EXPECT_EQ(io::load_run(run).checkpoint.samples, 20'000);
    }
}

TEST(CliDivergence, LeavesTheRunThatWasToBeReplaced) {
    const TemporaryFolder folder;
    const fs::path run = folder / "run";
    ASSERT_EQ(elbow_with(small_training({"--samples", "2e3", "--out", run.string()})).exit_code, 0);
    const ChildResult result = elbow_with(
        sgd_training({"--step-size", "10", "--samples", "2e3", "--out", run.string(), "--force"}));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("was not replaced"));
    EXPECT_EQ(io::load_run(run).checkpoint.config.optimizer, RunConfig().optimizer);
}

}  // namespace
}  // namespace elbow
