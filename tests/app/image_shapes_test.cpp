// Images of any shape: a line of pixels, a wide strip, a single pixel, in colour. The whole window
// shows them, and no texture is larger than a driver takes.

#include <gtest/gtest.h>

#include "app/gl/tile_texture.h"
#include "app/gui/panels/sheet_layout.h"
#include "engine/live/questions/manifold.h"
#include "engine/live/questions/point.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

struct Shape {
    int height, width;
    int channels = 1;
};
constexpr Shape kShapes[] = {{1, 1},   {1, 784},  {784, 1},    {64, 1024},   {1024, 64},
                             {28, 28}, {8, 8, 3}, {28, 20, 3}, {256, 256, 3}};

TEST(TileGrid, EverythingFitsIntoWhatTheDriverTakes) {
    for (const Shape& shape : {Shape{1, 1}, Shape{1, 784}, Shape{784, 1}, Shape{64, 1024},
                               Shape{1024, 64}, Shape{1, 100000}, Shape{3000, 4000}}) {
        for (const int count : {1, 7, 400}) {
            for (const int columns : {0, 1, 20, 32}) {
                const auto grid =
                    gl::TileGrid::of(count, {1, shape.height, shape.width}, columns, 16384);
                EXPECT_GE(grid.columns * grid.rows, count);
                if (columns > 0) {
                    EXPECT_EQ(grid.columns, columns);
                }
                EXPECT_LE(grid.columns * grid.tile_width, 16384) << shape.width;
                EXPECT_LE(grid.rows * grid.tile_height, 16384) << shape.height;
                EXPECT_GE(grid.tile_width * grid.shrink_x, shape.width);
                EXPECT_GE(grid.tile_height * grid.shrink_y, shape.height);
            }
        }
    }
    const auto usual = gl::TileGrid::of(100, {1, 28, 28}, 0, 16384);
    EXPECT_EQ(usual.shrink_x, 1) << "what fits keeps its pixels";
    EXPECT_EQ(usual.shrink_y, 1);
}

TEST(TileGrid, WhatDoesNotFitIsAveraged) {
    const auto grid = gl::TileGrid::of(1, {1, 2, 5}, 1, 3);
    const std::vector<std::uint8_t> image{0, 10, 20, 30, 40, 100, 110, 120, 130, 140};
    EXPECT_EQ(gl::shrunk(image, {1, 2, 5}, grid),
              (std::vector<std::uint8_t>{5, 25, 40, 105, 125, 140}));
    std::vector<std::uint8_t> colours = image;
    colours.insert(colours.end(), 20, 200);
    EXPECT_EQ(gl::shrunk(colours, {3, 2, 5}, grid),
              (std::vector<std::uint8_t>{5, 25, 40, 105, 125, 140, 200, 200, 200, 200, 200, 200,
                                         200, 200, 200, 200, 200, 200}));
}

TEST(ShownShape, IsTheImagesOwnUnlessItIsALine) {
    const auto is = [](int height, int width, float x, float y) {
        const ImVec2 shape = shown_shape(height, width);
        EXPECT_FLOAT_EQ(shape.x / shape.y, x / y) << width << " x " << height;
    };
    is(28, 20, 20, 28);
    is(1, 784, 8, 1);
    is(784, 1, 1, 8);
    is(1, 1, 1, 1);
    for (const Shape& shape : kShapes) {
        const ImVec2 size = size_within(shape.height, shape.width, {50, 40});
        EXPECT_GE(std::min(size.x, size.y), 4.0f) << "it is seen";
        EXPECT_LE(size.x, 50.0f);
        EXPECT_LE(size.y, 40.0f);
    }
}

TEST(ImageShapes, TheWindowShowsThemAll) {
    for (const Shape& shape : kShapes) {
        SCOPED_TRACE(std::to_string(shape.channels) + " x " + std::to_string(shape.height) + " x " +
                     std::to_string(shape.width));
        WholeWindow window(1600, 1000, 1.0f);
        RunConfig config = test::tiny_config();
        window.settings.backdrop = Backdrop::kManifold;
        window.begin(config, test::tiny_dataset(40, 20, shape.height, shape.width, shape.channels));
        ASSERT_TRUE(window.shows_everything());
        window.runs.in_hand().view_state.point = 3;
        ASSERT_TRUE(window.becomes([&] {
            const live::Views& views = window.runs.in_hand().link.views();
            return views.get<live::PointView>() != nullptr &&
                   views.get<live::ManifoldView>() != nullptr;
        }));
        window.settle();
        EXPECT_EQ(NullGl::refused(), "");
        for (const char* sheet : {"reconstructions.sheet", "prior.sheet", "strip.frames",
                                  "inspector.image", "inspector.neighbours"}) {
            ASSERT_TRUE(window.becomes([&] { return window.shown.contains(sheet); })) << sheet;
            EXPECT_GE(window.shown[sheet].width, 4.0f) << sheet;
            EXPECT_GE(window.shown[sheet].height, 2.0f) << sheet;
        }
    }
}

}  // namespace
}  // namespace elbow::gui
