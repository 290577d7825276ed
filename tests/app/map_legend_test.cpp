#include "app/gui/map/map_legend.h"

#include <gtest/gtest.h>

namespace elbow::gui {
namespace {

std::vector<std::string> classes(int count) {
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) names.push_back("class " + std::to_string(i));
    return names;
}

TEST(MapLegend, HasARowForEachClassWhileTheBitsSuffice) {
    for (const int count : {0, 1, 10, 32}) EXPECT_EQ(legend_rows(classes(count)), classes(count));
}

TEST(MapLegend, NamesTheRowThatManyClassesShare) {
    for (const int count : {33, 47, 256}) {
        const std::vector<std::string> rows = legend_rows(classes(count));
        ASSERT_EQ(rows.size(), 32u) << count;
        EXPECT_EQ(rows[30], "class 30");
        EXPECT_EQ(rows[31], "31 and above");
    }
}

TEST(MapLegend, ItsLastRowHidesThePointsOfAllTheLabelsFromThereOn) {
    PlacedPoints points;
    for (int label = 0; label < 47; ++label) {
        points.xy.insert(points.xy.end(), {static_cast<float>(label), 0.0f});
        points.labels.push_back(static_cast<std::uint8_t>(label));
    }
    for (int row = 0; row < 32; ++row) {
        const std::uint32_t hidden = 1U << row;
        for (int label = 0; label < 47; ++label) {
            const bool found = point_near(points, hidden, {double(label), 0.0}, 0.1).has_value();
            const bool in_row = row < 31 ? label == row : label >= 31;
            EXPECT_EQ(found, !in_row) << "row " << row << ", label " << label;
            EXPECT_EQ(is_hidden(hidden, label), in_row) << "row " << row << ", label " << label;
        }
    }
}

}  // namespace
}  // namespace elbow::gui
