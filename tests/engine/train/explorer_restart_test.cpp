#include <gtest/gtest.h>

#include <algorithm>

#include "engine/train/explorer.h"
#include "tests/engine/train/exploring.h"

namespace elbow::train {
namespace {

using test::comes_true;
using test::tiny_dataset;

using ExplorerRestartTest = ExplorerTest;

TEST_F(ExplorerRestartTest, ARestartEmptiesTheViewsAndVectorsOfTheOldSizeGoUnanswered) {
    explorer.show(snapshot(1, 5), dataset);
    ExploreRequest request = everything(1);
    request.manifold->anchor = {0.0f, 0.0f};
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return whole(explorer.views()); }));

    explorer.show(snapshot(2, 0, 3), dataset);
    const Views at_once = explorer.views();
    EXPECT_FALSE(at_once.cursor);
    EXPECT_FALSE(at_once.path);
    EXPECT_FALSE(at_once.manifold);
    ASSERT_TRUE(comes_true([&] {
        const Views views = explorer.views();
        return views.map && views.point && views.sheets;
    }));
    // The map is the last of the parts, so the others had their turn.
    const Views views = explorer.views();
    EXPECT_EQ(views.map->stamp.run, 2u);
    EXPECT_EQ(views.map->map.latents, 3);
    EXPECT_EQ(views.point->stamp.run, 2u);
    EXPECT_EQ(views.sheets->stamp.run, 2u);
    EXPECT_FALSE(views.cursor);
    EXPECT_FALSE(views.path);
    EXPECT_FALSE(views.manifold);
    EXPECT_TRUE(views.message.empty()) << views.message;

    request.number = 2;
    request.cursor_z = {0.0f, 1.0f, 2.0f};
    request.path = explore::PathRequest{{0, 0, 0}, {1, 1, 1}, 3, explore::PathKind::kStraight};
    request.manifold->anchor = {0.0f, 0.0f, 0.0f};
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
        return views.cursor != nullptr;
    }));
    if (!views.map) {
        EXPECT_TRUE(views.cursor->neighbours.empty());
    }
}

TEST_F(ExplorerRestartTest, NeverShowsAnOlderRunAfterANewerOne) {
    ExploreRequest request = everything(1);
    request.manifold->columns = 50;  // so many that a restart mostly comes while they are decoded
    request.manifold->rows = 50;
    explorer.ask(request);
    std::vector<SnapshotPtr> runs;
    for (std::uint64_t run = 1; run <= 40; ++run) runs.push_back(snapshot(run, 0, 2, kManyHidden));
    for (const SnapshotPtr& of : runs) {
        explorer.show(of, dataset);
        for (int look = 0; look < 10; ++look) {
            const Views views = explorer.views();
            const auto is_of_run = [&](const auto& view) {
                return !view || view->stamp.run == of->run;
            };
            EXPECT_TRUE(is_of_run(views.cursor));
            EXPECT_TRUE(is_of_run(views.point));
            EXPECT_TRUE(is_of_run(views.refined));
            EXPECT_TRUE(is_of_run(views.path));
            EXPECT_TRUE(is_of_run(views.manifold));
            EXPECT_TRUE(is_of_run(views.map));
            EXPECT_TRUE(is_of_run(views.sheets));
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
    request.point = 60;
    request.reconstructions = {0, 60};
    explorer.show(snapshot(1, 1), dataset);
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return explorer.views().map != nullptr; }));
    EXPECT_FALSE(explorer.views().point);
    EXPECT_FALSE(explorer.views().sheets);
    EXPECT_TRUE(explorer.views().message.empty());
}

TEST_F(ExplorerRestartTest, AFailureIsAMessageAndTheOtherPartsGoOn) {
    ExploreRequest request = everything(1);
    request.manifold->rows = 0;
    explorer.show(snapshot(1, 1), dataset);
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return !explorer.views().message.empty(); }));
    EXPECT_NE(explorer.views().message.find("the manifold"), std::string::npos)
        << explorer.views().message;
    ASSERT_TRUE(comes_true([&] { return explorer.views().map != nullptr; }));
    EXPECT_TRUE(explorer.views().cursor);
    EXPECT_FALSE(explorer.views().manifold);
    EXPECT_FALSE(explorer.views().message.empty());

    request.number = 2;
    request.manifold->rows = 3;
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return explorer.views().manifold != nullptr; }));
    EXPECT_TRUE(comes_true([&] { return explorer.views().message.empty(); }));
}

TEST_F(ExplorerRestartTest, ASnapshotThatDoesNotFitIsAMessageUntilOneFits) {
    auto broken = std::make_shared<ParameterSnapshot>(*snapshot(1, 1));
    broken->parameters.resize(10);
    explorer.show(broken, dataset);
    explorer.ask(everything(1));
    ASSERT_TRUE(comes_true([&] { return !explorer.views().message.empty(); }));
    explorer.show(snapshot(1, 1), tiny_dataset(20, 20, 9, 9));
    ASSERT_TRUE(
        comes_true([&] { return explorer.views().message.find("pixels") != std::string::npos; }));
    EXPECT_FALSE(explorer.views().map);
    explorer.show(snapshot(1, 2), dataset);
    EXPECT_TRUE(comes_true([&] { return whole(explorer.views()); }));
    EXPECT_TRUE(explorer.views().message.empty());
}

}  // namespace
}  // namespace elbow::train
