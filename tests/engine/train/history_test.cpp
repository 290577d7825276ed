#include "engine/train/history.h"

#include <gtest/gtest.h>

namespace elbow::train {
namespace {

TEST(ThinnedSeries, KeepsEverythingUntilItIsFull) {
    ThinnedSeries<int> series(8);
    for (int i = 0; i < 8; ++i) series.push(i);
    EXPECT_EQ(series.records(), (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7}));
    series.clear();
    EXPECT_TRUE(series.records().empty());
}

TEST(ThinnedSeries, DropsEveryOtherOfItsOlderHalfWhenItIsFull) {
    ThinnedSeries<int> series(8);
    for (int i = 0; i < 9; ++i) series.push(i);
    EXPECT_EQ(series.records(), (std::vector<int>{0, 2, 4, 5, 6, 7, 8}));
}

TEST(ThinnedSeries, StaysLightInOrderAndKeepsBothEnds) {
    ThinnedSeries<int> series(100);
    for (int i = 0; i < 100000; ++i) {
        series.push(i);
        ASSERT_LE(series.records().size(), 100u);
        ASSERT_EQ(series.records().front(), 0);
        ASSERT_EQ(series.records().back(), i);
    }
    const std::vector<int>& records = series.records();
    for (std::size_t i = 1; i < records.size(); ++i) EXPECT_LT(records[i - 1], records[i]);
    // The newest quarter is whole.
    for (std::size_t i = records.size() - 25; i < records.size(); ++i) {
        EXPECT_EQ(records[i], records[i - 1] + 1);
    }
}

TEST(TrainRecords, UpToAMoment) {
    const std::vector<TrainRecord> records = {{1000, 0, 0, 1, 0, 0}, {2000, 0, 0, 2, 0, 0}};
    EXPECT_EQ(records_until(1999, records).size(), 1U);
    EXPECT_EQ(records_until(2000, records).size(), 2U);
}

}  // namespace
}  // namespace elbow::train
