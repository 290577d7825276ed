#include "app/gui/widgets/plot.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "app/gui/widgets/plot_scale.h"
#include "tests/app/context_parts.h"
#include "tests/app/imgui_frame.h"

namespace elbow::gui {
namespace {

const double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> steps(int count, double from = 0.0, double step = 1.0) {
    std::vector<double> values(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) values[static_cast<std::size_t>(i)] = from + step * i;
    return values;
}

// A bound that climbs steeply at first and then ever more slowly: -120 - 400 / (1 + t / 2).
std::vector<double> learning_curve(const std::vector<double>& x) {
    std::vector<double> y;
    y.reserve(x.size());
    for (const double at : x) y.push_back(-120.0 - 400.0 / (1.0 + at / 2.0));
    return y;
}

TEST(PlotTicks, AreRoundInsideTheRangeAndNotTooMany) {
    EXPECT_EQ(ticks(0.0, 10.0, 6), (std::vector<double>{0, 2, 4, 6, 8, 10}));
    EXPECT_EQ(ticks(-158.0, -101.0, 4), (std::vector<double>{-140, -120}));
    for (const double top : {0.003, 0.7, 12.0, 999.0, 1.3e6, 7e9}) {
        for (int most = 2; most < 12; ++most) {
            const auto positions = ticks(0.1 * top, top, most);
            EXPECT_LE(positions.size(), static_cast<std::size_t>(most));
            EXPECT_FALSE(positions.empty());
            for (const double position : positions) {
                EXPECT_GE(position, 0.1 * top * (1 - 1e-9));
                EXPECT_LE(position, top * (1 + 1e-9));
            }
        }
    }
}

TEST(PlotTicks, AnEmptyOrReversedRangeHasNone) {
    EXPECT_TRUE(ticks(1.0, 1.0, 5).empty());
    EXPECT_TRUE(ticks(2.0, 1.0, 5).empty());
    EXPECT_TRUE(ticks(kNan, 1.0, 5).empty());
    EXPECT_TRUE(log_ticks(0.0, 10.0, 5).empty());
}

TEST(PlotTicks, LogarithmicOnesAreDecadesAndTheirTwoAndFive) {
    EXPECT_EQ(log_ticks(100.0, 2000.0, 8), (std::vector<double>{100, 200, 500, 1000, 2000}));
    EXPECT_EQ(log_ticks(100.0, 1e6, 5), (std::vector<double>{1e2, 1e3, 1e4, 1e5, 1e6}));
    EXPECT_LE(log_ticks(1.0, 1e12, 4).size(), 4u);
    EXPECT_GE(log_ticks(310.0, 390.0, 5).size(), 2u);
}

TEST(PlotTicks, LabelsHaveAsManyDecimalsAsTheyNeed) {
    EXPECT_EQ(tick_label(-120.0, 20.0), "-120");
    EXPECT_EQ(tick_label(0.25, 0.05), "0.25");
    EXPECT_EQ(tick_label(0.0, 0.05), "0");
    EXPECT_EQ(tick_label(20000.0, 20000.0), "20 k");
    EXPECT_EQ(tick_label(1.5e6, 5e5), "1.5 M");
    EXPECT_EQ(tick_label(3e9, 1e9), "3 G");
}

TEST(PlotReading, GroupsThousandsAndKeepsSmallNumbers) {
    EXPECT_EQ(reading(1234500.0), "1 234 500");
    EXPECT_EQ(reading(-1000.0), "-1 000");
    EXPECT_EQ(reading(-104.372), "-104.37");
    EXPECT_EQ(reading(0.00123), "0.00123");
    EXPECT_EQ(reading(200.0), "200");
}

TEST(PlotScale, FractionAndValueAreInverse) {
    for (const AxisScale& scale : {AxisScale{{-3.0, 5.0}, false}, AxisScale{{10.0, 1e5}, true}}) {
        for (const double fraction : {0.0, 0.2, 0.9, 1.0}) {
            EXPECT_NEAR(scale.fraction(scale.value(fraction)), fraction, 1e-12);
        }
    }
    EXPECT_NEAR((AxisScale{{10.0, 1e5}, true}.value(0.5)), 1e3, 1e-9);
}

TEST(PlotFit, LetsGoOfTheSteepFirstPart) {
    const auto x = steps(1000);
    const auto y = learning_curve(x);
    const LineView line{x, y};
    const Range range = fit_y(std::array{line}, {{0.0, 999.0}, false});
    EXPECT_GT(range.min, -200.0) << "the start at -520 would flatten the rest";
    EXPECT_LT(range.min, y[500]);
    EXPECT_GT(range.max, y.back());
}

TEST(PlotFit, ShowsAllOfAStraightLine) {
    const auto x = steps(100);
    const LineView line{x, x};
    const Range range = fit_y(std::array{line}, {{0.0, 99.0}, false});
    EXPECT_LE(range.min, 0.0);
    EXPECT_GE(range.max, 99.0);
}

TEST(PlotFit, KeepsTheNewestValuesInsideWhateverCameBefore) {
    const auto x = steps(100);
    std::vector<double> y(100, 1.0);
    y.back() = -50.0;
    const LineView line{x, y};
    EXPECT_LE(fit_y(std::array{line}, {{0.0, 99.0}, false}).min, -50.0);
}

TEST(PlotFit, CanShowWholeLines) {
    const auto x = steps(100);
    std::vector<double> y(100, 0.9);
    y[0] = 5.0;  // left of the axis
    y[20] = 0.1;
    y[30] = std::nan("");
    const Range range = whole_y(std::array{LineView{x, y}}, {{1.0, 99.0}, true});
    EXPECT_LT(range.min, 0.1);
    EXPECT_GT(range.max, 0.9);
    EXPECT_LT(range.max, 1.0);
    EXPECT_GT(whole_y({}, {}).span(), 0.0);
}

TEST(PlotFit, WorksWithoutDataAndWithConstantData) {
    EXPECT_GT(fit_y({}, {}).span(), 0.0);
    const auto x = steps(10);
    const std::vector<double> y(10, -7.0);
    const LineView line{x, y};
    const Range range = fit_y(std::array{line}, {{0.0, 9.0}, false});
    EXPECT_LT(range.min, -7.0);
    EXPECT_GT(range.max, -7.0);
}

TEST(PlotFit, IgnoresWhatALogarithmicAxisCannotShow) {
    // The evaluation of the untrained model at 0 is not on the axis, nor is a line from it.
    const std::vector<double> x{0.0, 10000.0, 40000.0};
    const std::vector<double> y{-543.0, -190.0, -180.0};
    const LineView line{x, y};
    const Range range = fit_y(std::array{line}, {{1000.0, 40000.0}, true});
    EXPECT_GT(range.min, -200.0);
}

TEST(PlotFit, ARunThatHasComeToTheOthersDoesNotFlattenThemByItsBeginning) {
    const std::vector<double> x{1000, 3000, 10000, 30000, 100000, 300000, 1000000};
    const std::vector<double> adagrad{-600, -600, -590, -250, -180, -160, -150};
    const std::vector<double> published{-190, -180, -170, -160, -150, -145, -140};
    const std::vector<double> young{-600, -600, -590};
    const AxisScale scale{{1000.0, 1e6}, true};
    const std::array behind{LineView{x, published}};
    EXPECT_GT(fit_y_over(std::array{LineView{x, adagrad}}, behind, scale).min, -260.0);
    const std::vector<double> begun(x.begin(), x.begin() + 3);
    EXPECT_LT(fit_y_over(std::array{LineView{begun, young}}, behind, scale).min, -590.0);
}

TEST(PlotLegend, HidesWhatRunsThroughIt) {
    const auto x = steps(100);
    const std::vector<double> low(100, 0.1), high(100, 0.9);
    const AxisScale across{{0.0, 99.0}, false}, up{{0.0, 1.0}, false};
    const PlotBox lower_right{0.6, 1.0, 0.0, 0.4}, upper_left{0.0, 0.4, 0.6, 1.0};
    EXPECT_GT(places_covered(std::array{LineView{x, low}}, across, up, lower_right), 20);
    EXPECT_EQ(places_covered(std::array{LineView{x, high}}, across, up, lower_right), 0);
    EXPECT_EQ(places_covered(std::array{LineView{x, low}}, across, up, upper_left), 0);
    EXPECT_EQ(places_covered({}, across, up, lower_right), 0);
}

TEST(PlotExtent, OfALogarithmicAxisBeginsAtTheFirstPositiveValue) {
    const std::vector<double> x{0.0, 100.0, 5000.0};
    const LineView line{x, x};
    EXPECT_EQ(x_extent(std::array{line}, true), (Range{100.0, 5000.0}));
    EXPECT_EQ(x_extent(std::array{line}, false), (Range{0.0, 5000.0}));
}

TEST(PlotReduce, KeepsPeaksWithFewPointsAColumn) {
    const int count = 100000;
    const auto x = steps(count);
    std::vector<double> y(static_cast<std::size_t>(count), 0.0);
    y[51234] = 0.75;
    y[51240] = -0.75;
    const AxisScale across{{0.0, count - 1.0}, false};
    const auto pieces = reduce_line({x, y}, across, {{-1.0, 1.0}, false}, 300);
    ASSERT_EQ(pieces.size(), 1u);
    EXPECT_LE(pieces[0].size(), 4u * 302u);
    double lowest = 1.0, highest = 0.0;
    for (std::size_t i = 0; i < pieces[0].size(); ++i) {
        lowest = std::min(lowest, pieces[0][i].y);
        highest = std::max(highest, pieces[0][i].y);
        if (i > 0) {
            EXPECT_GE(pieces[0][i].x, pieces[0][i - 1].x);
        }
    }
    EXPECT_NEAR(lowest, 0.125, 1e-9);
    EXPECT_NEAR(highest, 0.875, 1e-9);
}

TEST(PlotReduce, BreaksWhereThereIsNoValue) {
    const auto x = steps(6);
    const std::vector<double> y{0.0, 1.0, kNan, 1.0, 0.0, 0.5};
    const auto pieces = reduce_line({x, y}, {{0.0, 5.0}, false}, {{0.0, 1.0}, false}, 100);
    ASSERT_EQ(pieces.size(), 2u);
    EXPECT_EQ(pieces[0].size(), 2u);
    EXPECT_EQ(pieces[1].size(), 3u);
}

TEST(PlotReduce, ReachesOnePointBeyondBothEdges) {
    const auto x = steps(100);
    const auto pieces = reduce_line({x, x}, {{40.5, 49.5}, false}, {{0.0, 99.0}, false}, 1000);
    ASSERT_EQ(pieces.size(), 1u);
    EXPECT_LT(pieces[0].front().x, 0.0);
    EXPECT_GT(pieces[0].back().x, 1.0);
    EXPECT_EQ(pieces[0].size(), 11u);
}

TEST(PlotNearest, SkipsWhatHasNoValue) {
    const std::vector<double> x{1, 2, 3, 4};
    const std::vector<double> y{kNan, 5, kNan, 7};
    EXPECT_EQ(nearest_point({x, y}, 0.0), 1);
    EXPECT_EQ(nearest_point({x, y}, 2.9), 1);
    EXPECT_EQ(nearest_point({x, y}, 3.2), 3);
    EXPECT_EQ(nearest_point({x, y}, 9.0), 3);
    const std::vector<double> none{kNan, kNan, kNan, kNan};
    EXPECT_EQ(nearest_point({x, none}, 2.0), -1);
}

// Whole frames of ImGui around one plot of 600 x 300 pixels at the origin.
class PlotMouse : public testing::Test {
  protected:
    void frame(float x, float y, bool down, float wheel = 0.0f) {
        frames_.mouse(x, y, down);
        ImGui::GetIO().MouseWheel = wheel;
        frames_.frame([&] {
            ImGui::SetNextWindowPos({0, 0});
            ImGui::SetNextWindowSize({700, 400});
            ImGui::Begin("plots", nullptr, ImGuiWindowFlags_NoDecoration);
            ImGui::SetCursorScreenPos({0, 0});
            click_ = plot(parts_.context, "a.plot", {"images", "nats", false, {600, 300}, ""},
                          series_, view_);
            ImGui::End();
        });
    }
    void settle() {
        for (int i = 0; i < 3; ++i) frame(300, 120, false);
    }

