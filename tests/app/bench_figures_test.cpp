#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "app/bench/figures.h"
#include "app/bench/frame_rows.h"
#include "engine/core/error.h"

namespace elbow::bench {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(Spread, IsMedianAndExtremesInAnyOrder) {
    const Spread odd = spread_of({3.0, 9.0, 1.0});
    EXPECT_EQ(odd.median, 3.0);
    EXPECT_EQ(odd.minimum, 1.0);
    EXPECT_EQ(odd.maximum, 9.0);
    EXPECT_EQ(spread_of({4.0, 1.0, 2.0, 8.0}).median, 3.0);
    EXPECT_EQ(spread_of({5.0}).median, 5.0);
    EXPECT_THROW(spread_of({}), Error);
}

TEST(Percentile, IsTheSmallestValueThatSoManyDoNotExceed) {
    std::vector<double> hundred(100);
    for (std::size_t i = 0; i < hundred.size(); ++i) hundred[i] = static_cast<double>(100 - i);
    EXPECT_EQ(percentile(hundred, 0.5), 50.0);
    EXPECT_EQ(percentile(hundred, 0.99), 99.0);
    EXPECT_EQ(percentile(hundred, 0.0), 1.0);
    EXPECT_EQ(percentile(hundred, 1.0), 100.0);
    EXPECT_EQ(percentile({7.0}, 0.99), 7.0);
    EXPECT_THROW(percentile({}, 0.5), Error);
}

TEST(NumberText, KeepsAboutFourDigits) {
    EXPECT_EQ(number_text(46711.6), "46712");
    EXPECT_EQ(number_text(102.34), "102.3");
    EXPECT_EQ(number_text(24.049), "24.05");
    EXPECT_EQ(number_text(2.1374), "2.137");
    EXPECT_EQ(number_text(0.01823), "0.0182");
    EXPECT_EQ(number_text(0.0), "0.0000");
}

Figures two_repeats() {
    Figures figures;
    for (const double repeat : {1.0, 2.0}) {
        figures.add("train", "small", 1, "images/s", 1000.0 * repeat);
        figures.add("train", "small", 1, "step p50, ms", repeat);
        figures.add("train", "small", 2, "images/s", 2000.0 * repeat);
        figures.add("decode", "one z", 1, "ms", 0.5 * repeat);
    }
    return figures;
}

TEST(Figures, GatherTheRepeatsOfEachQuantity) {
    const Figures figures = two_repeats();
    ASSERT_THAT(figures.all(), SizeIs(4));
    EXPECT_EQ(figures.all()[0].values, (std::vector<double>{1000.0, 2000.0}));
    EXPECT_EQ(figures.all()[2].threads, 2);
}

TEST(Figures, BecomeATableOfOnePart) {
    const auto lines = table_lines(two_repeats(), "train");
    ASSERT_THAT(lines, SizeIs(4));
    for (const char* heading : {"train", "threads", "quantity", "median", "min", "max"})
        EXPECT_THAT(lines[0], HasSubstr(heading));
    for (const auto& line : lines) EXPECT_THAT(line, SizeIs(lines[0].size()));
    for (const char* cell : {"small", "images/s", " 1500 ", " 1000 ", " 2000"})
        EXPECT_THAT(lines[1], HasSubstr(cell));
    EXPECT_THAT(lines[2], Not(HasSubstr("small"))) << "a subject is named once";
    EXPECT_THAT(lines[3], HasSubstr("small")) << "with other threads it is another one";
    EXPECT_THAT(table_lines(two_repeats(), "gui"), IsEmpty());
}

TEST(Figures, BecomeJson) {
    const Json list = to_json(two_repeats());
    ASSERT_EQ(list.array().size(), 4U);
    EXPECT_EQ(json_text(list.array()[3]),
              R"({"part":"decode","subject":"one z","threads":1,"quantity":"ms",)"
              R"("median":0.75,"min":0.5,"max":1.0,"values":[0.5,1.0]})");
}

TEST(FrameRows, AreReadAsFarAsTheyAreWhole) {
    std::istringstream csv(
        "time_s,frame_ms,drag_to_pixel_ms,images_per_s\n"
        "0.1000,5.500,,0\n0.2000,6.500,12.250,40000\nnonsense\n0.3000,7.500,,4");
    const auto rows = read_frames(csv);
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows[1].time_s, 0.2);
    EXPECT_EQ(rows[1].frame_ms, 6.5);
    EXPECT_EQ(rows[1].images_per_s, 40000.0);
}

TEST(FrameRows, CountOnceTheTrainingHasSettled) {
    const std::vector<FrameRow> rows = {
        {0.1, 90.0, 0.0}, {1.0, 5.0, 100.0}, {1.4, 5.0, 100.0}, {1.5, 5.0, 100.0}, {1.6, 5.0, 0.0}};
    ASSERT_THAT(training_frames(rows), SizeIs(2));
    EXPECT_EQ(training_frames(rows)[0].time_s, 1.5);
    EXPECT_THAT(training_frames({{0.1, 5.0, 0.0}}), IsEmpty());
    EXPECT_THAT(training_frames({}), IsEmpty());
}

}  // namespace
}  // namespace elbow::bench
