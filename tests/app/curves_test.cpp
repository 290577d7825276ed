#include "app/charts/curves.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "app/charts/chart.h"
#include "app/charts/raster.h"
#include "engine/core/error.h"

namespace elbow::charts {
namespace {

using ::testing::HasSubstr;

const Curve kLine{"mnist,20", "aevb", "test", {1e5, 1e6, 1e7}, {-150.0, -120.0, -100.0}};

TEST(Curves, AreInterpolatedAlongTheLogarithmOfTheSamples) {
    EXPECT_DOUBLE_EQ(value_at(kLine, 1e6).value(), -120.0);
    EXPECT_NEAR(value_at(kLine, std::sqrt(1e11)).value(), -135.0, 1e-9);
    EXPECT_NEAR(value_at(kLine, 2e6).value(), -120.0 + 20.0 * std::log10(2.0), 1e-9);
    EXPECT_DOUBLE_EQ(value_at(kLine, 1e5).value(), -150.0);
    EXPECT_DOUBLE_EQ(value_at(kLine, 1e7).value(), -100.0);
    EXPECT_FALSE(value_at(kLine, 9e4));
    EXPECT_FALSE(value_at(kLine, 1.1e7));
}

TEST(Curves, DifferOnlyWhereOursHasCome) {
    const std::array ours = {Curve{"mnist,20", "aevb", "test", {1e6, 3e6}, {-118.0, -110.0}},
                             Curve{"mnist,20", "aevb", "train", {1e6, 3e6}, {-119.0, -111.0}}};
    const std::array paper = {kLine};
    const std::array counts = {1e6, 3e6, 1e7};
    const std::vector<Difference> found = differences(ours, paper, counts);
    ASSERT_EQ(found.size(), 4U);
    EXPECT_DOUBLE_EQ(found[0].paper_nats.value(), -120.0);
    EXPECT_FALSE(found[2].paper_nats);
    EXPECT_EQ(differences_csv(csv_header("fig2"), found),
              "dataset,latents,method,split,samples,ours_nats,paper_nats,difference_nats\n"
              "mnist,20,aevb,test,1000000,-118.00,-120.00,2.00\n"
              "mnist,20,aevb,test,3000000,-110.00,-110.46,0.46\n"
              "mnist,20,aevb,train,1000000,-119.00,,\n"
              "mnist,20,aevb,train,3000000,-111.00,,\n");
}

TEST(Curves, AreReadBackAsTheyWereWritten) {
    const std::array curves = {kLine, Curve{"frey,2", "wake-sleep", "train", {2e5}, {12.25}}};
    const std::string header = csv_header("fig2");
    const std::vector<Curve> read = parse_curves_csv(curves_csv(header, curves), header, "x");
    ASSERT_EQ(read.size(), 2U);
    EXPECT_EQ(read[0].panel, "mnist,20");
    EXPECT_EQ(read[0].samples, kLine.samples);
    EXPECT_EQ(read[1].method, "wake-sleep");
    EXPECT_EQ(read[1].nats, std::vector<double>{12.25});
}

TEST(Curves, OfAnotherFormAreRefusedByLine) {
    const std::string header = csv_header("fig3");
    const auto refusal = [&](const std::string& text) {
        try {
            parse_curves_csv(text, header, "The file");
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_THAT(refusal("a,b\n"), HasSubstr("line 1"));
    EXPECT_THAT(refusal(header + "\n1000,aevb,test,1e6\n"), HasSubstr("line 2: expected 5"));
    EXPECT_THAT(refusal(header + "\n1000,aevb,test,1e6,high\n"), HasSubstr("found 'high'"));
    EXPECT_THROW(csv_header("fig4"), Error);
}

// The numbers of the paper's figures, as read off them elsewhere.
TEST(Curves, OfThePaperAreThere) {
    const std::vector<Curve> fig2 = paper_curves("fig2");
    EXPECT_EQ(fig2.size(), 36U);
    EXPECT_NEAR(value_at(*find_curve(fig2, {"mnist,20", "aevb", "test", {}, {}}), 1e7).value(),
                -104.8, 0.15);
    EXPECT_NEAR(value_at(*find_curve(fig2, {"frey,10", "aevb", "test", {}, {}}), 1e7).value(),
                1171.0, 3.0);
    const std::vector<Curve> fig3 = paper_curves("fig3");
    EXPECT_EQ(fig3.size(), 12U);
    EXPECT_NEAR(value_at(*find_curve(fig3, {"1000", "aevb", "test", {}, {}}), 5e6).value(), -143.2,
                0.6);
}

// What is blue in the picture lies on the straight line from corner to corner, and nowhere else.
TEST(Chart, DrawsAPowerLawAsAStraightLine) {
    Chart chart;
    Panel panel{"N_z = 3", 0.0, 3.0, {}};
    panel.lines.push_back({{{0, 0, 255}, 1.0, false}, {1e5, 1e8}, {0.0, 3.0}});
    chart.rows = {{panel}};
    const Raster picture = draw_chart(chart);
    int blue = 0;
    int lowest_x = picture.width(), highest_x = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const std::uint8_t* pixel =
                picture.pixels().data() + 3 * (static_cast<std::size_t>(y) * picture.width() + x);
            if (pixel[2] < 200 || pixel[0] > 60) continue;
            ++blue;
            lowest_x = std::min(lowest_x, x);
            highest_x = std::max(highest_x, x);
        }
    }
    EXPECT_GT(blue, 500);
    EXPECT_GT(highest_x - lowest_x, picture.width() / 2);
    EXPECT_THROW(draw_chart(Chart{}), Error);
}

TEST(Lettering, WritesLettersOutsideAscii) {
    const Lettering letters(40.0);
    const auto written = [&](const std::string& words) {
        Raster raster(100, 60, {255, 255, 255});
        letters.write(raster, 5.0, 5.0, words, {0, 0, 0});
        return raster.pixels();
    };
    EXPECT_NE(written("\u00E9"), written("?"));
    EXPECT_NE(written("\u00E9"), written("\u00F8"));
    EXPECT_LT(letters.width("\u00E9"), 1.1 * letters.width("e"));
    EXPECT_LT(letters.width("10\u2009000"), letters.width("10 000"));
}

}  // namespace
}  // namespace elbow::charts
