#include "engine/train/explorer.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/train/exploring.h"

namespace elbow::train {
namespace {

using test::comes_true;

TEST_F(ExplorerTest, HasNothingToShowBeforeItIsAsked) {
    EXPECT_FALSE(explorer.views().cursor);
    explorer.show(snapshot(1, 1), dataset);
    EXPECT_FALSE(explorer.views().map);
    EXPECT_TRUE(explorer.views().message.empty());
}

TEST_F(ExplorerTest, AnswersEveryPart) {
    explorer.show(snapshot(1, 3), dataset);
    explorer.ask(everything(9));
    ASSERT_TRUE(comes_true([&] { return whole(explorer.views()); }));
    const Views views = explorer.views();
    for (const Stamp& stamp : stamps(views)) {
        EXPECT_EQ(stamp.run, 1u);
        EXPECT_EQ(stamp.step, 3);
        EXPECT_EQ(stamp.samples, 60);
        EXPECT_EQ(stamp.request, 9u);
    }
    EXPECT_TRUE(views.message.empty()) << views.message;
}

TEST_F(ExplorerTest, TheAnswersAreThoseOfThePureFunctions) {
    const SnapshotPtr now = snapshot(1, 3);
    const ExploreRequest request = everything(1);
    explorer.show(now, dataset);
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return whole(explorer.views()); }));
    const Views views = explorer.views();
    model::Vae vae(now->architecture);
    const auto& weights = now->parameters;

    EXPECT_EQ(views.cursor->z, request.cursor_z);
    EXPECT_EQ(views.cursor->image, explore::decode(vae, weights, request.cursor_z));
    EXPECT_NEAR(views.cursor->log_prior, -1.8378770664 - 0.5 * 1.25, 1e-9);
    EXPECT_EQ(views.point->detail.index, 4);
    const auto refined =
        explore::refine_point(vae, weights, *dataset, 4, explore::kPointRefinement, 1);
    EXPECT_EQ(views.refined->point.index, 4);
    EXPECT_EQ(views.refined->point.mean, refined.mean);
    EXPECT_EQ(views.refined->point.gap_nats(), refined.gap_nats());
    EXPECT_EQ(views.path->request, *request.path);
    EXPECT_EQ(views.path->z, explore::path_latents(*request.path));
    EXPECT_EQ(views.path->images, explore::decode(vae, weights, views.path->z));
    EXPECT_EQ(views.manifold->request, *request.manifold);
    EXPECT_EQ(views.manifold->images,
              explore::decode(vae, weights, explore::manifold_latents(*request.manifold, 2)));
    EXPECT_EQ(views.map->map.mean,
              explore::encode_all(vae, weights, *dataset, dataset->held_out).mean);
    EXPECT_EQ(views.sheets->reconstructed, request.reconstructions);
    ASSERT_EQ(views.sheets->reconstructions.size(), 3u * 120u);
    const auto last = explore::point_detail(vae, weights, *dataset, 59, 1, 1).reconstruction;
    for (std::size_t d = 0; d < 120; ++d) {
        EXPECT_NEAR(views.sheets->reconstructions[2 * 120 + d], last[d], 1) << d;
    }
    EXPECT_EQ(views.sheets->prior_count, 6);
    EXPECT_EQ(views.sheets->prior_samples.size(), 6u * 120u);
}

TEST_F(ExplorerTest, TheCursorGetsItsNeighboursWhenTheMapIsThere) {
    explorer.show(snapshot(1, 1), dataset);
    explorer.ask(everything(1));
    ASSERT_TRUE(comes_true([&] {
        const Views views = explorer.views();
        return views.cursor && !views.cursor->neighbours.empty();
    }));
    const Views views = explorer.views();
    ASSERT_TRUE(views.map);
    const auto expected = explore::nearest(views.map->map, views.cursor->z, 8);
    ASSERT_EQ(views.cursor->neighbours.size(), 8u);
    for (std::size_t i = 0; i < 8; ++i) {
        EXPECT_EQ(views.cursor->neighbours[i].index, expected[i].index);
    }
}

