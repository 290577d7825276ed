// Alarms against the histories of real runs: none for those that are well.

#include "engine/train/alarms.h"

#include <gtest/gtest.h>

#include <limits>
#include <span>
#include <vector>

namespace elbow::train {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

struct BoundRow {
    std::int64_t samples;
    double epoch, train, held_out;
};

// The first 500 images of MNIST, 784-100-10, Adam with a step size of 0.003.
constexpr BoundRow kOverfitted[] = {{0, 0, kUnknown, -550.74},      {10000, 20, -224.46, -181.71},
                                    {20000, 40, -156.69, -161.28},  {40000, 80, -138.06, -149.84},
                                    {80000, 160, -122.47, -145.13}, {100000, 200, -113.42, -145.25},
                                    {200000, 400, -103.50, -153.76}};

// All of MNIST, redrawn, 200-200-50, 300 epochs as Burda et al. 2015 have them: every 15th
// evaluation.
constexpr BoundRow kWell[] = {
    {0, 0, kUnknown, -557.88},          {1100000, 18.33, -104.69, -104.50},
    {2600000, 43.33, -102.47, -102.77}, {4100000, 68.33, -99.23, -100.17},
    {5600000, 93.33, -96.51, -97.35},   {7100000, 118.3, -95.90, -97.01},
    {8600000, 143.3, -95.52, -96.00},   {10100000, 168.3, -93.97, -94.49},
    {11600000, 193.3, -93.65, -94.27},  {13100000, 218.3, -93.52, -94.09},
    {14600000, 243.3, -92.56, -93.40},  {16100000, 268.3, -92.47, -93.18},
    {17600000, 293.3, -91.93, -92.66},  {18000000, 300, -91.95, -92.66}};

struct KlRow {
    std::int64_t samples;
    double epoch;
    std::vector<float> kl;  // [N]
};

// MNIST, 784-100-10, trained with a beta of 40.
const KlRow kCollapsed[] = {
    {0, 0, {0.27f, 0.2f, 0.17f, 0.14f, 0.33f, 0.21f, 0.13f, 0.095f, 0.11f, 0.15f}},
    {10000, 0.167, {0.23f, 0.0084f, 0.33f, 0.0044f, 0.018f, 0.53f, 0.093f, 0.054f, 0.035f, 0.075f}},
    {20000,
     0.333,
     {0.0032f, 0.0022f, 0.0065f, 0.0016f, 0.0025f, 0.12f, 0.003f, 0.0026f, 0.0025f, 0.0028f}},
    {40000,
     0.667,
     {0.00098f, 0.00069f, 0.001f, 0.00056f, 0.00076f, 0.0017f, 0.001f, 0.00083f, 0.00078f,
      0.00084f}},
    {80000,
     1.33,
     {0.00035f, 0.00021f, 0.00055f, 0.00018f, 0.00026f, 0.00073f, 0.00031f, 0.00025f, 0.00028f,
      0.00027f}},
    {100000,
     1.67,
     {0.00027f, 0.00016f, 0.00029f, 0.00013f, 0.00018f, 0.00054f, 0.00019f, 0.00021f, 0.00019f,
      0.00022f}},
    {200000,
     3.33,
     {0.00014f, 0.00012f, 0.00027f, 8.8e-05f, 0.0001f, 0.00012f, 0.00019f, 0.00017f, 7.2e-05f,
      0.00012f}},
};

// Of the run kWell at its end: 17 of 50 latents carry all that there is to say.
const std::vector<float> kWellKl{
    1.9f,     1.9f,     5.9e-05f, 5.4e-05f, 0.00012f, 0.0001f,  2.8f,     7.2e-05f, 5.1e-05f,
    6.2e-05f, 6e-05f,   1.7f,     8.9e-05f, 6e-05f,   6.7e-05f, 5.7e-05f, 0.92f,    7.9e-05f,
    4.4e-05f, 7.4e-05f, 1.2f,     9.6e-05f, 6.6e-05f, 5.4e-05f, 5.4e-05f, 1.6f,     1.1f,
    9.4e-05f, 2.4f,     1.1f,     0.00011f, 1.4f,     0.97f,    7.1e-05f, 8.9e-05f, 6.8e-05f,
    0.00013f, 0.78f,    4.9e-05f, 4.4e-05f, 4.8e-05f, 2.5f,     5.4e-05f, 1.3f,     5.6e-05f,
    3.8e-05f, 6.4e-05f, 7.2e-05f, 6.8e-05f, 6e-05f};

EvaluationRecord evaluation(std::int64_t samples, double epoch) {
    EvaluationRecord record{};
    record.samples = samples;
    record.epoch = epoch;
    return record;
}

std::vector<EvaluationRecord> history(std::span<const BoundRow> rows) {
    std::vector<EvaluationRecord> records;
    for (const BoundRow& row : rows) {
        records.push_back(evaluation(row.samples, row.epoch));
        records.back().train_bound = row.train;
        records.back().test_bound = row.held_out;
    }
    return records;
}

std::vector<EvaluationRecord> history(std::span<const KlRow> rows) {
    std::vector<EvaluationRecord> records;
    for (const KlRow& row : rows) {
        records.push_back(evaluation(row.samples, row.epoch));
        records.back().test_kl_per_latent = row.kl;
        for (const float nats : row.kl) records.back().test_kl += nats;
    }
    return records;
}

// How many of the first evaluations it takes until the alarm; 0: there is none.
template <class Alarm>
std::size_t alarm_after(const std::vector<EvaluationRecord>& all, Alarm alarm) {
    for (std::size_t count = 0; count <= all.size(); ++count)
        if (alarm(std::vector<EvaluationRecord>(all.begin(),
                                                all.begin() + static_cast<std::ptrdiff_t>(count))))
            return count;
    return 0;
}

std::size_t overfitting_after(std::span<const BoundRow> rows) {
    return alarm_after(history(rows), [](const auto& records) { return overfitting_of(records); });
}

std::size_t collapse_after(const std::vector<EvaluationRecord>& records, RunConfig config = {}) {
    return alarm_after(records, [&](const auto& some) { return collapse_of(config, some); });
}

TEST(OverfittingAlarm, IsRaisedOnceTheHeldOutBoundHasClearlyFallen) {
    EXPECT_EQ(overfitting_after(kOverfitted), std::size(kOverfitted));
    const auto found = overfitting_of(history(kOverfitted));
    ASSERT_TRUE(found);
    EXPECT_DOUBLE_EQ(found->train, -103.50);
    EXPECT_DOUBLE_EQ(found->held_out, -153.76);
    EXPECT_DOUBLE_EQ(found->best, -145.13);
    EXPECT_EQ(found->best_samples, 80000);
}

TEST(OverfittingAlarm, IsNeverRaisedForARunThatIsWell) { EXPECT_EQ(overfitting_after(kWell), 0U); }

TEST(OverfittingAlarm, IsNotRaisedWhereBothBoundsFall) {
    auto diverging = history(kOverfitted);
    diverging.back().train_bound = -154.0;  // the step size is too large, perhaps
    EXPECT_FALSE(overfitting_of(diverging));
}

TEST(OverfittingAlarm, IsNotRaisedInTheFirstEpochsNorWithoutABound) {
    auto early = history(kOverfitted);
    for (EvaluationRecord& record : early) record.epoch /= 200.0;
    EXPECT_FALSE(overfitting_of(early));
    auto unbounded = history(kOverfitted);
    for (EvaluationRecord& record : unbounded) record.train_bound = record.test_bound = kUnknown;
    EXPECT_FALSE(overfitting_of(unbounded));
    EXPECT_FALSE(overfitting_of({}));
}

TEST(CollapseAlarm, IsRaisedWhereTheLatentsHaveSaidNothingForThreeEvaluations) {
    const auto records = history(kCollapsed);
    EXPECT_EQ(collapse_after(records), records.size()) << "from the third epoch on";
    const auto found = collapse_of({}, records);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->active, 0);
    EXPECT_EQ(found->latents, 10);
    EXPECT_NEAR(found->kl, 0.0014, 0.0001);
}

