#include "engine/live/explorer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <thread>

#include "engine/core/processor_time.h"
#include "engine/live/questions/aggregate.h"
#include "engine/live/questions/estimates.h"
#include "engine/live/questions/metric.h"
#include "engine/live/questions/path_geometry.h"
#include "engine/live/questions/scores.h"
#include "tests/engine/live/exploring.h"

namespace elbow::live {
namespace {

using test::comes_true;

TEST_F(ExplorerTest, HasNothingToShowBeforeItIsAsked) {
    EXPECT_FALSE(explorer.views().get<CursorView>());
    explorer.show(snapshot(1, 1), dataset);
    EXPECT_FALSE(explorer.views().get<MapView>());
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
    const train::SnapshotPtr now = snapshot(1, 3);
    const ExploreRequest request = everything(1);
    const std::vector<float> z = request.find<CursorQuery>()->z;
    const auto& path = *request.find<explore::PathRequest>();
    const auto& manifold = *request.find<explore::ManifoldRequest>();
    explorer.show(now, dataset);
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return whole(explorer.views()); }));
    const Views views = explorer.views();
    const auto model = model::make_model(now->spec);
    const auto& weights = now->parameters;

    EXPECT_EQ(views.get<CursorView>()->z, z);
    EXPECT_EQ(views.get<CursorView>()->image, explore::decode(*model, weights, z));
    EXPECT_NEAR(views.get<CursorView>()->log_prior, -1.8378770664 - 0.5 * 1.25, 1e-9);
    EXPECT_EQ(views.get<PointView>()->detail.index, 4);
    const auto refined =
        explore::refine_point(*model, weights, *dataset, 4, explore::kPointRefinement, 1);
    EXPECT_EQ(views.get<RefinedView>()->point.index, 4);
    EXPECT_EQ(views.get<RefinedView>()->point.mean, refined.mean);
    EXPECT_EQ(views.get<RefinedView>()->point.gap_nats(), refined.gap_nats());
    EXPECT_EQ(views.get<PathView>()->request, path);
    EXPECT_EQ(views.get<PathView>()->z, explore::path_latents(path));
    EXPECT_EQ(views.get<PathView>()->images,
              explore::decode(*model, weights, views.get<PathView>()->z));
    EXPECT_EQ(views.get<ManifoldView>()->request, manifold);
    EXPECT_EQ(views.get<ManifoldView>()->images,
              explore::decode(*model, weights, explore::manifold_latents(manifold, 2)));
    EXPECT_EQ(views.get<MapView>()->map.mean,
              explore::encode_all(*model, weights, *dataset, dataset->held_out).mean);
    EXPECT_EQ(views.get<SheetView>()->reconstructed, (std::vector<int>{0, 7, 59}));
    ASSERT_EQ(views.get<SheetView>()->reconstructions.size(), 3u * 120u);
    const auto last = explore::point_detail(*model, weights, *dataset, 59, 1, 1).reconstruction;
    for (std::size_t d = 0; d < 120; ++d) {
        EXPECT_NEAR(views.get<SheetView>()->reconstructions[2 * 120 + d], last[d], 1) << d;
    }
    EXPECT_EQ(views.get<SheetView>()->prior_count, 6);
    EXPECT_EQ(views.get<SheetView>()->prior_samples.size(), 6u * 120u);
}

TEST_F(ExplorerTest, TheCursorGetsItsNeighboursWhenTheMapIsThere) {
    explorer.show(snapshot(1, 1), dataset);
    explorer.ask(everything(1));
    ASSERT_TRUE(comes_true([&] {
        const Views views = explorer.views();
        return views.get<CursorView>() && !views.get<CursorView>()->neighbours.empty();
    }));
    const Views views = explorer.views();
    ASSERT_TRUE(views.get<MapView>());
    const auto expected =
        explore::nearest(views.get<MapView>()->map, views.get<CursorView>()->z, 8);
    ASSERT_EQ(views.get<CursorView>()->neighbours.size(), 8u);
    for (std::size_t i = 0; i < 8; ++i) {
        EXPECT_EQ(views.get<CursorView>()->neighbours[i].index, expected[i].index);
    }
}

TEST_F(ExplorerTest, AnswersTheNewestRequestAndDropsOlderOnes) {
    explorer.show(snapshot(1, 1), dataset);
    for (std::uint64_t number = 1; number <= 200; ++number) {
        explorer.ask(cursor_alone(number, {static_cast<float>(number), 0.0f}));
    }
    ASSERT_TRUE(cursor_answers(200));
    EXPECT_EQ(explorer.views().get<CursorView>()->z[0], 200.0f);
    explorer.ask(cursor_alone(150, {-1.0f, 0.0f}));
    explorer.show(snapshot(1, 2), dataset);
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<CursorView>()->stamp.step == 2; }));
    EXPECT_EQ(explorer.views().get<CursorView>()->z[0], 200.0f);
    EXPECT_EQ(explorer.views().get<CursorView>()->stamp.request, 200u);
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

