#include "engine/live/questions/drawing.h"

#include <gtest/gtest.h>

#include "tests/engine/live/exploring.h"

namespace elbow::live {
namespace {

// Of a held-out image, the answer is what is known of that.
TEST_F(ExplorerTest, ADrawingIsSeenAsTheImageThatItIs) {
    explorer.show(snapshot(1, 1), dataset);
    const auto image = dataset->image(dataset->held_out, 0);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    request.ask(MapQuery{});
    request.ask(PointQuery{0});
    request.ask(DrawingQuery{{image.begin(), image.end()}});
    explorer.ask(request);
    ASSERT_TRUE(test::comes_true([&] {
        const auto view = explorer.views().get<DrawingView>();
        return view && explorer.views().get<PointView>() && !view->neighbours.empty();
    }));
    const auto drawn = explorer.views().get<DrawingView>();
    const explore::PointDetail& known = explorer.views().get<PointView>()->detail;
    EXPECT_EQ(drawn->detail.mean, known.mean);
    EXPECT_EQ(drawn->detail.reconstruction, known.reconstruction);
    EXPECT_EQ(drawn->detail.bound_nats(), known.bound_nats());
    EXPECT_NEAR(drawn->neighbours.front().distance, 0.0f, 1e-5) << "it is its own neighbour";
    EXPECT_EQ(drawn->query.image.size(), image.size());
    // One of another size is not answered.
    request.ask(DrawingQuery{{1, 2, 3}});
    request.number = 2;
    explorer.ask(request);
    ASSERT_TRUE(cursor_answers(2));
    EXPECT_EQ(explorer.views().get<DrawingView>()->query.image.size(), image.size());
    EXPECT_TRUE(explorer.views().message.empty());
}

}  // namespace
}  // namespace elbow::live
