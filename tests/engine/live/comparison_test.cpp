#include "engine/live/questions/comparison.h"

#include <gtest/gtest.h>

#include "engine/live/questions/other_map.h"
#include "tests/engine/live/exploring.h"

namespace elbow::live {
namespace {

// What other weights answer is what they answer where they are the run's own.
TEST_F(ExplorerTest, OtherWeightsAnswerAsTheyDoAlone) {
    const std::vector<float> z{0.5f, -1.0f};
    const train::SnapshotPtr other = snapshot(1, 7);
    explorer.show(snapshot(1, 1), dataset);
    ExploreRequest request = cursor_alone(1, z);
    request.ask(ComparisonQuery{other, z, 0, 4});
    request.ask(OtherMapQuery{other});
    explorer.ask(request);
    ASSERT_TRUE(test::comes_true([&] {
        return explorer.views().get<ComparisonView>() && explorer.views().get<OtherMapView>();
    }));
    const auto compared = explorer.views().get<ComparisonView>();
    const auto map = explorer.views().get<OtherMapView>();

    explorer.show(snapshot(2, 1), dataset);  // another run, so that the answers begin anew
    ExploreRequest alone = cursor_alone(2, z);
    alone.ask(MapQuery{});
    alone.ask(PointQuery{4});
    auto own = std::make_shared<train::ParameterSnapshot>(*other);
    own->run = 3;
    explorer.show(own, dataset);
    explorer.ask(alone);
    ASSERT_TRUE(test::comes_true([&] {
        const Views views = explorer.views();
        const auto cursor = views.get<CursorView>();
        return cursor && cursor->stamp.run == 3 && views.get<MapView>() && views.get<PointView>();
    }));
    EXPECT_EQ(compared->decoded, explorer.views().get<CursorView>()->image);
    ASSERT_TRUE(compared->detail);
    EXPECT_EQ(compared->detail->mean, explorer.views().get<PointView>()->detail.mean);
    EXPECT_EQ(compared->detail->bound_nats(),
              explorer.views().get<PointView>()->detail.bound_nats());
    EXPECT_EQ(map->map.mean, explorer.views().get<MapView>()->map.mean);
}

TEST_F(ExplorerTest, AModelWithOtherLatentsDecodesNoDotButReconstructs) {
    explorer.show(snapshot(1, 1), dataset);
    ExploreRequest request = cursor_alone(1, {0.5f, -1.0f});
    request.ask(ComparisonQuery{snapshot(1, 1, 3), {0.5f, -1.0f}, 0, 4});
    explorer.ask(request);
    ASSERT_TRUE(
        test::comes_true([&] { return explorer.views().get<ComparisonView>() != nullptr; }));
    const auto compared = explorer.views().get<ComparisonView>();
    EXPECT_TRUE(compared->decoded.empty());
    ASSERT_TRUE(compared->detail);
    EXPECT_EQ(compared->detail->mean.size(), 3u);
}

}  // namespace
}  // namespace elbow::live