TEST_F(ExplorerTest, ShowsOtherWeightsOfTheSameStep) {
    explorer.show(snapshot(1, 1), dataset);
    explorer.ask(cursor_alone(1, {0.5f, -1.0f}));
    ASSERT_TRUE(cursor_answers(1));
    const auto old = explorer.views().get<CursorView>();
    auto averaged = std::make_shared<train::ParameterSnapshot>(*snapshot(1, 2));
    averaged->step = 1;
    averaged->averaged = true;
    explorer.show(averaged, dataset);
    EXPECT_TRUE(comes_true([&] { return explorer.views().get<CursorView>() != old; }));
}

TEST_F(ExplorerTest, OnlyThePartWhoseRequestChangedIsMadeAnew) {
    explorer.show(snapshot(1, 1), dataset);
    ExploreRequest request = everything(1);
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] {
        const Views views = explorer.views();
        return whole(views) && !views.get<CursorView>()->neighbours.empty();
    }));
    const Views before = explorer.views();
    request.number = 2;
    request.ask(PointQuery{5});
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<PointView>()->detail.index == 5; }));
    request.number = 3;
    request.find<SheetsQuery>()->prior_seed = 2;
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<SheetView>()->stamp.request == 3; }));
    const Views after = explorer.views();
    EXPECT_EQ(after.get<MapView>(), before.get<MapView>());
    EXPECT_EQ(after.get<ManifoldView>(), before.get<ManifoldView>());
    EXPECT_EQ(after.get<PathView>(), before.get<PathView>());
    EXPECT_EQ(after.get<PointView>()->stamp.request, 2u);
    EXPECT_TRUE(comes_true([&] { return explorer.views().get<RefinedView>()->point.index == 5; }));
    EXPECT_EQ(after.get<CursorView>()->stamp.request, 3u);
    EXPECT_EQ(after.get<SheetView>()->reconstructions, before.get<SheetView>()->reconstructions);
    EXPECT_NE(after.get<SheetView>()->prior_samples, before.get<SheetView>()->prior_samples);
}

TEST_F(ExplorerTest, TheCursorIsAnsweredWhileTheMapIsBeingMade) {
    const auto large = large_dataset(kManyCopies);
    explorer.show(snapshot(1, 1, 2, kManyHidden), large);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    request.ask(MapQuery{});
    explorer.ask(request);
    Views views;
    for (request.number = 2; request.number <= 4; ++request.number) {
        explorer.ask(request);
        ASSERT_TRUE(comes_true([&] {
            views = explorer.views();
            return views.get<CursorView>() &&
                   views.get<CursorView>()->stamp.request == request.number;
        }));
    }
    EXPECT_FALSE(views.get<MapView>()) << "the map was sooner than three answers about the cursor";
    EXPECT_TRUE(comes_true([&] { return explorer.views().get<MapView>() != nullptr; }));
}

// It is made step by step, and each click begins it anew: what was begun for another image is never
// shown as this one's.
TEST_F(ExplorerTest, WhoWaitsForTheCursorGetsItAndWhoWaitsInVainGetsWhatThereIs) {
    using namespace std::chrono_literals;
    const auto answering = [&](std::uint64_t request, std::chrono::microseconds most) {
        return explorer.views_with([&](const Stamp& stamp) { return stamp.request >= request; },
                                   most);
    };
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(answering(1, 5ms).get<CursorView>());
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 5ms);
    explorer.show(snapshot(1, 1), dataset);
    explorer.ask(cursor_alone(1, {0.5F, 0.5F}));
    EXPECT_EQ(answering(1, 10s).get<CursorView>()->stamp.request, 1u);
    explorer.ask(cursor_alone(2, {0.5F, 1.5F}));
    const Views views = answering(2, 10s);
    EXPECT_EQ(views.get<CursorView>()->stamp.request, 2u);
    EXPECT_EQ(views.get<CursorView>()->z, (std::vector<float>{0.5F, 1.5F}));
    EXPECT_EQ(answering(3, 1ms).get<CursorView>(), views.get<CursorView>());
}

TEST_F(ExplorerTest, TheAmortisationGapIsOfTheLastImageThatWasClicked) {
    explorer.show(snapshot(1, 1, 2, kManyHidden), dataset);
    ExploreRequest request = everything(1);
    for (int image = 0; image < 30; ++image) {
        request.ask(PointQuery{image});
        explorer.ask(request);
        ++request.number;
        ASSERT_TRUE(comes_true([&] {
            const auto point = explorer.views().get<PointView>();
            return point && point->detail.index == image;
        }));
    }
    ASSERT_TRUE(comes_true([&] {
        const auto refined = explorer.views().get<RefinedView>();
        return refined && refined->point.index == 29;
    }));
    EXPECT_EQ(explorer.views().get<RefinedView>()->stamp.request, 30u);
    EXPECT_GE(explorer.views().get<RefinedView>()->point.gap_nats(), 0.0);
}

