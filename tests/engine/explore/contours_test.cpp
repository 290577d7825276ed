#include "engine/explore/contours.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace elbow::explore {
namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

std::vector<double> grid(int columns, int rows,
                         const std::function<double(double x, double y)>& height) {
    std::vector<double> values;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) values.push_back(height(x, y));
    }
    return values;
}

bool is_closed(const ContourLine& line) {
    return line.front().x == line.back().x && line.front().y == line.back().y;
}

TEST(Contours, OfABowlAreClosedAndLieWhereItIsThatHigh) {
    const auto values =
        grid(41, 31, [](double x, double y) { return -std::hypot(x - 18.2, y - 14.7); });
    for (const double radius : {2.0, 5.0, 11.3}) {
        const auto lines = contours(values, 41, 31, -radius);
        ASSERT_EQ(lines.size(), 1u) << radius;
        EXPECT_TRUE(is_closed(lines[0]));
        double around = 0.0;
        for (std::size_t i = 0; i < lines[0].size(); ++i) {
            const ContourPoint& at = lines[0][i];
            EXPECT_NEAR(std::hypot(at.x - 18.2, at.y - 14.7), radius, 0.2);
            if (i == 0) continue;
            const double step = std::hypot(at.x - lines[0][i - 1].x, at.y - lines[0][i - 1].y);
            EXPECT_LT(step, 1.5) << "from one neighbour to the next";
            around += step;
        }
        EXPECT_NEAR(around, 2.0 * 3.14159265 * radius, 0.3 * radius);
    }
    EXPECT_TRUE(contours(values, 41, 31, 1.0).empty()) << "above all of it";
    EXPECT_TRUE(contours(values, 41, 31, -100.0).empty()) << "below all of it";
}

TEST(Contours, OfASlopeIsOneLineFromBorderToBorder) {
    const auto values = grid(6, 4, [](double x, double y) { return x + 0.25 * y; });
    const auto lines = contours(values, 6, 4, 2.5);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_FALSE(is_closed(lines[0]));
    for (const ContourPoint& at : lines[0]) EXPECT_NEAR(at.x + 0.25 * at.y, 2.5, 1e-12);
    EXPECT_EQ(std::abs(lines[0].front().y - lines[0].back().y), 3.0);
}

TEST(Contours, AnOpenLineIsWholeWhereverTheSearchMeetsItFirst) {
    // A ridge from the left border to the right one: two lines, each in one piece.
    const auto values = grid(9, 9, [](double x, double y) {
        const double away = y - 4.2 - std::sin(x);
        return -away * away;
    });
    const auto lines = contours(values, 9, 9, -2.0);
    ASSERT_EQ(lines.size(), 2u);
    for (const ContourLine& line : lines) {
        EXPECT_FALSE(is_closed(line));
        EXPECT_EQ(std::abs(line.front().x - line.back().x), 8.0);
    }
}

TEST(Contours, ASaddleGoesWithTheSideThatItsMiddleIsOn) {
    // High corners at (0, 0) and (1, 1); the middle decides whether a bridge joins them.
    const auto cut_off = [](double level) {
        double nearest = 10.0;  // of a line to a low corner
        for (const ContourLine& line : contours(std::vector<double>{4, 0, 0, 4}, 2, 2, level)) {
            EXPECT_EQ(line.size(), 2u);
            const double x = 0.5 * (line[0].x + line[1].x), y = 0.5 * (line[0].y + line[1].y);
            nearest = std::min(nearest, std::hypot(x - 1.0, y));
        }
        return nearest;
    };
    EXPECT_LT(cut_off(1.0), 0.25) << "the low corners are cut off";
    EXPECT_GT(cut_off(3.0), 0.7) << "the high corners are";
}

TEST(Contours, GoThroughNoSquareWithACornerThatIsNotFinite) {
    auto values = grid(11, 11, [](double x, double y) { return -std::hypot(x - 5.0, y - 5.0); });
    values[5 * 11 + 8] = kNotANumber;
    const auto lines = contours(values, 11, 11, -2.5);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_FALSE(is_closed(lines[0]));
    for (const ContourPoint& at : lines[0]) {
        EXPECT_TRUE(std::isfinite(at.x) && std::isfinite(at.y));
        EXPECT_NEAR(std::hypot(at.x - 5.0, at.y - 5.0), 2.5, 0.2);
    }
}

TEST(Contours, AreNoneOfASingleRow) {
    EXPECT_TRUE(contours(std::vector<double>{0, 1, 2}, 3, 1, 0.5).empty());
    EXPECT_TRUE(contours({}, 0, 0, 0.5).empty());
}

TEST(LevelHolding, IsTheLowestOfTheLikeliestThatHoldThePart) {
    const double nowhere = -std::numeric_limits<double>::infinity();
    const std::vector<double> nats{std::log(0.1), std::log(0.5), nowhere, std::log(0.3),
                                   std::log(0.1)};
    EXPECT_EQ(level_holding(nats, 0.4), std::log(0.5));
    EXPECT_EQ(level_holding(nats, 0.75), std::log(0.3));
    EXPECT_EQ(level_holding(nats, 0.85), std::log(0.1));
    EXPECT_EQ(level_holding(nats, 1.0), std::log(0.1));
    EXPECT_EQ(level_holding(std::vector<double>{nowhere}, 0.5), 0.0);
}

}  // namespace
}  // namespace elbow::explore
