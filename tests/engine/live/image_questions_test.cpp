// What is asked of the chosen image: what it costs.

#include <gtest/gtest.h>

#include "engine/live/questions/compression.h"
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

}  // namespace
}  // namespace elbow::live