TEST(CollapseAlarm, WaitsUntilTheKlHasItsWholeWeight) {
    const auto records = history(kCollapsed);
    RunConfig config;
    config.kl_warmup = 80000;
    EXPECT_TRUE(collapse_of(config, records)) << "the third last evaluation is after 80000 images";
    config.kl_warmup = 80001;
    EXPECT_FALSE(collapse_of(config, records));
}

TEST(CollapseAlarm, IsNotRaisedWhereSpareLatentsAreLeftAlone) {
    std::vector<KlRow> rows;
    for (int i = 1; i <= 4; ++i) rows.push_back({100000 * i, 2.0 * i, kWellKl});
    EXPECT_EQ(collapse_after(history(rows)), 0U);
    for (KlRow& row : rows) row.kl = {4.1f, 0.001f};  // one of two is half of them
    EXPECT_EQ(collapse_after(history(rows)), 0U);
    for (KlRow& row : rows) row.kl = {4.1f, 0.001f, 0.001f};
    EXPECT_EQ(collapse_after(history(rows)), 3U);
}

TEST(CollapseAlarm, IsNotRaisedWhereTheKlIsNotKnownByLatent) {
    std::vector<KlRow> rows(
        4, {300000, 5.0, {static_cast<float>(kUnknown), static_cast<float>(kUnknown)}});
    EXPECT_EQ(collapse_after(history(rows)), 0U);
    for (KlRow& row : rows) row.kl.clear();
    EXPECT_EQ(collapse_after(history(rows)), 0U);
}

