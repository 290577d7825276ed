// What the window asks follows from the view state and from what is visible, and from nothing else.

#include "app/gui/request_of.h"

#include <gtest/gtest.h>

#include "engine/live/questions/cursor.h"
#include "engine/live/questions/map.h"
#include "engine/live/questions/path_classes.h"
#include "engine/live/questions/point.h"
#include "engine/live/questions/prior_density.h"
#include "engine/live/questions/pseudo_inputs.h"
#include "engine/live/questions/sheets.h"

namespace elbow::gui {
namespace {

ViewState with_latents(int latents) {
    ViewState view_state;
    view_state.fit_to(latents);
    return view_state;
}

TEST(RequestOf, AlwaysAsksForTheMapAndTheImageUnderTheDot) {
    ViewState state = with_latents(3);
    state.put_dot({1.0f, 2.0f, 3.0f});
    const live::ExploreRequest request = request_of(state, {});
    EXPECT_NE(request.find<live::MapQuery>(), nullptr);
    ASSERT_NE(request.find<live::CursorQuery>(), nullptr);
    EXPECT_EQ(request.find<live::CursorQuery>()->z, state.cursor);
    EXPECT_EQ(request.find<live::PointQuery>(), nullptr) << "no image is selected";
}

TEST(RequestOf, AsksForTheSelectedImage) {
    ViewState state = with_latents(2);
    state.point = 17;
    const live::ExploreRequest request = request_of(state, {});
    ASSERT_NE(request.find<live::PointQuery>(), nullptr);
    EXPECT_EQ(request.find<live::PointQuery>()->image, 17);
}

TEST(RequestOf, AsksWhatTheLayersOfTheMapAskOfBothRunsOfARace) {
    const ViewState state = with_latents(3);
    Visible visible;
    live::PriorDensityQuery query;
    query.plane.columns = 33;
    visible.of_map.ask(query);
    for (const bool in_hand : {true, false}) {
        visible.in_hand = in_hand;
        const live::ExploreRequest request = request_of(state, visible);
        ASSERT_NE(request.find<live::PriorDensityQuery>(), nullptr);
        EXPECT_EQ(request.find<live::PriorDensityQuery>()->plane.columns, 33);
    }
}

TEST(RequestOf, AsksForThePseudoInputsWhereTheyAreShown) {
    const ViewState state = with_latents(2);
    Visible visible;
    EXPECT_EQ(request_of(state, visible).find<live::PseudoInputsQuery>(), nullptr);
    visible.pseudo_inputs = 12;
    const live::ExploreRequest request = request_of(state, visible);
    ASSERT_NE(request.find<live::PseudoInputsQuery>(), nullptr);
    EXPECT_EQ(request.find<live::PseudoInputsQuery>()->most, 12);
}

TEST(RequestOf, AsksWhatPanelsAskOfTheRunInHandAlone) {
    const ViewState state = with_latents(2);
    Visible visible;
    visible.of_panels.ask(live::PseudoInputsQuery{5});
    visible.of_map.ask(live::PseudoInputsQuery{3});
    EXPECT_EQ(request_of(state, visible).find<live::PseudoInputsQuery>()->most, 5);
    visible.in_hand = false;
    EXPECT_EQ(request_of(state, visible).find<live::PseudoInputsQuery>()->most, 3);
}

TEST(RequestOf, AsksForThePathWhereItsImagesAreShown) {
    ViewState state = with_latents(2);
    state.put_a({1.0f, 0.0f});
    state.put_b({0.0f, 1.0f});
    state.path_kind = explore::PathKind::kSpherical;
    Visible visible;
    EXPECT_EQ(request_of(state, visible).find<explore::PathRequest>(), nullptr);
    visible.path = true;
    visible.path_classes = {1, 0, 1};
    const live::ExploreRequest request = request_of(state, visible);
    const auto* path = request.find<explore::PathRequest>();
    ASSERT_NE(path, nullptr);
    EXPECT_EQ(*path, (explore::PathRequest{
                         {1.0f, 0.0f}, {0.0f, 1.0f}, 12, explore::PathKind::kSpherical}));
    // A session that was edited by hand may say anything.
    state.path_frames = 1000;
    EXPECT_EQ(request_of(state, visible).find<explore::PathRequest>()->frames, kMostPathFrames);
    state.path_frames = 0;
    EXPECT_EQ(request_of(state, visible).find<explore::PathRequest>()->frames, kFewestPathFrames);
}

TEST(RequestOf, AsksForTheGeometryOfThePathThatNeedsIt) {
    ViewState state = with_latents(2);
    state.put_a({1.0f, 0.0f});
    state.put_b({0.0f, 1.0f});
    state.label = 3;
    Visible visible;
    visible.path = true;
    EXPECT_EQ(request_of(state, visible).find<live::PathGeometryQuery>(), nullptr);
    for (const bool even : {true, false}) {
        state.path_even = even;
        state.path_kind = even ? explore::PathKind::kStraight : explore::PathKind::kGeodesic;
        const live::ExploreRequest request = request_of(state, visible);
        ASSERT_NE(request.find<live::PathGeometryQuery>(), nullptr);
        EXPECT_EQ(*request.find<live::PathGeometryQuery>(),
                  (live::PathGeometryQuery{{1.0f, 0.0f}, {0.0f, 1.0f}, 3}));
        EXPECT_EQ(request.find<explore::PathRequest>()->even, even);
    }
}

TEST(RequestOf, AsksForTheSheetsOfTheRunInHandAlone) {
    ViewState state = with_latents(2);
    state.prior_seed = 5;
    Visible visible;
    visible.path = true;
    visible.reconstructions = {3, 1, 4};
    visible.prior_samples = 20;
    const live::ExploreRequest request = request_of(state, visible);
    const auto* sheets = request.find<live::SheetsQuery>();
    ASSERT_NE(sheets, nullptr);
    EXPECT_EQ(*sheets, (live::SheetsQuery{{3, 1, 4}, 20, 5}));

    visible.in_hand = false;
    const live::ExploreRequest of_other = request_of(state, visible);
    EXPECT_EQ(of_other.find<live::SheetsQuery>(), nullptr);
    EXPECT_EQ(of_other.find<explore::PathRequest>(), nullptr);
    EXPECT_NE(of_other.find<live::MapQuery>(), nullptr) << "of a race, both maps are shown";
}

TEST(RequestOf, AsksTheSameForTheSame) {
    ViewState state = with_latents(2);
    Visible visible;
    visible.of_map.ask(explore::ManifoldRequest{});
    visible.path = true;
    EXPECT_TRUE(request_of(state, visible).asks_the_same_as(request_of(state, visible)));
    ViewState moved = state;
    moved.put_dot({0.25f, 0.0f});
    EXPECT_FALSE(request_of(state, visible).asks_the_same_as(request_of(moved, visible)));
    ViewState panned = state;
    panned.rect.x_center += 1.0;
    panned.hidden_labels = 3;
    EXPECT_TRUE(request_of(state, visible).asks_the_same_as(request_of(panned, visible)))
        << "the map's cells say what is shown, not its rectangle";
}

TEST(RequestOf, AsksForThePathThroughItsWaypointsAndForTheClassesAlongIt) {
    ViewState state = with_latents(2);
    state.put_a({1.0f, 0.0f});
    state.put_b({0.0f, 1.0f});
    state.path_through = {{2.0f, 2.0f}};
    state.path_closed = state.path_even = true;
    Visible visible;
    EXPECT_EQ(request_of(state, visible).find<live::PathClassesQuery>(), nullptr);
    visible.path = true;
    visible.path_classes = {1, 0, 1};
    const live::ExploreRequest request = request_of(state, visible);
    const auto* path = request.find<explore::PathRequest>();
    ASSERT_NE(path, nullptr);
    EXPECT_EQ(path->through, state.path_through);
    EXPECT_TRUE(path->closed);
    EXPECT_EQ(request.find<live::PathGeometryQuery>()->through, state.path_through);
    EXPECT_TRUE(request.find<live::PathGeometryQuery>()->closed);
    const auto* classes = request.find<live::PathClassesQuery>();
    ASSERT_NE(classes, nullptr);
    EXPECT_EQ(classes->path.through, state.path_through);
    EXPECT_EQ(classes->path.frames, kPathClassPlaces);
    EXPECT_EQ(classes->classes, visible.path_classes);
}

TEST(RequestOf, AsksForTheDirectionsWhereTheyAreShownWithTheLabel) {
    ViewState state = with_latents(2);
    state.label = 4;
    Visible visible;
    EXPECT_EQ(request_of(state, visible).find<live::DirectionsQuery>(), nullptr);
    visible.directions = live::DirectionsQuery{{0.5f, -1.0f}};
    const live::ExploreRequest request = request_of(state, visible);
    ASSERT_NE(request.find<live::DirectionsQuery>(), nullptr);
    EXPECT_EQ(request.find<live::DirectionsQuery>()->z, (std::vector<float>{0.5f, -1.0f}));
    EXPECT_EQ(request.find<live::DirectionsQuery>()->label, 4);
}

}  // namespace
}  // namespace elbow::gui
