// Which class the path and the places of the map belong to, as the window and the picture show it.

#include <gtest/gtest.h>

#include "app/gui/exports/map.h"
#include "app/gui/panels/class_band.h"
#include "engine/live/questions/class_regions.h"
#include "tests/app/exporting.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

std::vector<explore::ClassVote> votes_of(const std::vector<int>& labels) {
    std::vector<explore::ClassVote> votes;
    votes.reserve(labels.size());
    for (const int label : labels) votes.push_back({static_cast<std::uint8_t>(label), 9});
    return votes;
}

TEST(ClassBandOfTheStrip, ChangesHalfWayBetweenTwoPlaces) {
    const StripLayout strip = strip_layout(5, 10, 10, {0, 0}, {500, 60}, 20, 1);
    ASSERT_EQ(strip.columns, 5);
    auto votes = votes_of({3, 3, 3, 7, 7});
    votes[1].votes = 6;
    const ClassBand band = class_band(votes, strip);
    ASSERT_EQ(band.size(), 2u);
    EXPECT_EQ(int{band[0].label}, 3);
    EXPECT_EQ(int{band[1].label}, 7);
    EXPECT_EQ(band[0].fewest_votes, 6);
    EXPECT_NEAR(band[1].from, 0.625, 1e-9);
    EXPECT_EQ(band[0].to, band[1].from);
    EXPECT_EQ(band[0].right, band[1].left);
    EXPECT_FLOAT_EQ(band[1].left, strip.marker(0.625).x);
    EXPECT_FLOAT_EQ(band[0].left, strip.corner(0).x) << "from the first frame's border";
    EXPECT_FLOAT_EQ(band[1].right, strip.corner(4).x + strip.tile.x);
}

TEST(ClassBandOfTheStrip, GoesOnInTheNextRow) {
    const StripLayout strip = strip_layout(8, 10, 10, {0, 0}, {200, 200}, 20, 1);
    ASSERT_LT(strip.columns, 8);
    const ClassBand band = class_band(votes_of(std::vector<int>(33, 2)), strip);
    const int rows = (8 + strip.columns - 1) / strip.columns;
    ASSERT_EQ(static_cast<int>(band.size()), rows);
    for (std::size_t i = 0; i < band.size(); ++i) {
        EXPECT_EQ(band[i].begins, i == 0) << "it is one class all along";
        if (i > 0) {
            EXPECT_GT(band[i].top, band[i - 1].top);
        }
        EXPECT_LT(band[i].left, band[i].right);
    }
}

TEST(ClassesLayer, IsOffAtFirstAndAskedForWhileItIsOn) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    const auto view = [&] {
        return window.runs.in_hand().link.views().get<live::ClassRegionsView>();
    };
    EXPECT_EQ(view(), nullptr) << "nobody asks for it";
    ASSERT_TRUE(window.becomes([&] { return window.shown.count("strip.classes") > 0; }));
    EXPECT_NE(window.shown["strip.classes"].value, "");
    ASSERT_TRUE(window.click("map.toggle.classes"));
    ASSERT_TRUE(window.becomes([&] { return window.shown.count("map.classes") > 0; }));
    EXPECT_GT(window.shown.count("map.legend.classes"), 0u);
    EXPECT_EQ(view()->votes.size(), static_cast<std::size_t>(view()->plane.columns) *
                                        static_cast<std::size_t>(view()->plane.rows));
    EXPECT_EQ(NullGl::refused(), "");
}

TEST(ClassesLayer, SaysThatImagesWithoutLabelsHaveNone) {
    auto bare = std::make_shared<data::Dataset>(*test::tiny_dataset());
    bare->held_out.labels.clear();
    bare->train.labels.clear();
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), bare);
    ASSERT_TRUE(window.shows_everything());
    window.frame();
    EXPECT_EQ(window.shown["map.toggle.classes"].value, "disabled");
    EXPECT_EQ(window.shown.count("strip.classes"), 0u);
}

class ClassesExport : public Exporter {};

TEST_F(ClassesExport, AreInThePictureOfTheMap) {
    source_.settings.points_shown = false;
    const auto before = export_png(map_export(), source(), progress_);
    source_.settings.backdrop = Backdrop::kClasses;
    EXPECT_NE(export_png(map_export(), source(), progress_), before);
}

}  // namespace
}  // namespace elbow::gui