TEST_F(ExplorerTest, AnswersTheNewestRequestAndDropsOlderOnes) {
    explorer.show(snapshot(1, 1), dataset);
    for (std::uint64_t number = 1; number <= 200; ++number) {
        explorer.ask(cursor_alone(number, {static_cast<float>(number), 0.0f}));
    }
    ASSERT_TRUE(cursor_answers(200));
    EXPECT_EQ(explorer.views().cursor->z[0], 200.0f);
    explorer.ask(cursor_alone(150, {-1.0f, 0.0f}));
    explorer.show(snapshot(1, 2), dataset);
    ASSERT_TRUE(comes_true([&] { return explorer.views().cursor->stamp.step == 2; }));
    EXPECT_EQ(explorer.views().cursor->z[0], 200.0f);
    EXPECT_EQ(explorer.views().cursor->stamp.request, 200u);
}

TEST_F(ExplorerTest, EveryPartFollowsTheTraining) {
    explorer.show(snapshot(1, 1), dataset);
    explorer.ask(everything(1));
    ASSERT_TRUE(comes_true([&] { return whole(explorer.views()); }));
    explorer.show(snapshot(1, 2), dataset);
    ASSERT_TRUE(comes_true([&] {
        const std::vector<Stamp> now = stamps(explorer.views());
        return std::all_of(now.begin(), now.end(), [](const Stamp& s) { return s.step == 2; });
    }));
}

TEST_F(ExplorerTest, OnlyThePartWhoseRequestChangedIsMadeAnew) {
    explorer.show(snapshot(1, 1), dataset);
    ExploreRequest request = everything(1);
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] {
        const Views views = explorer.views();
        return whole(views) && !views.cursor->neighbours.empty();
    }));
    const Views before = explorer.views();
    request.number = 2;
    request.point = 5;
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return explorer.views().point->detail.index == 5; }));
    request.number = 3;
    request.prior_seed = 2;
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return explorer.views().sheets->stamp.request == 3; }));
    const Views after = explorer.views();
    EXPECT_EQ(after.map, before.map);
    EXPECT_EQ(after.manifold, before.manifold);
    EXPECT_EQ(after.path, before.path);
    EXPECT_EQ(after.point->stamp.request, 2u);
    EXPECT_TRUE(comes_true([&] { return explorer.views().refined->point.index == 5; }));
    EXPECT_EQ(after.cursor->stamp.request, 3u);
    EXPECT_EQ(after.sheets->reconstructions, before.sheets->reconstructions);
    EXPECT_NE(after.sheets->prior_samples, before.sheets->prior_samples);
}

TEST_F(ExplorerTest, TheCursorIsAnsweredWhileTheMapIsBeingMade) {
    const auto large = large_dataset(kManyCopies);
    explorer.show(snapshot(1, 1, 2, kManyHidden), large);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    request.map = true;
    explorer.ask(request);
    Views views;
    for (request.number = 2; request.number <= 4; ++request.number) {
        explorer.ask(request);
        ASSERT_TRUE(comes_true([&] {
            views = explorer.views();
            return views.cursor && views.cursor->stamp.request == request.number;
        }));
    }
    EXPECT_FALSE(views.map) << "the map was sooner than three answers about the cursor";
    EXPECT_TRUE(comes_true([&] { return explorer.views().map != nullptr; }));
}

// It is made step by step, and each click begins it anew: what was begun for another image is never
// shown as this one's.
TEST_F(ExplorerTest, WhoWaitsForTheCursorGetsItAndWhoWaitsInVainGetsWhatThereIs) {
    using namespace std::chrono_literals;
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(explorer.views_answering(1, 5ms).cursor);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 5ms);
    explorer.show(snapshot(1, 1), dataset);
    explorer.ask(cursor_alone(1, {0.5F, 0.5F}));
    EXPECT_EQ(explorer.views_answering(1, 10s).cursor->stamp.request, 1u);
    explorer.ask(cursor_alone(2, {0.5F, 1.5F}));
    const Views views = explorer.views_answering(2, 10s);
    EXPECT_EQ(views.cursor->stamp.request, 2u);
    EXPECT_EQ(views.cursor->z, (std::vector<float>{0.5F, 1.5F}));
    EXPECT_EQ(explorer.views_answering(3, 1ms).cursor, views.cursor);
}

