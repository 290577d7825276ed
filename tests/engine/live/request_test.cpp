#include "engine/live/request.h"

#include <gtest/gtest.h>

#include "engine/live/views.h"

namespace elbow::live {
namespace {

struct Colour {
    int hue = 0;
    bool operator==(const Colour&) const = default;
};
struct Shape {
    int corners = 0;
    bool operator==(const Shape&) const = default;
};

TEST(ExploreRequest, HoldsOneQueryOfEachType) {
    ExploreRequest request;
    EXPECT_EQ(request.find<Colour>(), nullptr);
    request.ask(Colour{1});
    request.ask(Shape{3});
    request.ask(Colour{2});
    ASSERT_NE(request.find<Colour>(), nullptr);
    EXPECT_EQ(request.find<Colour>()->hue, 2);
    EXPECT_EQ(request.find<Shape>()->corners, 3);
    request.drop<Colour>();
    EXPECT_EQ(request.find<Colour>(), nullptr);
    EXPECT_EQ(request.find<Shape>()->corners, 3);
}

TEST(ExploreRequest, ACopyIsAValueOfItsOwn) {
    ExploreRequest request;
    request.ask(Shape{3});
    const ExploreRequest before = request;
    request.find<Shape>()->corners = 4;
    EXPECT_EQ(before.find<Shape>()->corners, 3);
}

TEST(ExploreRequest, AsksTheSameWhateverItsNumberAndTheOrderOfItsQueries) {
    ExploreRequest a, b;
    EXPECT_TRUE(a.asks_the_same_as(b));
    a.number = 1;
    a.ask(Colour{1});
    EXPECT_FALSE(a.asks_the_same_as(b));
    EXPECT_FALSE(b.asks_the_same_as(a));
    a.ask(Shape{3});
    b.ask(Shape{3});
    b.ask(Colour{2});
    EXPECT_FALSE(a.asks_the_same_as(b));
    b.ask(Colour{1});
    EXPECT_TRUE(a.asks_the_same_as(b));
    b.drop<Colour>();
    EXPECT_FALSE(a.asks_the_same_as(b));
    EXPECT_FALSE(b.asks_the_same_as(a));
}

struct ColourView final : View {
    int hue = 0;
};
struct ShapeView final : View {
    int corners = 0;
};

std::shared_ptr<const ColourView> colour_view(int hue) {
    auto view = std::make_shared<ColourView>();
    view->hue = hue;
    return view;
}

TEST(Views, HoldTheNewestOfEachType) {
    Views views;
    EXPECT_FALSE(views.get<ColourView>());
    views.put(colour_view(1));
    EXPECT_FALSE(views.get<ShapeView>());
    views.put(std::make_shared<ShapeView>());
    const Views before = views;
    views.put(colour_view(2));
    EXPECT_EQ(views.get<ColourView>()->hue, 2);
    EXPECT_EQ(views.get<ShapeView>(), before.get<ShapeView>());
    EXPECT_EQ(before.get<ColourView>()->hue, 1);
    EXPECT_FALSE(views.shows_the_same_as(before));
}

TEST(Views, AMessageIsNotAView) {
    Views views;
    views.put(colour_view(1));
    Views failed = views;
    failed.message = "Could not show the colours.";
    EXPECT_TRUE(views.shows_the_same_as(failed));
}

}  // namespace
}  // namespace elbow::live