    NullFrames frames_;
    ContextParts parts_;
    std::vector<PlotSeries> series_{
        {"a line", "line", IM_COL32_WHITE, false, steps(100), steps(100), true}};
    PlotView view_;
    std::optional<PlotClick> click_;
};

TEST_F(PlotMouse, AClickSaysWhere) {
    settle();
    frame(300, 120, true);
    EXPECT_FALSE(click_.has_value()) << "it may become a drag";
    frame(300, 120, false);
    ASSERT_TRUE(click_.has_value());
    EXPECT_FALSE(click_->twice);
    EXPECT_NEAR(click_->x, 48.0, 6.0) << "the axis begins to the right of its numbers";
    for (const bool down : {true, false}) frame(300, 120, down);
    ASSERT_TRUE(click_.has_value());
    EXPECT_TRUE(click_->twice);
    for (int i = 0; i < 60; ++i) frame(300, 120, false);
    for (const float x : {300.0f, 280.0f}) frame(x, 120, true);
    frame(280, 120, false);
    EXPECT_FALSE(click_.has_value()) << "that was a drag";
    for (int i = 0; i < 60; ++i) frame(10, 120, false);
    for (const bool down : {true, false}) frame(10, 120, down);
    EXPECT_FALSE(click_.has_value()) << "among the numbers of the axis";
}

TEST_F(PlotMouse, TheWheelZoomsAroundTheCursor) {
    settle();
    EXPECT_TRUE(view_.fit_x);
    frame(300, 120, false, 1.0f);
    EXPECT_FALSE(view_.fit_x);
    EXPECT_FALSE(view_.fit_y);
    EXPECT_GT(view_.x_min, 0.0);
    EXPECT_LT(view_.x_max, 99.0);
    EXPECT_NEAR(view_.x_max - view_.x_min, 99.0 / 1.2, 1e-6);
}

TEST_F(PlotMouse, ADragMovesWhatIsShownAndADoubleClickFitsAgain) {
    settle();
    frame(300, 120, true);
    frame(260, 120, true);
    frame(220, 120, true);
    frame(220, 120, false);
    EXPECT_FALSE(view_.fit_x);
    EXPECT_GT(view_.x_min, 5.0) << "a drag to the left shows what lies at the right";
    EXPECT_NEAR(view_.x_max - view_.x_min, 99.0, 1e-6);
    for (int i = 0; i < 60; ++i) frame(300, 120, false);
    for (const bool down : {true, false, true, false}) frame(300, 120, down);
    EXPECT_TRUE(view_.fit_x);
    EXPECT_TRUE(view_.fit_y);
}

TEST_F(PlotMouse, WhatLiesBehindDoesNotStretchALinearAxis) {
    series_.push_back({"behind", "behind", IM_COL32_WHITE, false, steps(100, 50.0, 1e4),
                       steps(100, 500.0), true, true});
    settle();
    frame(300, 120, false, 1.0f);
    EXPECT_NEAR(view_.x_max - view_.x_min, 99.0 / 1.2, 1e-6);
    // Where it is in view, it has room, and so has the line itself.
    EXPECT_GT(view_.y_max, 400.0);
    EXPECT_LT(view_.y_min, 60.0);
    view_ = {};
    series_.back().visible = false;
    settle();
    frame(300, 120, false, 1.0f);
    EXPECT_LT(view_.y_max, 120.0);
}

TEST_F(PlotMouse, NothingToShowIsNoReasonToFail) {
    series_[0].x.clear();
    series_[0].y.clear();
    settle();
    series_.clear();
    settle();
    EXPECT_TRUE(view_.fit_x);
}

TEST_F(PlotMouse, AMarkAtNothingStandsAtTheEdgeOfALogarithmicAxis) {
    ContextParts parts("unwritten");
    frames_.frame([&] {
        ImGui::Begin("plots", nullptr, ImGuiWindowFlags_NoDecoration);
        ImGui::SetCursorScreenPos({0, 0});
        PlotOptions options{"images", "nats", true, {600, 300}, ""};
        options.mark_x = 0.0;
        plot(parts.context, "a.plot", options, series_, view_);
        ImGui::End();
    });
    const LayoutLog::Rect line = parts.layout.rects().at("curves.moment");
    EXPECT_GE(line.x, 0.0f);
    EXPECT_LT(line.x, 120.0f) << "beside the numbers of the other axis";
    parts.layout.end_frame(0.0);
}

TEST_F(PlotMouse, ALegendThatIsTooWideStandsInBriefAboveTheLines) {
    ContextParts parts("unwritten");
    const auto legend = [&](float width) {
        for (int i = 0; i < 2; ++i) {
            frames_.frame([&] {
                ImGui::Begin("plots", nullptr, ImGuiWindowFlags_NoDecoration);
                ImGui::SetCursorScreenPos({0, 0});
                plot(parts.context, "a.plot", {"images", "nats", false, {width, 300}, ""}, series_,
                     view_);
                ImGui::End();
            });
        }
        LayoutLog::Rect found = parts.layout.rects().at("plot.legend");
        parts.layout.end_frame(0.0);
        return found;
    };
    series_.front().name = "train: mean over minibatches, grey targets";
    EXPECT_EQ(legend(1600).value, "in a corner");
    const LayoutLog::Rect above = legend(380);
    EXPECT_EQ(above.value, "above");
    EXPECT_LT(above.height, 40.0f) << "one row of the short name";
    EXPECT_EQ(legend(1600).value, "in a corner");
}

}  // namespace
}  // namespace elbow::gui
