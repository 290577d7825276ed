// elbow reproduce on images that need no files: what it writes, that stopping leaves no trace, and
// what it refuses.

#include "app/commands/reproduce.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stb_image.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

#include "app/commands/curve_points.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/io/run_folder.h"
#include "tests/app/elbow_program.h"
#include "tests/temporary_folder.h"

namespace elbow::commands {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing_support::bytes_of;
using testing_support::ChildProcess;
using testing_support::ChildResult;
using testing_support::command_line;
using testing_support::elbow_with;
using testing_support::TemporaryFolder;

ReproduceOptions options_for(const std::string& figure, const std::string& models,
                             std::int64_t samples, const fs::path& out) {
    ReproduceOptions options;
    options.figure = figure;
    options.models = models;
    options.methods = "aevb";
    options.samples = samples;
    options.out = out;
    return options;
}

std::string quietly(const ReproduceOptions& options, const MarginalEstimator& marginal = {}) {
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const auto collect = [] {
        return ::testing::internal::GetCapturedStdout() + ::testing::internal::GetCapturedStderr();
    };
    try {
        reproduce(options, marginal);
    } catch (...) {
        collect();
        throw;
    }
    return collect();
}

std::string refusal(const ReproduceOptions& options, const MarginalEstimator& marginal = {}) {
    try {
        quietly(options, marginal);
    } catch (const Error& error) {
        return error.what();
    }
    return "it was not refused";
}

TEST(Reproduce, WritesThePapersColumnsAndAPicture) {
    const TemporaryFolder out;
    const std::string said = quietly(options_for("fig2", "shapes-2", 30'000, out.path()));
    EXPECT_THAT(said, AllOf(HasSubstr("shapes-2-aevb"), HasSubstr("fig2.png")));
    const std::string csv = bytes_of(out / "fig2.csv");
    EXPECT_EQ(csv.rfind("dataset,latents,method,split,samples,lower_bound_nats\n"
                        "shapes,2,aevb,test,20000,-",
                        0),
              0U)
        << csv;
    EXPECT_THAT(csv, HasSubstr("\nshapes,2,aevb,train,30000,-"));
    EXPECT_EQ(bytes_of(out / "fig2-differences.csv"),
              "dataset,latents,method,split,samples,ours_nats,paper_nats,difference_nats\n");
    int width = 0, height = 0, channels = 0;
    EXPECT_EQ(stbi_info((out / "fig2.png").c_str(), &width, &height, &channels), 1);
    EXPECT_EQ(io::load_run(out / "runs/shapes-2-aevb").checkpoint.config.optimizer, "adagrad");
}

TEST(Reproduce, GoesOnToTheSamePointsAsIfItHadNeverStopped) {
    const TemporaryFolder whole, parts;
    quietly(options_for("fig2", "shapes-2", 50'000, whole.path()));
    // 33 000 and 41 000 lie between two points.
    for (const std::int64_t samples : {20'000, 33'000, 41'000, 50'000})
        quietly(options_for("fig2", "shapes-2", samples, parts.path()));
    EXPECT_EQ(bytes_of(parts / "fig2.csv"), bytes_of(whole / "fig2.csv"));
    EXPECT_EQ(bytes_of(parts / "runs/shapes-2-aevb/model.safetensors"),
              bytes_of(whole / "runs/shapes-2-aevb/model.safetensors"));
}

TEST(Reproduce, TakesThePointsAgainThatTheSavedRunDoesNotReach) {
    const TemporaryFolder whole, killed;
    quietly(options_for("fig2", "shapes-2", 50'000, whole.path()));
    quietly(options_for("fig2", "shapes-2", 33'000, killed.path()));
    // As if the program had died between writing the points and saving the run.
    const fs::path file = killed / "runs/shapes-2-aevb.csv";
    std::vector<CurvePoint> points = load_points(file);
    points.push_back({50'000, -1.0, -1.0, 9.0});
    save_points(file, points);
    quietly(options_for("fig2", "shapes-2", 50'000, killed.path()));
    EXPECT_EQ(bytes_of(killed / "fig2.csv"), bytes_of(whole / "fig2.csv"));
}

TEST(Reproduce, DoesNotDoAgainWhatIsDone) {
    const TemporaryFolder out;
    quietly(options_for("fig2", "shapes-2", 30'000, out.path()));
    const auto written = fs::last_write_time(out / "runs/shapes-2-aevb/run.json");
    EXPECT_THAT(quietly(options_for("fig2", "shapes-2", 20'000, out.path())), HasSubstr("done"));
    EXPECT_EQ(fs::last_write_time(out / "runs/shapes-2-aevb/run.json"), written);
    EXPECT_THAT(bytes_of(out / "fig2.csv"), HasSubstr(",30000,"));
}

TEST(Reproduce, MeasuresFigure3ByTheMarginalEstimator) {
    const TemporaryFolder out;
    const MarginalEstimator fake = [](const train::ParameterSnapshot& snapshot,
                                      const data::Dataset& dataset, const data::ImageSet& set,
                                      int count, std::uint64_t, int) {
        EXPECT_EQ(snapshot.spec.network.whole("hidden"), 100);
        EXPECT_EQ(count, 1000);
        return (&set == &dataset.train ? -100.0 : -200.0) - snapshot.samples / 10'000.0;
    };
    const std::string said =
        quietly(options_for("fig3", "shapes-3-1000", 30'000, out.path()), fake);
    EXPECT_EQ(bytes_of(out / "fig3.csv"),
              "train_size,method,split,samples,marginal_loglik_nats\n"
              "1000,aevb,test,20000,-202.00\n1000,aevb,test,30000,-203.00\n"
              "1000,aevb,train,20000,-102.00\n1000,aevb,train,30000,-103.00\n");
}

TEST(Reproduce, DrawsManifoldsAndPriorSamplesFromOneTraining) {
    const TemporaryFolder out;
    const ReproduceOptions fig4 = options_for("fig4", "shapes-2", 20'000, out.path());
    quietly(fig4);
    const std::string said = quietly(options_for("fig5", "shapes-2", 20'000, out.path()));
    EXPECT_THAT(said, HasSubstr("done"));
    for (const char* name : {"fig4.png", "fig4-shapes.png", "fig5.png", "fig5-shapes-2.png"}) {
        int width = 0, height = 0, channels = 0;
        EXPECT_EQ(stbi_info((out / name).c_str(), &width, &height, &channels), 1) << name;
        EXPECT_GE(width, 560) << name;
    }
}

TEST(Reproduce, RefusesARunMadeWithOtherSettings) {
    const TemporaryFolder out;
    quietly(options_for("fig2", "shapes-2", 20'000, out.path()));
    ReproduceOptions other = options_for("fig2", "shapes-2", 30'000, out.path());
    other.step_size = 0.1;
    EXPECT_THAT(refusal(other), AllOf(HasSubstr("step-size 0.02 instead of 0.1"),
                                      HasSubstr("another --out"), HasSubstr("shapes-2-aevb")));
}

TEST(Reproduce, RefusesPointsThatDoNotBelongToTheRun) {
    const TemporaryFolder out;
    quietly(options_for("fig2", "shapes-2", 30'000, out.path()));
    const fs::path points = out / "runs/shapes-2-aevb.csv";
    fs::rename(points, out / "elsewhere.csv");
    EXPECT_THAT(refusal(options_for("fig2", "shapes-2", 50'000, out.path())),
                AllOf(HasSubstr("up to 30000"), HasSubstr("up to 0")));
    write_file_atomically(points, std::string_view("samples,train_nats\n1,2\n"));
    EXPECT_THAT(refusal(options_for("fig2", "shapes-2", 50'000, out.path())),
                AllOf(HasSubstr("line 1"), HasSubstr("train_seconds")));
}

TEST(Reproduce, RefusesWhatThereIsNot) {
    const TemporaryFolder out;
    const fs::path never = out / "never";
    const std::vector<std::pair<ReproduceOptions, std::string>> wrong = {
        {options_for("fig1", "", 20'000, never), "fig2, fig3, fig4, fig5"},
        {options_for("fig2", "mnist-2", 20'000, never), "mnist-200"},
        {options_for("fig2", "mnist", 20'000, never), "has no model 'mnist'"},
        {options_for("fig2", "shapes-2,", 20'000, never), "has no model ''"},
        {options_for("fig2", "shapes-0", 20'000, never), "has no model 'shapes-0'"},
        {options_for("fig2", "shapes-201", 20'000, never), "1 to 200"},
        {options_for("fig2", "shapes-3-1000", 20'000, never), "has no model"},
        {options_for("fig3", "mnist-3", 20'000, never), "mnist-3-50000"},
        {options_for("fig4", "shapes-5", 20'000, never), "frey-2"}};
    for (const auto& [options, why] : wrong) {
        EXPECT_THROW(quietly(options), UsageError) << why;
        EXPECT_THAT(refusal(options), HasSubstr(why));
    }
    ReproduceOptions options = options_for("fig2", "shapes-2", 20'000, never);
    options.methods = "em";
    EXPECT_THAT(refusal(options), HasSubstr("aevb, wake-sleep, mcem"));
    options.methods = "mcem";
    EXPECT_THAT(refusal(options), HasSubstr("fig2 has no curve of mcem"));
    EXPECT_FALSE(fs::exists(never));
}

TEST(Reproduce, RefusesAFolderItCannotWriteAndDataThatIsMissing) {
    const TemporaryFolder folder;
    write_file_atomically(folder / "file", std::string_view("mine"));
    EXPECT_THAT(refusal(options_for("fig2", "shapes-2", 20'000, folder / "file")),
                HasSubstr((folder / "file").string()));
    EXPECT_EQ(bytes_of(folder / "file"), "mine");

    const ChildResult result =
        elbow_with({"reproduce", "fig2", "--models", "mnist-20", "--methods", "aevb", "--data-dir",
                    folder.path().string(), "--out", (folder / "out").string()});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("elbow data fetch mnist"));
}

TEST(Reproduce, IsSavedAtCtrlCAndSaysHowToGoOn) {
    const TemporaryFolder out;
    ChildProcess child(
        command_line({"reproduce", "fig2", "--models", "shapes-2", "--methods", "aevb", "--samples",
                      "1e9", "--threads", "1", "--out", out.path().string()}));
    ASSERT_TRUE(child.wait_for_lines(3));
    child.send(SIGINT);
    const ChildResult result = child.wait();
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, AllOf(HasSubstr("saved"), HasSubstr("same command")));
    EXPECT_GE(io::load_run(out / "runs/shapes-2-aevb").checkpoint.samples, 50'000);
    EXPECT_THAT(bytes_of(out / "fig2.csv"), HasSubstr(",50000,"));
}

TEST(Reproduce, MeasuresAtFixedCountsAboutTwentyADecade) {
    EXPECT_EQ(next_point(0), 20'000);
    EXPECT_EQ(next_point(70'000), 100'000);
    EXPECT_EQ(next_point(100'000), 112'000);
    EXPECT_EQ(next_point(999'999), 1'000'000);
    int points = 0;
    std::int64_t at = 1'000'000;
    for (; at < 10'000'000; at = next_point(at)) {
        EXPECT_EQ(at % kRound, 0);
        ++points;
    }
    EXPECT_EQ(at, 10'000'000);
    EXPECT_EQ(points, 20);
}

TEST(Reproduce, HasThePapersSettings) {
    const ReproducePlan plan = make_reproduce_plan(options_for("fig2", "mnist-20", 20'000, "out"));
    const RunConfig& config = plan.curves.at(0).config;
    EXPECT_EQ(config.train_images, 50'000);
    EXPECT_EQ(config.hidden, 500);
    EXPECT_EQ(config.latents, 20);
    EXPECT_EQ(config.optimizer, "adagrad");
    EXPECT_EQ(config.initialisation, "paper");
    EXPECT_EQ(config.weight_prior, "on");
    EXPECT_EQ(config.minibatch, 100);
    EXPECT_EQ(plan.curves.at(0).panel, "mnist,20");
    EXPECT_EQ(plan.shown.size(), 18U);
    EXPECT_EQ(make_reproduce_plan(options_for("fig3", "mnist-3-1000", 20'000, "out"))
                  .curves.at(0)
                  .config.hidden,
              100);
}

}  // namespace
}  // namespace elbow::commands
