#include "engine/io/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/core/error.h"

namespace elbow::io {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<train::EvaluationRecord> two_records() {
    return {{0, 0.0, 0.0, kNan, -543.25, -540.1, 3.15, 0.0, {1.5F, 1.65F}},
            {100'000,
             2.3456789012345678,
             1.0 / 0.6,
             -151.1,
             -1.0 / 3.0,
             -149.0,
             1e-17,
             43'210.5,
             {0.1F, 1e-30F}}};
}

TEST(MetricsCsv, ReadsBackEveryBit) {
    const auto written = two_records();
    const auto read = parse_metrics_csv(metrics_csv(written));
    ASSERT_EQ(read.size(), 2U);
    EXPECT_TRUE(std::isnan(read[0].train_bound));
    EXPECT_EQ(read[1].samples, written[1].samples);
    EXPECT_EQ(read[1].seconds, written[1].seconds);
    EXPECT_EQ(read[1].epoch, written[1].epoch);
    EXPECT_EQ(read[1].train_bound, written[1].train_bound);
    EXPECT_EQ(read[1].test_bound, written[1].test_bound);
    EXPECT_EQ(read[1].test_reconstruction, written[1].test_reconstruction);
    EXPECT_EQ(read[1].test_kl, written[1].test_kl);
    EXPECT_EQ(read[1].images_per_s, written[1].images_per_s);
    EXPECT_EQ(read[1].test_kl_per_latent, written[1].test_kl_per_latent);
}

TEST(MetricsCsv, IsTheDocumentedTable) {
    auto records = two_records();
    records.pop_back();
    EXPECT_EQ(metrics_csv(records),
              "samples,seconds,epoch,train_bound,test_bound,test_reconstruction,test_kl,images_per_"
              "s,test_kl_0,test_kl_1\n"
              "0,0,0,nan,-543.25,-540.1,3.15,0,1.5,1.65\n");
    EXPECT_TRUE(parse_metrics_csv(metrics_csv({})).empty());
}

TEST(MetricsCsv, TellsAveragedWeightsWhereThereAreAny) {
    auto records = two_records();
    records.back().averaged = true;
    const std::string text = metrics_csv(records);
    EXPECT_THAT(text, ::testing::HasSubstr("images_per_s,averaged,test_kl_0,test_kl_1\n"
                                           "0,0,0,nan,-543.25,-540.1,3.15,0,0,1.5,1.65\n"));
    const auto read = parse_metrics_csv(text);
    ASSERT_EQ(read.size(), 2U);
    EXPECT_FALSE(read[0].averaged);
    EXPECT_TRUE(read[1].averaged);
    EXPECT_EQ(read[1].test_kl_per_latent, records[1].test_kl_per_latent);
    std::string wrong = text;
    wrong.replace(wrong.find(",0,0,1.5"), 8, ",0,2,1.5");
    EXPECT_THROW(parse_metrics_csv(wrong), Error);
}

TEST(TrainCsv, IsTheDocumentedTable) {
    EXPECT_EQ(train_csv({{1000, 0.25, 0.1, -300.5, -302.0, -1.5}}),
              "samples,seconds,epoch,train_bound,train_reconstruction,train_kl\n"
              "1000,0.25,0.1,-300.5,-302,-1.5\n");
}

TEST(TrainCsv, HasAColumnForEachReadingOfTheEstimator) {
    const std::vector<std::string> readings = {"HMC acceptance", "HMC step size"};
    const train::TrainRecord record{1000, 0.25, 0.1, -300.5, -302.0, -1.5, {0.75, 0.02}};
    EXPECT_EQ(train_csv({record}, readings),
              "samples,seconds,epoch,train_bound,train_reconstruction,train_kl,hmc_acceptance,hmc_"
              "step_size\n"
              "1000,0.25,0.1,-300.5,-302,-1.5,0.75,0.02\n");
    EXPECT_THROW(train_csv({record}, {"HMC acceptance"}), Error);
    EXPECT_THROW(train_csv({record}), Error);
}

TEST(TrainCsv, ReadsBackEveryBit) {
    const std::vector<train::TrainRecord> written = {
        {1000, 0.25, 0.1, -300.5, -1.0 / 3.0, kNan, {0.75, 0.02}},
        {2000, 1e-17, 1.0 / 0.6, -200.25, -302.0, 1.5, {1.0, kNan}}};
    const std::string text = train_csv(written, {"HMC acceptance", "HMC step size"});
    const TrainTable read = parse_train_csv(text);
    EXPECT_THAT(read.readings, ::testing::ElementsAre("hmc_acceptance", "hmc_step_size"));
    ASSERT_EQ(read.records.size(), 2U);
    EXPECT_EQ(read.records[0].samples, 1000);
    EXPECT_EQ(read.records[0].reconstruction, -1.0 / 3.0);
    EXPECT_TRUE(std::isnan(read.records[0].kl));
    EXPECT_EQ(read.records[1].readings[0], 1.0);
    EXPECT_EQ(train_csv(read.records, read.readings), text);
    EXPECT_TRUE(parse_train_csv(train_csv({})).records.empty());
}

TEST(TrainCsv, NamesTheLineThatDoesNotFit) {
    const auto refused = [](const std::string& text, const std::string& why) {
        try {
            parse_train_csv(text);
            FAIL() << "was read: " << text;
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), ::testing::HasSubstr(why));
        }
    };
    const std::string good = train_csv({{1000, 0.25, 0.1, -300.5, -302.0, -1.5}});
    refused("", "line 1");
    refused("samples,seconds\n", "line 1");
    refused(good.substr(0, good.find('\n')) + "x\n", "line 1");
    refused(good + "2000,1\n", "line 3");
    refused(good + "2000,1,1,1,1,1,1\n", "6 columns");
    refused(good + "2000,1,1,x,1,1\n", "found 'x'");
    refused(good + "1000,1,1,1,1,1\n", "more samples");
}