std::optional<Advice> advice(const RunConfig& config, std::span<const KlRow> rows) {
    return advice_for(config, 60000, history(rows));
}

TEST(Advice, AgainstCollapseIsAnOrdinaryBetaFirst) {
    RunConfig config;
    config.beta = 40.0;
    const auto found = advice(config, kCollapsed);
    ASSERT_TRUE(found);
    EXPECT_NE(found->text.find("0 of 10 latents"), std::string::npos) << found->text;
    EXPECT_EQ(found->change, (std::pair<std::string, std::string>{"beta", "1"}));
    EXPECT_FALSE(found->restart);
}

TEST(Advice, AgainstCollapseIsAKlWarmupAndThenALongerOne) {
    RunConfig config;
    auto found = advice(config, kCollapsed);
    ASSERT_TRUE(found && found->restart);
    EXPECT_EQ(found->restart->kl_warmup, 300000) << "five epochs";
    EXPECT_FALSE(found->change);
    config.kl_warmup = 50000;
    found = advice(config, kCollapsed);
    ASSERT_TRUE(found && found->restart);
    EXPECT_EQ(found->restart->kl_warmup, 100000);
    found->restart->kl_warmup = config.kl_warmup;
    EXPECT_EQ(*found->restart, config) << "nothing else is changed";
}

TEST(Advice, AgainstOverfittingIsTheBestWeightsWhereTheRunKeepsThemAndThenAugmentation) {
    RunConfig config;
    const auto records = history(kOverfitted);
    auto found = advice_for(config, 500, records);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->change, (std::pair<std::string, std::string>{"weights", "best"}));
    const std::pair<std::string, std::string> shifts{"augment", "shifts"};
    config.keep_best = "off";
    found = advice_for(config, 500, records);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->change, shifts);
    config.keep_best = "on";
    config.weights = "best";
    found = advice_for(config, 500, records);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->change, shifts) << "they are shown";
    config.augment = "both";
    found = advice_for(config, 500, records);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->remedy, "") << "there is no more to be done";
}

TEST(Advice, IsNotGivenToARunThatIsWell) { EXPECT_FALSE(advice_for({}, 60000, history(kWell))); }

}  // namespace
}  // namespace elbow::train
