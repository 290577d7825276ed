// What is asked of the chosen image: what it costs, and the estimators at it.

#include <gtest/gtest.h>

#include "engine/live/questions/compression.h"
#include "engine/live/questions/estimates.h"
#include "tests/engine/live/exploring.h"

namespace elbow::live {
namespace {

TEST_F(ExplorerTest, WhatTheChosenImageCostsIsItsBound) {
    explorer.show(snapshot(1, 1), dataset);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    request.ask(PointQuery{4});
    request.ask(CompressionQuery{4, {1, 0}});
    explorer.ask(request);
    ASSERT_TRUE(test::comes_true([&] {
        return explorer.views().get<CompressionView>() && explorer.views().get<PointView>();
    }));
    EXPECT_DOUBLE_EQ(explorer.views().get<CompressionView>()->compression.nats(),
                     -explorer.views().get<PointView>()->detail.bound_nats());
    request.ask(CompressionQuery{4, {2}});  // of another model
    request.number = 2;
    explorer.ask(request);
    ASSERT_TRUE(cursor_answers(2));
    EXPECT_TRUE(explorer.views().message.empty());
    EXPECT_EQ(explorer.views().get<CompressionView>()->query.kept.size(), 2u);
}

TEST_F(ExplorerTest, WhatTheDrawingCostsIsItsBound) {
    explorer.show(snapshot(1, 1), dataset);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    const auto pixels = dataset->image(dataset->held_out, 4);
    const DrawingQuery drawing{{pixels.begin(), pixels.end()}, 0};
    request.ask(drawing);
    request.ask(CompressionQuery{5, {1, 0}});  // at the same time
    request.ask(DrawingCompressionQuery{drawing, {1, 0}});
    explorer.ask(request);
    const auto costs = [&] { return explorer.views().get<DrawingCompressionView>(); };
    ASSERT_TRUE(test::comes_true(
        [&] { return costs() && explorer.views().get<DrawingView>() != nullptr; }));
    EXPECT_DOUBLE_EQ(costs()->compression.nats(),
                     -explorer.views().get<DrawingView>()->detail.bound_nats());
    request.ask(DrawingCompressionQuery{{{1, 2, 3}, 0}, {1}});  // of other images
    request.number = 2;
    explorer.ask(request);
    ASSERT_TRUE(cursor_answers(2));
    EXPECT_TRUE(explorer.views().message.empty());
    EXPECT_EQ(costs()->query.kept.size(), 2u);
}

TEST_F(ExplorerTest, TheEstimatorsAreAskedAtTheEncodersPosteriorOrAtOnesOwn) {
    explorer.show(snapshot(1, 1), dataset);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    EstimatesQuery query;
    query.image = 4;
    request.ask(query);
    explorer.ask(request);
    const auto view = [&] { return explorer.views().get<EstimatesView>(); };
    ASSERT_TRUE(test::comes_true([&] { return view() != nullptr; }));
    EXPECT_EQ(view()->estimates.index, 4);
    EXPECT_EQ(view()->estimates.z.size(), 2 * explore::kEstimateDraws);
    request.ask(EstimatesQuery{4, 5, {1.0f, 2.0f}, {0.0f, -1.0f}});
    request.number = 2;
    explorer.ask(request);
    ASSERT_TRUE(test::comes_true([&] { return view()->query.shown == 5; }));
    EXPECT_EQ(view()->estimates.mean, (std::vector<float>{1.0f, 2.0f}));
    EXPECT_TRUE(explorer.views().message.empty());
}

}  // namespace
}  // namespace elbow::live
