// elbow bench as it is called from a shell, for so short a time that its figures mean nothing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "engine/fused/rounded_products.h"
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
using testing_support::json_of;

ChildResult bench(Arguments arguments) {
    arguments.insert(arguments.begin(), "bench");
    return elbow_with(arguments);
}

// The first model once more in each precision that this processor has products of.
std::size_t rounded_models() {
    const auto& all = fused::rounded_products();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const auto& each) { return each.are_there(); }));
}

TEST(Bench, PrintsATableOfTheTrainingStepBesideItsFloor) {
    const ChildResult result =
        bench({"train", "--seconds", "0.002", "--repeats", "2", "--threads", "2"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    for (const char* text :
         {"784-500-20 tanh, SGVB B", "no black", "ReLU", "SGVB A", "wake-sleep",
          "560-200-10 tanh, Gaussian", "images/s", "step p50, ms", "step p99, ms",
          "floor, images/s", "reached, % of the floor", "median", "100 x  500 x  784", "GFLOP/s"}) {
        EXPECT_THAT(result.out, HasSubstr(text));
    }
}

TEST(Bench, PrintsOneJsonObject) {
    const ChildResult result =
        bench({"train", "--seconds", "0.002", "--repeats", "3", "--threads", "2", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const Json object = json_of(result.out);
    EXPECT_EQ(object.at("repeats").whole(), 3);
    EXPECT_GE(object.at("cores").whole(), 1);
    EXPECT_THAT(object.at("products").array(), SizeIs(11));
    const std::size_t models = 6 + rounded_models();
    ASSERT_THAT(object.at("figures").array(), SizeIs(models * 2 * 5));  // thread counts, quantities
    for (const Json& figure : object.at("figures").array()) {
        EXPECT_EQ(figure.at("part").string(), "train");
        EXPECT_THAT(figure.at("values").array(), SizeIs(3));
        EXPECT_GT(figure.at("min").number(), 0.0) << json_text(figure);
        EXPECT_LE(figure.at("min").number(), figure.at("median").number());
        EXPECT_LE(figure.at("median").number(), figure.at("max").number());
    }
}

TEST(Bench, MeasuresTheModelsThatAreWantedAndOneThreadOnce) {
    const ChildResult result = bench({"train", "--seconds", "0.002", "--repeats", "1", "--threads",
                                      "1", "--model", "tanh, SGVB", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const std::size_t models = 3 + rounded_models();  // SGVB A, B twice, and B rounded
    EXPECT_THAT(json_of(result.out).at("figures").array(), SizeIs(models * 5));
}

TEST(Bench, SaysWhatMoreCoresWouldGive) {
    const ChildResult result = bench(
        {"scaling", "--seconds", "0.002", "--repeats", "1", "--model", "tanh, SGVB A", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const Json object = json_of(result.out);
    std::vector<std::int64_t> threads;
    for (const Json& figure : object.at("figures").array()) {
        if (figure.at("quantity").string() == "with a core each, images/s")
            threads.push_back(figure.at("threads").whole());
        EXPECT_GT(figure.at("min").number(), 0.0) << json_text(figure);
    }
    EXPECT_THAT(threads, testing::ElementsAre(1, 2, 4, 8, 16));
}

TEST(Bench, MeasuresTheModelsThatLibTorchComputes) {
    const ChildResult result =
        bench({"torch", "--seconds", "0.002", "--repeats", "2", "--threads", "2", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const Json object = json_of(result.out);
    ASSERT_THAT(object.at("figures").array(),
                SizeIs(2 * 2 * 3 + 3));  // models, threads, quantities; decoding
    for (const Json& figure : object.at("figures").array()) {
        EXPECT_THAT(figure.at("values").array(), SizeIs(2));
        EXPECT_GT(figure.at("min").number(), 0.0) << json_text(figure);
    }
    EXPECT_EQ(bench({"torch", "--model", "SGVB"}).exit_code, 2);
}

TEST(Bench, MeasuresWhatTheWindowDecodes) {
    const ChildResult result = bench({"decode", "--seconds", "0.002", "--repeats", "1", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const Json object = json_of(result.out);
    EXPECT_THAT(object.at("figures").array(), SizeIs(12));
    EXPECT_THAT(object.at("products").array(), IsEmpty());
}

TEST(Bench, MeasuresAnImportBesideStbImageAlone) {
    const ChildResult result = bench({"import", "--model", "500 PNGs", "--repeats", "1", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const Json object = json_of(result.out);
    ASSERT_THAT(object.at("figures").array(), SizeIs(3));
    std::map<std::string, double> values;
    for (const Json& figure : object.at("figures").array()) {
        EXPECT_EQ(figure.at("part").string(), "import");
        EXPECT_GT(figure.at("median").number(), 0.0);
        values[figure.at("quantity").string()] = figure.at("median").number();
    }
    EXPECT_NEAR(values["ratio"], values["to a loaded data set, s"] / values["stb_image alone, s"],
                1e-3 * values["ratio"]);
    EXPECT_EQ(bench({"import", "--model", "JPEG"}).exit_code, 2);
}

TEST(Bench, MeasuresHowTrainingGrowsEachCaseInAProcessOfItsOwn) {
    const ChildResult result = bench({"grow", "--seconds", "0.002", "--repeats", "2", "--threads",
                                      "1", "--model", "784-100-20", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const Json object = json_of(result.out);
    ASSERT_THAT(object.at("figures").array(), SizeIs(4));
    double images_per_s = 0.0;
    for (const Json& figure : object.at("figures").array()) {
        EXPECT_EQ(figure.at("part").string(), "grow");
        EXPECT_EQ(figure.at("subject").string(), "784-100-20, 60 000 images");
        EXPECT_THAT(figure.at("values").array(), SizeIs(2));
        EXPECT_GT(figure.at("min").number(), 0.0) << json_text(figure);
        if (figure.at("quantity").string() == "images/s")
            images_per_s = figure.at("values").array().at(0).number();
        // Three passes over 784 x 100, 100 x 40, 20 x 100 and 100 x 784, less what a gradient of
        // the images would be.
        if (figure.at("quantity").string() == "MFLOP an image") {
            EXPECT_NEAR(figure.at("median").number(), 0.82, 0.005);
        } else if (figure.at("quantity").string() == "GFLOP/s") {
            EXPECT_NEAR(figure.at("values").array().at(0).number(), images_per_s * 0.82e-3,
                        0.01e-3 * images_per_s);
        } else if (figure.at("quantity").string() == "memory, MB") {
            EXPECT_GT(figure.at("min").number(), 60.0) << "its images alone take 47 MB";
        }
    }
}

TEST(Bench, MeasuresHowTheMapGrows) {
    const ChildResult result = bench({"grow", "--seconds", "0.002", "--repeats", "1", "--model",
                                      "map of 10 000 points", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const Json object = json_of(result.out);
    EXPECT_THAT(object.at("figures").array(), SizeIs(10));
    for (const Json& figure : object.at("figures").array())
        EXPECT_GT(figure.at("min").number(), 0.0) << json_text(figure);
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
    const Json object = json_of(result.out);
    ASSERT_THAT(object.at("figures").array(), SizeIs(1));
    EXPECT_EQ(object.at("figures").array().at(0).at("quantity").string(), "first step, s");
    EXPECT_GT(object.at("figures").array().at(0).at("median").number(), 0.0);
}

}  // namespace
}  // namespace elbow
