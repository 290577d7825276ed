// The program and its run folders, where another program, other data or a spreadsheet has been
// there too; and options that name what is not there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "engine/core/file.h"
#include "engine/io/run_folder.h"
#include "tests/app/elbow_program.h"
#include "tests/engine/data/idx_files.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;
using data::Environment;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_support::Arguments;
using testing_support::ChildProcess;
using testing_support::ChildResult;
using testing_support::command_line;
using testing_support::elbow_with;
using testing_support::json_of;
using testing_support::small_training;
using testing_support::TemporaryFolder;

class CliRuns : public ::testing::Test {
  protected:
    std::string in(const std::string& name) const { return (folder.path() / name).string(); }
    static void expect_refused(const Arguments& arguments, const std::string& why) {
        const ChildResult result = elbow_with(arguments);
        EXPECT_EQ(result.exit_code, 1) << why;
        EXPECT_THAT(result.err, AllOf(HasSubstr("elbow: "), HasSubstr(why)));
        EXPECT_THAT(result.out, IsEmpty());
    }

    TemporaryFolder folder;
    std::string run = in("run");
};

TEST_F(CliRuns, ASecondProgramIsRefusedWhileTheFirstTrains) {
    ChildProcess first(command_line(small_training({"--epochs", "1e5", "--out", run})));
    ASSERT_TRUE(first.wait_for_lines(4));
    for (const Arguments& more : {Arguments{}, Arguments{"--force"}}) {
        Arguments second = small_training({"--samples", "100", "--out", run});
        second.insert(second.end(), more.begin(), more.end());
        expect_refused(second, "is in use: another Elbow (process ");
    }
    first.send(SIGINT);
    const ChildResult ended = first.wait();
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_GT(io::load_run(run).checkpoint.samples, 100);
    EXPECT_FALSE(fs::exists(in("run/run.lock")));
    expect_refused(small_training({"--samples", "100", "--out", run}), "already holds a run");
}

TEST_F(CliRuns, ARunGoesOnInOneProgramAtATime) {
    ASSERT_EQ(elbow_with(small_training({"--samples", "100", "--out", run})).exit_code, 0);
    ChildProcess first(command_line({"train", "--resume", run, "--epochs", "1e5"}));
    ASSERT_TRUE(first.wait_for_lines(4));
    expect_refused({"train", "--resume", run}, "in use");
    const ChildResult judged = elbow_with({"eval", run});
    EXPECT_EQ(judged.exit_code, 0) << "reading needs no lock: " << judged.err;
    const ChildResult elsewhere =
        elbow_with({"train", "--resume", run, "--samples", "100", "--out", in("elsewhere")});
    EXPECT_EQ(elsewhere.exit_code, 0) << elsewhere.err;
}

