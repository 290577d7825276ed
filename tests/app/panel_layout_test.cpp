// Where pictures lie in panels that are small, and in one that fills the window.

#include <gtest/gtest.h>

#include "app/gui/map/layers/inset.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/panels/sheet_layout.h"
#include "app/gui/panels/strip_layout.h"

namespace elbow::gui {
namespace {

TEST(EnlargedGrid, ShowsTheSameImagesAsLargeAsTheRoomTakesThem) {
    for (const ImVec2 space : {ImVec2{1500, 800}, ImVec2{900, 900}, ImVec2{300, 1400}}) {
        for (const int cells : {1, 7, 36, 120}) {
            for (const int stacked : {1, 2}) {
                SCOPED_TRACE(testing::Message()
                             << space.x << " x " << space.y << ", " << cells << ", " << stacked);
                const SheetGrid small = sheet_grid(28, 28, {400, 250}, stacked, 1.0f);
                const SheetGrid grid = enlarged_grid(cells, 1, 28, 28, space, stacked, 1.0f);
                EXPECT_GE(grid.cells(), cells);
                EXPECT_LE(grid.size().x, space.x + 0.5f);
                EXPECT_LE(grid.size().y, space.y + 0.5f);
                EXPECT_GE(grid.image.x, small.image.x);
                // No whole zoom more would fit.
                const float more = grid.image.x / 28.0f + 1.0f;
                for (int columns = 1; columns <= cells; ++columns) {
                    const int rows = (cells + columns - 1) / columns;
                    const float x = 28 * more + grid.gap, y = 28 * more * stacked + grid.gap;
                    EXPECT_TRUE(columns * x - grid.gap > space.x || rows * y - grid.gap > space.y);
                }
            }
        }
    }
}

TEST(EnlargedGrid, KeepsAColumnForEachLabelWhereItCan) {
    const SheetGrid grid = enlarged_grid(40, 10, 28, 28, {1500, 800}, 2, 1.0f);
    EXPECT_EQ(grid.columns % 10, 0);
    EXPECT_EQ(enlarged_grid(4, 10, 28, 28, {1500, 800}, 2, 1.0f).cells(), 4);
}

TEST(FillingGrid, FillsTheSpaceAsWellAsCanBe) {
    for (const ImVec2 space : {ImVec2{300, 250}, ImVec2{1500, 850}, ImVec2{90, 700}}) {
        for (const int cells : {1, 7, 30, 400}) {
            SCOPED_TRACE(testing::Message() << space.x << " x " << space.y << ", " << cells);
            const SheetGrid grid = filling_grid(cells, 28, 28, space, 1.0f);
            EXPECT_GE(grid.cells(), cells);
            EXPECT_LE(grid.size().x, space.x + 0.5f);
            EXPECT_LE(grid.size().y, space.y + 0.5f);
            // A pixel more of the image would not fit, but for whole zooms.
            const float side = grid.image.x >= 84.0f ? grid.image.x + 28.0f : grid.image.x + 1.0f;
            for (int columns = 1; columns <= cells; ++columns) {
                const int rows = (cells + columns - 1) / columns;
                const float pitch = side + grid.gap;
                EXPECT_TRUE(static_cast<float>(columns) * pitch - grid.gap > space.x ||
                            static_cast<float>(rows) * pitch - grid.gap > space.y);
            }
        }
    }
}

TEST(StripLayout, IsOneRowWhereThePanelIsLow) {
    const StripLayout strip = strip_layout(12, 28, 28, {10, 20}, {800, 90}, 11, 1.0f);
    EXPECT_EQ(strip.columns, 12);
    EXPECT_NEAR(strip.corner(11).x + strip.tile.x, 810, 1.0);
    EXPECT_EQ(strip.frame_at({12, strip.corner(0).y + 2}), 0);
    EXPECT_EQ(strip.frame_at({5, 25}), -1);
}

TEST(StripLayout, BreaksIntoRowsThatFillAWindow) {
    const StripLayout low = strip_layout(12, 28, 28, {0, 0}, {1500, 90}, 11, 1.0f);
    const StripLayout tall = strip_layout(12, 28, 28, {0, 0}, {1500, 850}, 11, 1.0f);
    EXPECT_GT(tall.tile.x, 3 * low.tile.x);
    for (int frame = 0; frame < 12; ++frame) {
        const ImVec2 at = tall.corner(frame);
        EXPECT_GE(at.x, 0.0f);
        EXPECT_LE(at.x + tall.tile.x, 1501.0f);
        EXPECT_LE(at.y + tall.tile.y, 851.0f);
        EXPECT_EQ(tall.frame_at({at.x + 1, at.y + 1}), frame);
        const ImVec2 marker = tall.marker(frame / 11.0);
        EXPECT_NEAR(marker.x, at.x + 0.5f * tall.tile.x, 1.0);
        EXPECT_NEAR(marker.y, at.y + tall.tile.y, 1.0);
    }
}

TEST(StripLayout, KnowsThePlaceAlongThePathUnderTheMouse) {
    const StripLayout low = strip_layout(12, 28, 28, {0, 0}, {1500, 90}, 11, 1.0f);
    const StripLayout tall = strip_layout(12, 28, 28, {0, 0}, {1500, 850}, 11, 1.0f);
    ASSERT_LT(tall.columns, 12);
    for (const StripLayout& strip : {low, tall}) {
        for (int frame = 0; frame < 12; ++frame) {
            const ImVec2 at = strip.corner(frame);
            const ImVec2 middle{at.x + 0.5f * strip.tile.x, at.y + 0.5f * strip.tile.y};
            EXPECT_NEAR(strip.t_at(middle), frame / 11.0, 1e-3);
        }
        EXPECT_EQ(strip.t_at({-500, -500}), 0.0);
        EXPECT_EQ(strip.t_at({5000, 5000}), 1.0);
    }
    EXPECT_NEAR(low.t_at({low.marker(0.3).x, 40}), 0.3, 1e-3) << "between two frames";
}

TEST(StripLayout, TakesImagesOfAnyShapeAndNumber) {
    for (const auto& [height, width] : {std::pair{1, 784}, {64, 1024}, {28, 20}, {1024, 8}}) {
        for (const int frames : {2, 3, 40}) {
            const StripLayout strip =
                strip_layout(frames, height, width, {0, 0}, {700, 400}, 11, 1.0f);
            EXPECT_GT(strip.tile.x, 0.0f);
            EXPECT_GE(strip.columns, 1);
            EXPECT_LE(strip.columns, frames);
        }
    }
}

TEST(InsetCorner, KeepsOutOfTheDotsWay) {
    const PlaneView view({}, {100, 50}, {800, 600});
    const ImVec2 size{180, 180};
    EXPECT_EQ(inset_corner(view, size, {400, 400}, 12).x, 900 - 12 - 180);
    EXPECT_EQ(inset_corner(view, size, {800, 100}, 12).x, 112);
    EXPECT_EQ(inset_corner(view, size, {800, 500}, 12).x, 900 - 12 - 180);
}

TEST(PlaceMenu, CopiesCoordinatesThatCanBeReadAgain) {
    EXPECT_EQ(place_text({0.5f, -1.25f, 3e-7f}), "0.5, -1.25, 3e-07");
    EXPECT_EQ(place_text({}), "");
}

TEST(PlaceMenu, HidesLabelsAndShowsOneAlone) {
    std::uint32_t hidden = 0;
    hide_label(hidden, 3);
    hide_label(hidden, 40);  // shares the last bit
    EXPECT_EQ(hidden, (1U << 3) | (1U << 31));
    hidden = 0;
    show_label_alone(hidden, 2, 10);
    EXPECT_EQ(hidden, 0x3FFU & ~4U);
    show_label_alone(hidden, 2, 10);
    EXPECT_EQ(hidden, 0U);
}

}  // namespace
}  // namespace elbow::gui
