// Which moments of a training are held.

#include "engine/live/moments.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/engine/live/exploring.h"

namespace elbow::live {
namespace {

std::shared_ptr<const MapView> map_of(const train::ParameterSnapshot& snapshot, int images = 4) {
    auto view = std::make_shared<MapView>();
    view->stamp = {snapshot.run, snapshot.step, snapshot.samples, 0};
    view->map.size_for(images, 2);
    return view;
}

std::uint64_t bytes_of_one() { return sizeof(float) * snapshot(1, 1)->parameters.size(); }

TEST(Moments, AreAllHeldWhereTheyHaveRoom) {
    Moments moments(100 * bytes_of_one());
    std::vector<train::SnapshotPtr> all;
    for (int step = 0; step < 50; ++step) {
        all.push_back(snapshot(1, step));
        moments.add(all.back());
        moments.add(all.back());
    }
    ASSERT_EQ(moments.held().size(), 50u);
    for (std::size_t i = 0; i < all.size(); ++i)
        EXPECT_EQ(moments.held()[i].snapshot, all[i]) << "not a copy";
    EXPECT_EQ(moments.bytes(), 50 * bytes_of_one());
}

TEST(Moments, MakeRoomEvenlyOnAScaleThatIsFineEarly) {
    Moments moments(20 * bytes_of_one());
    for (int step = 0; step < 5000; ++step) moments.add(snapshot(1, step));
    const auto& held = moments.held();
    ASSERT_LE(moments.bytes(), 20 * bytes_of_one());
    ASSERT_EQ(held.size(), 20u);
    EXPECT_EQ(held.front().snapshot->step, 0);
    EXPECT_EQ(held.back().snapshot->step, 4999);
    const auto place = [&](std::size_t i) { return moments.place(held[i].snapshot->samples); };
    EXPECT_EQ(place(0), 0.0);
    EXPECT_EQ(place(19), 1.0);
    for (std::size_t i = 0; i + 1 < held.size(); ++i)
        EXPECT_LT(place(i + 1) - place(i), 2.6 / 19.0) << i;
    EXPECT_GT(moments.place(10000), 0.3) << "of 100 000: finer early";
    EXPECT_EQ(moments.nearest_place(0.0), 0u);
    EXPECT_EQ(moments.nearest_place(1.0), 19u);
    EXPECT_EQ(moments.nearest_place(place(7)), 7u);
}

TEST(Moments, KeepTheOneThatIsLookedAt) {
    Moments kept(5 * bytes_of_one()), free(5 * bytes_of_one());
    constexpr std::int64_t kLookedAt = 500 * 20;  // images
    for (int step = 0; step < 2000; ++step) {
        kept.add(snapshot(1, step));
        free.add(snapshot(1, step));
        if (step == 500) kept.keep(kLookedAt);
    }
    const auto nearest = [](const Moments& moments) {
        return moments.held()[moments.nearest(kLookedAt)].snapshot->samples;
    };
    EXPECT_EQ(nearest(kept), kLookedAt);
    EXPECT_NE(nearest(free), kLookedAt);
    EXPECT_EQ(kept.held().size(), 5u);
}

TEST(Moments, OfAnotherRunBeginAnewAndGoBackWithARunThatDoes) {
    Moments moments(100 * bytes_of_one());
    for (int step = 0; step < 10; ++step) moments.add(snapshot(1, step));
    const auto again = snapshot(1, 4);
    moments.add(again);
    ASSERT_EQ(moments.held().size(), 5u);
    EXPECT_EQ(moments.held().back().snapshot, again) << "the newest of that moment";
    moments.add(snapshot(2, 0));
    EXPECT_EQ(moments.held().size(), 1u);
    moments.add(train::SnapshotPtr());
    EXPECT_EQ(moments.held().size(), 1u);
}

TEST(Moments, HoldTheMapThatWasMadeOfThem) {
    Moments moments(100 * bytes_of_one());
    for (int step = 0; step < 10; ++step) moments.add(snapshot(1, step));
    const auto map = map_of(*moments.held()[3].snapshot);
    moments.add(map);
    EXPECT_EQ(moments.held()[3].map, map);
    EXPECT_EQ(moments.held()[2].map, nullptr);
    EXPECT_GT(moments.bytes(), 10 * bytes_of_one());
    moments.add(map_of(*snapshot(2, 3)));
    moments.add(map_of(*snapshot(1, 77)));
    moments.add(std::shared_ptr<const MapView>());
    EXPECT_EQ(moments.held()[3].map, map);
}

TEST(Moments, WithAMapAreWorthMoreThanThoseWithout) {
    Moments moments(12 * bytes_of_one());
    for (int step = 0; step < 3000; ++step) {
        moments.add(snapshot(1, step));
        if (step % 30 == 0) moments.add(map_of(*moments.held().back().snapshot));
    }
    std::size_t with_map = 0;
    for (const HeldMoment& moment : moments.held()) with_map += moment.map != nullptr ? 1 : 0;
    EXPECT_GE(with_map, moments.held().size() / 2);
}

bool all_of_step(const Views& views, std::int64_t step) {
    const std::vector<Stamp> all = stamps(views);
    return std::all_of(all.begin(), all.end(),
                       [&](const Stamp& each) { return each.step == step; });
}

TEST_F(ExplorerTest, AJumpIsAnsweredAtOnceWhateverRests) {
    explorer.rest(1000);
    const auto first = snapshot(1, 9);
    explorer.show(first, dataset);
    explorer.ask(everything(1));
    ASSERT_TRUE(test::comes_true([&] { return whole(explorer.views()); }));
    const auto start = std::chrono::steady_clock::now();
    explorer.show(snapshot(1, 2), dataset, Explorer::Jump{});
    ASSERT_TRUE(test::comes_true([&] { return all_of_step(explorer.views(), 2); }));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(900))
        << "without a jump some would rest for a second and more";
}

TEST_F(ExplorerTest, AMapThatIsKnownIsNotMadeAgainAfterAJump) {
    const auto at_step = [&](std::int64_t step) {
        return test::comes_true([&] {
            const Views views = explorer.views();
            return whole(views) && all_of_step(views, step);
        });
    };
    const auto early = snapshot(1, 2);
    explorer.show(early, dataset);
    explorer.ask(everything(1));
    ASSERT_TRUE(at_step(2));
    const auto known = explorer.views().get<MapView>();
    explorer.show(snapshot(1, 9), dataset);
    ASSERT_TRUE(at_step(9));
    explorer.show(early, dataset, Explorer::Jump{known});
    ASSERT_TRUE(at_step(2));
    EXPECT_EQ(explorer.views().get<MapView>(), known);
    explorer.show(snapshot(1, 10), dataset, Explorer::Jump{});
    ASSERT_TRUE(at_step(10));
    EXPECT_NE(explorer.views().get<MapView>(), known);
}

}  // namespace
}  // namespace elbow::live