TEST_F(ExplorerTest, ThereIsNoAmortisationGapWithoutAnEncoder) {
    auto without = std::make_shared<train::ParameterSnapshot>(*snapshot(1, 1));
    without->has_encoder = false;
    explorer.show(without, dataset);
    explorer.ask(everything(1));
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<SheetView>() != nullptr; }));
    explorer.show(without, dataset);
    ASSERT_TRUE(cursor_answers(1));
    EXPECT_FALSE(explorer.views().get<RefinedView>());
    EXPECT_TRUE(explorer.views().message.empty());
}

// Seconds of processor time that the other threads of this process have taken.
double others_cpu_s() {
    timespec all{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &all);
    return static_cast<double>(all.tv_sec) + 1e-9 * static_cast<double>(all.tv_nsec) -
           processor_time_s();
}

TEST_F(ExplorerTest, ManyAnswersThatFollowTheTrainingLeaveMostOfAThreadFree) {
#ifdef ELBOW_SANITIZED
    GTEST_SKIP() << "a sanitizer makes one answer of each take longer than is measured here";
#endif
    using namespace std::chrono_literals;
    const auto large = large_dataset(400);
    const std::array<train::SnapshotPtr, 2> shown = {snapshot(1, 1, 2, kManyHidden),
                                                     snapshot(1, 2, 2, kManyHidden)};
    explorer.show(shown[0], large);
    ExploreRequest request = everything(1);
    request.ask(MetricQuery{explore::ManifoldRequest{}});
    request.ask(ScoresQuery{});
    request.ask(AggregateQuery{});
    request.ask(EstimatesQuery{4, 1, {}, {}, 1});
    request.ask(PathGeometryQuery{.from = {1.0f, 0.0f}, .to = {0.0f, 1.0f}});
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] {
        const Views views = explorer.views();
        return whole(views) && views.get<MetricView>() && views.get<AggregateView>();
    }));
    std::this_thread::sleep_for(500ms);
    const auto begin = std::chrono::steady_clock::now();
    const double before_s = others_cpu_s();
    for (std::size_t i = 1; std::chrono::steady_clock::now() - begin < 6s; ++i) {
        explorer.show(shown[i % 2], large);
        std::this_thread::sleep_for(30ms);
    }
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
    EXPECT_LT((others_cpu_s() - before_s) / passed.count(), 0.5);
}

TEST_F(ExplorerTest, AMapIsOfOneSnapshotAndIsFinishedWhileNewerOnesArrive) {
    const auto large = large_dataset(kManyCopies / 8);
    std::vector<train::SnapshotPtr> shown;
    for (std::int64_t step = 0; step < 20; ++step) {
        shown.push_back(snapshot(1, step, 2, kManyHidden));
    }
    explorer.show(shown[0], large);
    ExploreRequest request;
    request.number = 1;
    request.ask(MapQuery{});
    explorer.ask(request);
    std::size_t next = 1;
    ASSERT_TRUE(comes_true([&] {
        explorer.show(shown[next], large);
        next = next + 1 < shown.size() ? next + 1 : next;
        return explorer.views().get<MapView>() != nullptr;
    }));
    const auto view = explorer.views().get<MapView>();
    const train::SnapshotPtr& of = shown.at(static_cast<std::size_t>(view->stamp.step));
    const auto model = model::make_model(of->spec);
    const explore::LatentMap expected =
        explore::encode_all(*model, of->parameters, *large, large->held_out);
    ASSERT_EQ(view->map.mean.size(), expected.mean.size());
    for (std::size_t i = 0; i < expected.mean.size(); ++i) {
        ASSERT_NEAR(view->map.mean[i], expected.mean[i], 1e-5f) << i;
    }
}

TEST_F(ExplorerTest, AMapThatIsNotWantedForAWhileStillArrives) {
    const auto large = large_dataset(kManyCopies);
    explorer.show(snapshot(1, 1, 2, kManyHidden), large);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    request.ask(MapQuery{});
    explorer.ask(request);
    ASSERT_TRUE(cursor_answers(1));
    request.number = 2;
    request.drop<MapQuery>();
    explorer.ask(request);
    ASSERT_TRUE(cursor_answers(2));
    request.number = 3;
    request.ask(MapQuery{});
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<MapView>() != nullptr; }));
    EXPECT_EQ(explorer.views().get<MapView>()->map.count, large->held_out.count);
}

TEST(Explorer, EndsWhileItIsAtWork) {
    const auto large = large_dataset(kManyCopies / 8);
    const train::SnapshotPtr now = snapshot(1, 1, 2, kManyHidden);
    for (int i = 0; i < 10; ++i) {
        Explorer explorer;
        if (i == 0) continue;
        explorer.show(now, large);
        explorer.ask(everything(1));
        if (i > 5) {
            ASSERT_TRUE(comes_true([&] { return explorer.views().get<CursorView>() != nullptr; }));
        }
    }
}

}  // namespace
}  // namespace elbow::live
