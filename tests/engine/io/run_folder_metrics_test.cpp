// A run's metrics.csv as spreadsheets, people and accidents leave it, and files of absurd size.

#include <cmath>

#include "tests/engine/io/saved_run.h"

namespace elbow::io {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    return text;
}

// Numbers with two decimals, as a spreadsheet shows and saves them.
std::string rounded(const std::string& csv) {
    std::string text, cell;
    for (const char c : csv) {
        if (c != ',' && c != '\n') {
            cell += c;
            continue;
        }
        if (cell.find('.') != std::string::npos) {
            char short_cell[32];
            std::snprintf(short_cell, sizeof short_cell, "%.2f", std::stod(cell));
            cell = short_cell;
        }
        text += cell + c;
        cell.clear();
    }
    return text;
}

TEST_F(SavedRunFolder, TakesMetricsThatASpreadsheetHasSaved) {
    const std::string ours = text("metrics.csv");
    const std::string with_semicolons = replaced(replaced(ours, ",", ";"), ".", ",");
    const std::string mark = "\xEF\xBB\xBF";
    for (const std::string& saved :
         {replaced(ours, "\n", "\r\n"), mark + ours, rounded(ours),
          mark + replaced(with_semicolons, "\n", "\r\n"),
          mark + "\"" + replaced(replaced(rounded(ours), ",", "\",\""), "\n", "\"\n\"") + "\""}) {
        write("metrics.csv", saved);
        const SavedRun run = load_run(run_);
        ASSERT_EQ(run.checkpoint.evaluations.size(), 1U) << saved;
        EXPECT_EQ(run.checkpoint.evaluations[0].samples, 60);
        EXPECT_THAT(run.remark, IsEmpty());
    }
}

TEST_F(SavedRunFolder, IsUsedWithoutMetricsThatAreNoneAnyMore) {
    const std::string ours = text("metrics.csv");
    for (const bool of_an_older_version : {false, true}) {
        if (of_an_older_version) {
            edit([](auto& json) {
                json.erase("sha256");
                json.erase("last_evaluation");
            });
        }
        for (const std::string& spoilt :
             {std::string("time,value\n1,2\n"), std::string(), std::string("\0\xFF\xFE", 3),
              replaced(ours, "60,", "about sixty,"), ours.substr(0, ours.rfind(','))}) {
            write("metrics.csv", spoilt);
            const SavedRun run = load_run(run_);
            EXPECT_THAT(run.checkpoint.evaluations, IsEmpty());
            EXPECT_THAT(run.remark, HasSubstr("metrics.csv"));
            EXPECT_THAT(run.remark, HasSubstr("without its evaluations"));
        }
    }
}

TEST_F(SavedRunFolder, RefusesTheMetricsOfAnotherSave) {
    const std::string ours = text("metrics.csv");
    write("metrics.csv", replaced(ours, "60,", "80,"));
    expect_refused("does not end with the evaluation");
    write("metrics.csv", ours.substr(0, ours.find('\n') + 1));
    expect_refused("does not end with the evaluation");
    write("metrics.csv",
          "samples,seconds,epoch,train_bound,test_bound,test_reconstruction,test_kl,images_per_s\n"
          "0,0,0,nan,-1,-1,0,0\n");
    expect_refused("0 latents where this run's network has 3");
}

TEST_F(SavedRunFolder, TakesTheMetricsOfARunWithoutAnEncoder) {
    train::EvaluationRecord record{
        60, 0.5, 0.7, -90.0, std::nan(""), std::nan(""), std::nan(""), 100.0, {0.0F, 0.0F, 0.0F}};
    save_run(run_, with_history(load_run(run_).checkpoint, {record}));
    const std::string ours = text("metrics.csv");
    write("metrics.csv", replaced(ours, "\n", "\r\n"));
    EXPECT_EQ(load_run(run_).checkpoint.evaluations.size(), 1U);
    write("metrics.csv", replaced(ours, "nan,nan", "nan,-3"));
    expect_refused("does not end with the evaluation");
}

TEST_F(SavedRunFolder, RefusesFilesLargerThanAnyThatElbowWrites) {
    const std::string json = text("run.json");
    fs::resize_file(run_ / "run.json", 53'000'000);
    expect_refused("53000000 bytes, and at most");
    write("run.json", json);
    fs::resize_file(run_ / "optimizer.safetensors", 100'000'000);
    expect_refused("100000000 bytes, and at most");
}

TEST_F(SavedRunFolder, IsUsedWithoutMetricsThatAreTooLargeToBeItsOwn) {
    fs::resize_file(run_ / "metrics.csv", 100'000'000);
    const SavedRun run = load_run(run_);
    EXPECT_THAT(run.checkpoint.evaluations, IsEmpty());
    EXPECT_THAT(run.remark, HasSubstr("100000000 bytes, and at most"));
    EXPECT_THAT(run.remark, HasSubstr("without its evaluations"));
}

TEST_F(SavedRunFolder, SaysThatSomethingElseLiesInThePlaceOfAFile) {
    fs::remove(run_ / "metrics.csv");
    fs::create_directory(run_ / "metrics.csv");
    expect_refused("something else than a file as metrics.csv");
}

TEST_F(SavedRunFolder, ThinsMoreEvaluationsThanAreReadBack) {
    train::Checkpoint checkpoint = load_run(run_).checkpoint;
    std::vector<train::EvaluationRecord>& many = checkpoint.evaluations;
    train::EvaluationRecord record = many[0];
    for (int i = 1; i < 70'000; ++i) {
        ++record.samples;
        many.push_back(record);
    }
    save_run(run_, checkpoint, dataset_.get());
    const auto kept = load_run(run_).checkpoint.evaluations;
    EXPECT_GT(kept.size(), 30'000U);
    EXPECT_LE(kept.size(), 65'536U);
    EXPECT_EQ(kept.back().samples, many.back().samples);
}

}  // namespace
}  // namespace elbow::io
