// elbow bench as it is called from a shell, for so short a time that its figures mean nothing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "engine/model/bfloat16.h"
#include "tests/app/elbow_program.h"

namespace elbow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing_support::Arguments;
using testing_support::ChildResult;
using testing_support::elbow_with;

ChildResult bench(Arguments arguments) {
    arguments.insert(arguments.begin(), "bench");
    return elbow_with(arguments);
}

TEST(Bench, PrintsATableOfTheTrainingStepBesideItsFloor) {
    const ChildResult result =
        bench({"train", "--seconds", "0.002", "--repeats", "2", "--threads", "2"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    for (const char* text :
         {"784-500-20 tanh, SGVB B", "ReLU", "SGVB A", "wake-sleep", "560-200-10 tanh, Gaussian",
          "images/s", "step p50, ms", "step p99, ms", "floor, images/s", "reached, % of the floor",
          "median", "100 x  500 x  784", "GFLOP/s"}) {
        EXPECT_THAT(result.out, HasSubstr(text));
    }
}

TEST(Bench, PrintsOneJsonObject) {
    const ChildResult result =
        bench({"train", "--seconds", "0.002", "--repeats", "3", "--threads", "2", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const auto object = nlohmann::json::parse(result.out);
    EXPECT_EQ(object["repeats"], 3);
    EXPECT_GE(object["cores"], 1);
    EXPECT_THAT(object["products"], SizeIs(11));
    const std::size_t models = model::has_bfloat16_products() ? 6 : 5;
    ASSERT_THAT(object["figures"], SizeIs(models * 2 * 5));  // thread counts, quantities
    for (const auto& figure : object["figures"]) {
        EXPECT_EQ(figure["part"], "train");
        EXPECT_THAT(figure["values"], SizeIs(3));
        EXPECT_GT(figure["min"], 0.0) << figure;
        EXPECT_LE(figure["min"], figure["median"]);
        EXPECT_LE(figure["median"], figure["max"]);
    }
}

TEST(Bench, MeasuresTheModelsThatAreWantedAndOneThreadOnce) {
    const ChildResult result = bench({"train", "--seconds", "0.002", "--repeats", "1", "--threads",
                                      "1", "--model", "tanh, SGVB", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(nlohmann::json::parse(result.out)["figures"], SizeIs(2 * 5));  // SGVB A and B
}

TEST(Bench, MeasuresWhatTheWindowDecodes) {
    const ChildResult result = bench({"decode", "--seconds", "0.002", "--repeats", "1", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const auto object = nlohmann::json::parse(result.out);
    EXPECT_THAT(object["figures"], SizeIs(4));
    EXPECT_THAT(object["products"], IsEmpty());
}

TEST(Bench, MeasuresHowTrainingGrowsEachCaseInAProcessOfItsOwn) {
    const ChildResult result = bench({"grow", "--seconds", "0.002", "--repeats", "2", "--threads",
                                      "1", "--model", "784-100-20", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const auto object = nlohmann::json::parse(result.out);
    ASSERT_THAT(object["figures"], SizeIs(4));
    double images_per_s = 0.0;
    for (const auto& figure : object["figures"]) {
        EXPECT_EQ(figure["part"], "grow");
        EXPECT_EQ(figure["subject"], "784-100-20, 60 000 images");
        EXPECT_THAT(figure["values"], SizeIs(2));
        EXPECT_GT(figure["min"], 0.0) << figure;
        if (figure["quantity"] == "images/s") images_per_s = figure["values"][0];
        // Three passes over 784 x 100, 100 x 40, 20 x 100 and 100 x 784, less what a gradient of
        // the images would be.
        if (figure["quantity"] == "MFLOP an image") {
            EXPECT_NEAR(figure["median"], 0.82, 0.005);
        } else if (figure["quantity"] == "GFLOP/s") {
            EXPECT_NEAR(figure["values"][0], images_per_s * 0.82e-3, 0.01e-3 * images_per_s);
        } else if (figure["quantity"] == "memory, MB") {
            EXPECT_GT(figure["min"], 60.0) << "its images alone take 47 MB";
        }
    }
}

TEST(Bench, MeasuresHowTheMapGrows) {
    const ChildResult result = bench({"grow", "--seconds", "0.002", "--repeats", "1", "--model",
                                      "map of 10 000 points", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const auto object = nlohmann::json::parse(result.out);
    EXPECT_THAT(object["figures"], SizeIs(10));
    for (const auto& figure : object["figures"]) EXPECT_GT(figure["min"], 0.0) << figure;
}

TEST(Bench, SaysWhichCasesOfGrowingThereAre) {
    const ChildResult result = bench({"grow", "--model", "CNN"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err,
                AllOf(HasSubstr("784-4000-20, 60 000 images"),
                      HasSubstr("784-500-20, 2 000 000 images"), HasSubstr("16384-500-20"),
                      HasSubstr("784-500-200"), HasSubstr("map of 1 000 000 points")));
    EXPECT_EQ(bench({"grow", "--model", "CNN", "--in-this-process"}).exit_code, 2);
}

TEST(Bench, SaysThatAWindowNeedsADisplay) {
    const ChildResult result = bench({"gui"});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err,
                AllOf(HasSubstr("elbow: "), HasSubstr("display"), HasSubstr("xvfb-run")));
    EXPECT_THAT(result.out, IsEmpty());
}

TEST(Bench, MeasuresTheStartOfTrainingWhereNoWindowCanOpen) {
    const ChildResult result = bench({"start", "--repeats", "1", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.err, HasSubstr("no display"));
    const auto object = nlohmann::json::parse(result.out);
    ASSERT_THAT(object["figures"], SizeIs(1));
    EXPECT_EQ(object["figures"][0]["quantity"], "first step, s");
    EXPECT_GT(object["figures"][0]["median"], 0.0);
}

}  // namespace
}  // namespace elbow