TEST(MetricsCsv, ReadsWindowsLineEnds) {
    std::string text = metrics_csv(two_records());
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2))
        text.insert(at, "\r");
    EXPECT_EQ(parse_metrics_csv(text).size(), 2U);
}

TEST(MetricsCsv, NamesTheLineThatDoesNotFit) {
    const auto refused = [](const std::string& text, const std::string& why) {
        try {
            parse_metrics_csv(text);
            FAIL() << "was read: " << text;
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), ::testing::HasSubstr(why));
        }
    };
    const std::string good = metrics_csv(two_records());
    refused("", "line 1");
    refused("a,b,c\n1,2,3\n", "line 1");
    refused(good.substr(0, good.find('\n')) + "0\n", "line 1");
    refused(good + "1,2,3\n", "line 4");
    refused(good + "x,0,0,nan,0,0,0,0,0,0\n", "found 'x'");
    refused(good + "5,0,0,,0,0,0,0,0,0\n", "found ''");
}

TEST(MetricsCsv, RefusesModelsOfDifferentSizeInOneTable) {
    auto records = two_records();
    records[1].test_kl_per_latent.pop_back();
    EXPECT_THROW(metrics_csv(records), Error);
}

TEST(LatentsCsv, HasALineForEachImage) {
    const explore::LatentMap map{2, 2, {1, 2, 3, 4}, {1, 2, 0.5F, 4}};
    data::ImageSet images;
    images.count = 2;
    images.labels = {1, 0};
    EXPECT_EQ(latents_csv(map, images, {"zero", "one, \"two\""}),
              "index,label,mean_0,mean_1,log_variance_0,log_variance_1\n"
              "0,\"one, \"\"two\"\"\",1,2,0,1.3862944\n"
              "1,zero,3,4,-1.3862944,2.7725887\n");
    images.labels.clear();
    EXPECT_THAT(latents_csv(map, images, {}), ::testing::HasSubstr("\n0,,1,2,"));
}

TEST(ScoresCsv, HasALineForEachImage) {
    explore::ImageScores scores;
    scores.reconstruction = {-80.5F, -90.0F};
    scores.kl = {20.0F, 2.5F};
    scores.width = {0.25F, 1.0F};
    data::ImageSet images;
    images.labels = {1, 0};
    EXPECT_EQ(scores_csv(scores, images, {"zero", "one"}),
              "index,label,bound,reconstruction,kl,width\n"
              "0,one,-100.5,-80.5,20,0.25\n"
              "1,zero,-92.5,-90,2.5,1\n");
    images.labels.clear();
    EXPECT_THAT(scores_csv(scores, images, {}), ::testing::HasSubstr("\n1,,-92.5,"));
}

}  // namespace
}  // namespace elbow::io
