#include <gtest/gtest.h>

#include <algorithm>

#include "engine/live/explorer.h"
#include "tests/engine/live/exploring.h"

namespace elbow::live {
namespace {

using test::comes_true;
using test::tiny_dataset;

using ExplorerRestartTest = ExplorerTest;

TEST_F(ExplorerRestartTest, ARestartEmptiesTheViewsAndVectorsOfTheOldSizeGoUnanswered) {
    explorer.show(snapshot(1, 5), dataset);
    ExploreRequest request = everything(1);
    request.find<explore::ManifoldRequest>()->anchor = {0.0f, 0.0f};
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return whole(explorer.views()); }));

    explorer.show(snapshot(2, 0, 3), dataset);
    const Views at_once = explorer.views();
    EXPECT_FALSE(at_once.get<CursorView>());
    EXPECT_FALSE(at_once.get<PathView>());
    EXPECT_FALSE(at_once.get<ManifoldView>());
    ASSERT_TRUE(comes_true([&] {
        const Views views = explorer.views();
        return views.get<MapView>() && views.get<PointView>() && views.get<SheetView>();
    }));
    // The map is the last of the parts, so the others had their turn.
    const Views views = explorer.views();
    EXPECT_EQ(views.get<MapView>()->stamp.run, 2u);
    EXPECT_EQ(views.get<MapView>()->map.latents, 3);
    EXPECT_EQ(views.get<PointView>()->stamp.run, 2u);
    EXPECT_EQ(views.get<SheetView>()->stamp.run, 2u);
    EXPECT_FALSE(views.get<CursorView>());
    EXPECT_FALSE(views.get<PathView>());
    EXPECT_FALSE(views.get<ManifoldView>());
    EXPECT_TRUE(views.message.empty()) << views.message;

    request.number = 2;
    request.ask(CursorQuery{{0.0f, 1.0f, 2.0f}});
    request.ask(explore::PathRequest{{0, 0, 0}, {1, 1, 1}, 3, explore::PathKind::kStraight});
    request.find<explore::ManifoldRequest>()->anchor = {0.0f, 0.0f, 0.0f};
    explorer.ask(request);
    EXPECT_TRUE(comes_true([&] { return whole(explorer.views()); }));
}

TEST_F(ExplorerRestartTest, TheNeighboursAreNeverOfAnOlderRun) {
    explorer.show(snapshot(1, 1), dataset);
    explorer.ask(everything(1));
    ASSERT_TRUE(comes_true([&] { return whole(explorer.views()); }));
    explorer.show(snapshot(2, 1, 2, kManyHidden), large_dataset(kManyCopies));
    Views views;
    ASSERT_TRUE(comes_true([&] {
        views = explorer.views();
        return views.get<CursorView>() != nullptr;
    }));
    if (!views.get<MapView>()) {
        EXPECT_TRUE(views.get<CursorView>()->neighbours.empty());
    }
}

TEST_F(ExplorerRestartTest, NeverShowsAnOlderRunAfterANewerOne) {
    ExploreRequest request = everything(1);
    // So many images that a restart mostly comes while they are decoded.
    request.ask(explore::ManifoldRequest{.columns = 50, .rows = 50, .anchor = {}});
    explorer.ask(request);
    std::vector<train::SnapshotPtr> runs;
    for (std::uint64_t run = 1; run <= 40; ++run) runs.push_back(snapshot(run, 0, 2, kManyHidden));
    for (const train::SnapshotPtr& of : runs) {
        explorer.show(of, dataset);
        for (int look = 0; look < 10; ++look) {
            const Views views = explorer.views();
            const auto is_of_run = [&](const auto& view) {
                return !view || view->stamp.run == of->run;
            };
            EXPECT_TRUE(is_of_run(views.get<CursorView>()));
            EXPECT_TRUE(is_of_run(views.get<PointView>()));
            EXPECT_TRUE(is_of_run(views.get<RefinedView>()));
            EXPECT_TRUE(is_of_run(views.get<PathView>()));
            EXPECT_TRUE(is_of_run(views.get<ManifoldView>()));
            EXPECT_TRUE(is_of_run(views.get<MapView>()));
            EXPECT_TRUE(is_of_run(views.get<SheetView>()));
            std::this_thread::sleep_for(std::chrono::microseconds(500));
        }
    }
    // The last run is at the step of those before it and asked the same, and is answered all the
    // same.
    ASSERT_TRUE(comes_true([&] { return whole(explorer.views()); }));
    for (const Stamp& stamp : stamps(explorer.views())) EXPECT_EQ(stamp.run, 40u);
}

TEST_F(ExplorerRestartTest, ImagesThatAreNotThereGoUnanswered) {
    ExploreRequest request = everything(1);
    request.ask(PointQuery{60});
    request.ask(SheetsQuery{{0, 60}, 6});
    explorer.show(snapshot(1, 1), dataset);
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<MapView>() != nullptr; }));
    EXPECT_FALSE(explorer.views().get<PointView>());
    EXPECT_FALSE(explorer.views().get<SheetView>());
    EXPECT_TRUE(explorer.views().message.empty());
}

TEST_F(ExplorerRestartTest, AFailureIsAMessageAndTheOtherPartsGoOn) {
    ExploreRequest request = everything(1);
    request.find<explore::ManifoldRequest>()->rows = 0;
    explorer.show(snapshot(1, 1), dataset);
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return !explorer.views().message.empty(); }));
    EXPECT_NE(explorer.views().message.find("the manifold"), std::string::npos)
        << explorer.views().message;
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<MapView>() != nullptr; }));
    EXPECT_TRUE(explorer.views().get<CursorView>());
    EXPECT_FALSE(explorer.views().get<ManifoldView>());
    EXPECT_FALSE(explorer.views().message.empty());

    request.number = 2;
    request.find<explore::ManifoldRequest>()->rows = 3;
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<ManifoldView>() != nullptr; }));
    EXPECT_TRUE(comes_true([&] { return explorer.views().message.empty(); }));
}

TEST_F(ExplorerRestartTest, ASnapshotThatDoesNotFitIsAMessageUntilOneFits) {
    auto broken = std::make_shared<train::ParameterSnapshot>(*snapshot(1, 1));
    broken->parameters.resize(10);
    explorer.show(broken, dataset);
    explorer.ask(everything(1));
    ASSERT_TRUE(comes_true([&] { return !explorer.views().message.empty(); }));
    explorer.show(snapshot(1, 1), tiny_dataset(20, 20, 9, 9));
    ASSERT_TRUE(
        comes_true([&] { return explorer.views().message.find("pixels") != std::string::npos; }));
    EXPECT_FALSE(explorer.views().get<MapView>());
    explorer.show(snapshot(1, 2), dataset);
    EXPECT_TRUE(comes_true([&] { return whole(explorer.views()); }));
    EXPECT_TRUE(explorer.views().message.empty());
}

}  // namespace
}  // namespace elbow::live