TEST_F(ExplorerTest, TheAmortisationGapIsOfTheLastImageThatWasClicked) {
    explorer.show(snapshot(1, 1, 2, kManyHidden), dataset);
    ExploreRequest request = everything(1);
    for (int image = 0; image < 30; ++image) {
        request.point = image;
        explorer.ask(request);
        ++request.number;
        ASSERT_TRUE(comes_true([&] {
            const auto point = explorer.views().point;
            return point && point->detail.index == image;
        }));
    }
    ASSERT_TRUE(comes_true([&] {
        const auto refined = explorer.views().refined;
        return refined && refined->point.index == 29;
    }));
    EXPECT_EQ(explorer.views().refined->stamp.request, 30u);
    EXPECT_GE(explorer.views().refined->point.gap_nats(), 0.0);
}

TEST_F(ExplorerTest, ThereIsNoAmortisationGapWithoutAnEncoder) {
    auto without = std::make_shared<ParameterSnapshot>(*snapshot(1, 1));
    without->has_encoder = false;
    explorer.show(without, dataset);
    explorer.ask(everything(1));
    ASSERT_TRUE(comes_true([&] { return explorer.views().sheets != nullptr; }));
    explorer.show(without, dataset);
    ASSERT_TRUE(cursor_answers(1));
    EXPECT_FALSE(explorer.views().refined);
    EXPECT_TRUE(explorer.views().message.empty());
}

TEST_F(ExplorerTest, AMapIsOfOneSnapshotAndIsFinishedWhileNewerOnesArrive) {
    const auto large = large_dataset(kManyCopies / 8);
    std::vector<SnapshotPtr> shown;
    for (std::int64_t step = 0; step < 20; ++step) {
        shown.push_back(snapshot(1, step, 2, kManyHidden));
    }
    explorer.show(shown[0], large);
    ExploreRequest request;
    request.number = 1;
    explorer.ask(request);
    std::size_t next = 1;
    ASSERT_TRUE(comes_true([&] {
        explorer.show(shown[next], large);
        next = next + 1 < shown.size() ? next + 1 : next;
        return explorer.views().map != nullptr;
    }));
    const auto view = explorer.views().map;
    const SnapshotPtr& of = shown.at(static_cast<std::size_t>(view->stamp.step));
    model::Vae vae(of->architecture);
    const explore::LatentMap expected =
        explore::encode_all(vae, of->parameters, *large, large->held_out);
    ASSERT_EQ(view->map.mean.size(), expected.mean.size());
    for (std::size_t i = 0; i < expected.mean.size(); ++i) {
        ASSERT_NEAR(view->map.mean[i], expected.mean[i], 1e-5f) << i;
    }
}

TEST_F(ExplorerTest, AMapThatIsNotWantedForAWhileStillArrives) {
    const auto large = large_dataset(kManyCopies);
    explorer.show(snapshot(1, 1, 2, kManyHidden), large);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    request.map = true;
    explorer.ask(request);
    ASSERT_TRUE(cursor_answers(1));
    request.number = 2;
    request.map = false;
    explorer.ask(request);
    ASSERT_TRUE(cursor_answers(2));
    request.number = 3;
    request.map = true;
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return explorer.views().map != nullptr; }));
    EXPECT_EQ(explorer.views().map->map.count, large->held_out.count);
}

TEST(Explorer, EndsWhileItIsAtWork) {
    const auto large = large_dataset(kManyCopies / 8);
    const SnapshotPtr now = snapshot(1, 1, 2, kManyHidden);
    for (int i = 0; i < 10; ++i) {
        Explorer explorer;
        if (i == 0) continue;
        explorer.show(now, large);
        explorer.ask(everything(1));
        if (i > 5) {
            ASSERT_TRUE(comes_true([&] { return explorer.views().cursor != nullptr; }));
        }
    }
}

}  // namespace
}  // namespace elbow::train
