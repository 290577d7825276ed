// The program as it is called from a shell: exit codes, what stands on which stream, and the run
// folders it leaves.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
using testing_support::bytes_of;
using testing_support::ChildProcess;
using testing_support::ChildResult;
using testing_support::command_line;
using testing_support::elbow_with;
using testing_support::json_lines;
using testing_support::json_of;
using testing_support::small_training;
using testing_support::TemporaryFolder;

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
    for (const std::string command : {"gui", "train", "eval", "sample", "encode", "reconstruct",
                                      "interpolate", "reproduce", "bench", "data"}) {
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
        {{"--versoin"}, "elbow has no option '--versoin'. Did you mean '--version'?"},
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
        {{"train", "--prior", "normel"}, "Did you mean 'normal'"},
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
        {{"data"}, "elbow data needs a subcommand: list, fetch, describe"}};
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
    const Json list = json_of(result.out);
    EXPECT_EQ(path_of_text(list.array().at(0).at("folder").string()), fs::path(name));
}

TEST(Cli, AsksForNoRoundedProductsOfAProcessorWithoutThem) {
    Arguments line = {"/usr/bin/env", "ONEDNN_MAX_CPU_ISA=AVX2"};
    for (const std::string& each :
         command_line(small_training({"--samples", "100", "--gradients", "fastest"})))
        line.push_back(each);
    for (const auto& [name, instructions] :
         {std::pair{"bfloat16", "AVX-512 BF16"}, {"float16", "AVX-512 FP16"}}) {
        line.back() = name;
        const ChildResult result = ChildProcess(line).wait();
        EXPECT_EQ(result.exit_code, 2);
        EXPECT_THAT(result.err, AllOf(HasSubstr(instructions), HasSubstr("--gradients fused")));
    }
    line.back() = "fastest";
    const ChildResult fastest = ChildProcess(line).wait();
    EXPECT_EQ(fastest.exit_code, 0) << fastest.err;
    EXPECT_THAT(fastest.out, HasSubstr("gradients by our kernels on the CPU"));
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
    EXPECT_THAT(header({"--samples", "100", "--gradients", "auto"}),
                HasSubstr("gradients by our kernels on the CPU"));
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

TEST(Cli, GoesOnWithShapesOfTheSizeThatARunBeganWith) {
    const TemporaryFolder folder;
    const std::string run = (folder / "run").string();
    const ChildResult first =
        elbow_with({"train", "--dataset", "shapes:held-out=1e3,side=32,train=1e4", "--hidden", "8",
                    "--threads", "1", "--samples", "500", "--out", run});
    ASSERT_EQ(first.exit_code, 0) << first.err;
    const io::SavedRun saved = io::load_run(run);
    EXPECT_EQ(saved.checkpoint.config.dataset, "shapes:side=32,train=10000,held-out=1000");
    EXPECT_EQ(saved.checkpoint.spec.image.height, 32);
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
        EXPECT_EQ(saved.checkpoint.evaluations.size(), lines.size());
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

}  // namespace
}  // namespace elbow