TEST_F(CliRuns, WhatIsRefusedMakesNoFolders) {
    expect_refused({"train", "--resume", in("nowhere")}, "does not exist");
    const ChildResult wrong =
        elbow_with(small_training({"--train-images", "50", "--batch", "51", "--out", in("a/b")}));
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST_F(CliRuns, AFiguresCurveIsTrainedByOneProgramAtATime) {
    const Arguments figure = {"reproduce", "fig2", "--models",  "shapes-2", "--methods", "aevb",
                              "--samples", "1e9",  "--threads", "1",        "--out",     run};
    ChildProcess first(command_line(figure));
    ASSERT_TRUE(first.wait_for_lines(1));
    expect_refused(figure, "in use");
}

// Small sets in MNIST's format, as a run's data and as data that could be mistaken for it.
class CliData : public CliRuns {
  protected:
    static Arguments on(const std::string& data, const Arguments& more) {
        Arguments arguments = {"train", "--dataset", "mnist", "--data-dir", data, "--hidden",
                               "4",     "--batch",   "2",     "--samples",  "20"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }
};

TEST_F(CliData, OtherImagesOrLabelsOfTheSameCountsAreNoticed) {
    data::write_small_set(in("own"));
    const ChildResult trained = elbow_with(on(in("own"), {"--out", run}));
    ASSERT_EQ(trained.exit_code, 0) << trained.err;
    EXPECT_EQ(elbow_with({"eval", run, "--data-dir", in("own")}).exit_code, 0);
    for (const char* file : {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                             "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
        data::write_small_set(in("other"));
        data::Bytes bytes = data::read_bytes(in("other/") + file);
        bytes.back() ^= 1;
        data::write_bytes(in("other/") + file, bytes);
        const std::string why = "other images or labels of these sizes";
        expect_refused({"eval", run, "--data-dir", in("other")}, why);
        expect_refused({"train", "--resume", run, "--data-dir", in("other")}, why);
    }
    // An older version wrote no such sum.
    Json json = json_of(read_text_file(in("run/run.json")));
    EXPECT_TRUE(json.at("dataset").contains("crc32"));
    json["dataset"].erase("crc32");
    write_file_atomically(in("run/run.json"), json_text(json));
    EXPECT_EQ(elbow_with({"eval", run, "--data-dir", in("other")}).exit_code, 0);
}

TEST_F(CliData, AFolderThatIsNamedIsUsedOrRefused) {
    data::write_small_set(in("full/mnist"));
    fs::create_directory(in("empty"));
    const Environment variable("ELBOW_DATA", in("full"));
    const std::string why = "MNIST was not found. Looked in:\n  " + in("empty");
    ASSERT_EQ(elbow_with(on(in("full"), {"--out", run})).exit_code, 0);
    expect_refused(on(in("empty"), {}), why);
    expect_refused({"eval", run, "--data-dir", in("empty")}, why);
    expect_refused({"interpolate", run, "--data-dir", in("empty"), "--from", "0", "--to", "1",
                    "--frames", "2", "-o", in("a.png")},
                   why);
    expect_refused({"gui", "--dataset", "mnist", "--data-dir", in("empty")}, why);
    expect_refused({"gui", run, "--data-dir", in("empty")}, why);
    expect_refused({"reproduce", "fig2", "--models", "mnist-3", "--data-dir", in("empty"),
                    "--samples", "20000", "--out", in("figure")},
                   why);
    {
        const Environment nowhere("ELBOW_DATA", in("nowhere"));
        for (const std::vector<std::string>& arguments :
             {std::vector<std::string>{"gui", "--dataset", "shapes"},
              {"eval", run},
              {"data", "list"}})
            expect_refused(arguments, "nowhere', which is no folder");
    }
    const ChildResult list = elbow_with({"data", "list", "--data-dir", in("empty")});
    EXPECT_THAT(list.out, HasSubstr("elbow data fetch mnist --data-dir " + in("empty")));
    EXPECT_EQ(elbow_with({"data", "list", "--data-dir", ""}).exit_code, 2);
}

TEST_F(CliRuns, OptionsThatNameFilesAreMetOrRefused) {
    const std::string in_no_folder = in("no/file");
    for (const char* option : {"--frame-log", "--start-log", "--layout-log", "--screenshot"}) {
        expect_refused({"gui", option, in_no_folder}, std::string(option) + ": '" + in_no_folder);
        expect_refused({"gui", option, in(".")}, std::string(option) + ": '");
    }
    expect_refused(small_training({"--start-log", in_no_folder}), in_no_folder);
    expect_refused({"train", "--repeat", in("no run")}, in("no run"));
    expect_refused({"gui", in("no run")}, in("no run"));
}

TEST_F(CliRuns, FiniteWeightsThatGiveNoBoundAreToldAsSuch) {
    ASSERT_EQ(elbow_with(small_training({"--samples", "100", "--out", run})).exit_code, 0);
    train::Checkpoint checkpoint = io::load_run(run).checkpoint;
    for (float& weight : checkpoint.parameters) weight *= 1e30F;
    io::save_run(run, checkpoint);
    for (const Arguments& arguments : {Arguments{"eval", run}, Arguments{"eval", run, "--json"},
                                       Arguments{"train", "--resume", run, "--samples", "100"}})
        expect_refused(arguments, "no finite held-out bound");
}

TEST_F(CliRuns, SaysThatASpoiltTableIsNotUsed) {
    ASSERT_EQ(elbow_with(small_training({"--samples", "100", "--out", run})).exit_code, 0);
    write_file_atomically(in("run/metrics.csv"), std::string_view("my notes\n"));
    for (const Arguments& arguments :
         {Arguments{"eval", run}, Arguments{"train", "--resume", run, "--samples", "100"}}) {
        const ChildResult result = elbow_with(arguments);
        EXPECT_EQ(result.exit_code, 0) << result.err;
        EXPECT_THAT(result.err, HasSubstr("used without its evaluations"));
    }
    EXPECT_THAT(io::load_run(run).remark, IsEmpty()) << "the next save has replaced it";
}

}  // namespace
}  // namespace elbow
