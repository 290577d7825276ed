#include "app/gui/map/placed_images.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/gui/exports/map.h"
#include "engine/core/rng.h"
#include "tests/app/exporting.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

using testing::ElementsAre;

PlacedPoints points_at(std::vector<float> xy) {
    PlacedPoints points;
    points.xy = std::move(xy);
    return points;
}

TEST(PlacedImages, HaveRoomInTheirOrderAndDoNotOverlap) {
    const ImageRoom room{1.0, 1.0};
    const PlacedPoints points = points_at({0, 0, 0.5f, 0.5f, 1.2f, 0, 0, 3});
    EXPECT_THAT(images_with_room(points, {}, 0, room, {}), ElementsAre(0, 2, 3));
    const std::vector<std::uint32_t> order{1, 0, 3, 2};
    EXPECT_THAT(images_with_room(points, order, 0, room, {}), ElementsAre(1, 3));
    const std::vector<int> before{2};
    EXPECT_THAT(images_with_room(points, order, 0, room, before), ElementsAre(2, 0, 3))
        << "what had room keeps it";
}

TEST(PlacedImages, AreNoneThatAreHiddenOrNowhere) {
    PlacedPoints points = points_at({0, 0, std::numeric_limits<float>::quiet_NaN(), 0, 5, 5});
    points.labels = {1, 0, 0};
    EXPECT_THAT(images_with_room(points, {}, 1U << 1, {1.0, 1.0}, {}), ElementsAre(2));
}

TEST(PlacedImages, OfManyPointsNoTwoOverlapAndNoPlaceIsLeftFree) {
    std::vector<float> xy(4000);
    Stream(1, "placed").normals(0, xy);
    const PlacedPoints points = points_at(xy);
    const ImageRoom room{0.3, 0.2};
    const std::vector<int> placed = images_with_room(points, {}, 0, room, {});
    const auto overlap = [&](int a, int b) {
        return std::abs(points.at(a).x - points.at(b).x) < room.width &&
               std::abs(points.at(a).y - points.at(b).y) < room.height;
    };
    for (int i = 0; i < points.count(); ++i) {
        const auto near = std::count_if(placed.begin(), placed.end(),
                                        [&](int other) { return overlap(i, other); });
        const bool own = std::find(placed.begin(), placed.end(), i) != placed.end();
        if (own) {
            EXPECT_EQ(near, 1) << "itself";
        } else {
            EXPECT_GE(near, 1);
        }
    }
}

TEST(PlacedImages, AreOfOneSizeOverARangeOfZooms) {
    const PlaneView view({0, 0, 3}, {0, 0}, {600, 600});
    const ImageRoom room = image_room(view, {28, 14});
    EXPECT_GE(room.width * view.pixels_per_unit(), 28.0 - 1e-6);
    EXPECT_LT(room.width * view.pixels_per_unit(), 28.0 * std::sqrt(2.0));
    EXPECT_NEAR(room.height, 0.5 * room.width, 1e-9);
    EXPECT_EQ(image_room(PlaneView({1, 1, 2.99}, {0, 0}, {600, 600}), {28, 14}), room);
}

TEST(PlacedImages, InViewAreThoseThatAreSeen) {
    const PlacedPoints points = points_at({0, 0, 3.2f, 0, 5, 0, 0, 1});
    const PlaneView view({0, 0, 3}, {0, 0}, {600, 600});
    const std::vector<int> all{0, 1, 2, 3};
    EXPECT_THAT(images_in_view(points, all, view, {1, 1}, 10), ElementsAre(0, 1, 3));
    EXPECT_THAT(images_in_view(points, all, view, {1, 1}, 2), ElementsAre(0, 1));
}

TEST(ImagesLayer, ShowsTheImagesAtTheirPoints) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    EXPECT_EQ(window.shown.count("map.images"), 0u);
    ASSERT_TRUE(window.click("map.toggle.images"));
    ASSERT_TRUE(window.becomes([&] { return window.shown.count("map.images") > 0; }));
    EXPECT_GT(std::stoi(window.shown["map.images"].value), 3);
    EXPECT_EQ(NullGl::refused(), "");
}

class ImagesAtPointsExport : public Exporter {};

TEST_F(ImagesAtPointsExport, AreInThePictureOfTheMap) {
    const auto before = export_png(map_export(), source(), progress_);
    source_.settings.layers["images"] = true;
    EXPECT_NE(export_png(map_export(), source(), progress_), before);
}

}  // namespace
}  // namespace elbow::gui
