// The questions about classes follow the map that the codes come from.

#include <gtest/gtest.h>

#include "engine/explore/latent_map.h"
#include "engine/live/questions/class_regions.h"
#include "engine/live/questions/path_classes.h"
#include "tests/engine/live/exploring.h"

namespace elbow::live {
namespace {

PathClassesQuery path_classes() {
    PathClassesQuery query{{{-1.0f, 0.5f}, {1.0f, -0.5f}, 33}};
    query.path.through = {{0.0f, 2.0f}};
    return query;
}

TEST_F(ExplorerTest, TheClassesAlongAPathAreThoseOfTheNearestCodes) {
    const auto shown = snapshot(1, 1);
    explorer.show(shown, dataset);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    request.ask(MapQuery{});
    request.ask(path_classes());
    explorer.ask(request);
    ASSERT_TRUE(test::comes_true([&] {
        const auto view = explorer.views().get<PathClassesView>();
        return view && !view->votes.empty();
    }));
    const auto view = explorer.views().get<PathClassesView>();
    ASSERT_EQ(view->votes.size(), 33u);
    EXPECT_EQ(view->voters, explore::kNearestCodes);
    const auto model = model::make_model(shown->spec);
    const explore::LatentMap map =
        explore::encode_all(*model, shown->parameters, *dataset, dataset->held_out);
    explore::ClassLookup lookup(map, dataset->held_out.labels);
    const std::vector<float> z = explore::path_latents(path_classes().path);
    for (std::size_t i = 0; i < 33; ++i)
        EXPECT_EQ(int{view->votes[i].label}, int{lookup.at(std::span(z).subspan(2 * i, 2)).label})
            << i;
}

// Each image's class is whether its number is even, whatever its label.
TEST_F(ExplorerTest, ClassesOfOnesOwnTakeThePlaceOfTheLabels) {
    const auto shown = snapshot(1, 1);
    explorer.show(shown, dataset);
    HeldOutClasses own(static_cast<std::size_t>(dataset->held_out.count));
    for (std::size_t i = 0; i < own.size(); ++i) own[i] = static_cast<std::uint8_t>(i % 2);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    request.ask(MapQuery{});
    PathClassesQuery path = path_classes();
    path.classes = own;
    request.ask(path);
    ClassRegionsQuery regions;
    regions.plane.columns = regions.plane.rows = 5;
    regions.plane.anchor = {0.0f, 0.0f};
    regions.classes = own;
    request.ask(regions);
    explorer.ask(request);
    ASSERT_TRUE(test::comes_true([&] {
        const live::Views views = explorer.views();
        const auto along = views.get<PathClassesView>();
        const auto over = views.get<ClassRegionsView>();
        return along && !along->votes.empty() && over && !over->votes.empty();
    }));
    const auto model = model::make_model(shown->spec);
    const explore::LatentMap map =
        explore::encode_all(*model, shown->parameters, *dataset, dataset->held_out);
    explore::ClassLookup lookup(map, own);
    const auto along = explorer.views().get<PathClassesView>();
    EXPECT_EQ(along->query.classes, own);
    const std::vector<float> z = explore::path_latents(path.path);
    for (std::size_t i = 0; i < along->votes.size(); ++i)
        EXPECT_EQ(int{along->votes[i].label}, int{lookup.at(std::span(z).subspan(2 * i, 2)).label})
            << i;
    const auto over = explorer.views().get<ClassRegionsView>();
    EXPECT_EQ(over->classes, own);
    for (const explore::ClassVote& vote : over->votes) EXPECT_LT(int{vote.label}, 2);
}

TEST_F(ExplorerTest, TheRegionsOfTheClassesFollowTheMap) {
    explorer.show(snapshot(1, 1), dataset);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    request.ask(MapQuery{});
    ClassRegionsQuery query;
    query.plane.columns = 9;
    query.plane.rows = 7;
    query.plane.anchor = {0.0f, 0.0f};
    request.ask(query);
    explorer.ask(request);
    ASSERT_TRUE(test::comes_true([&] {
        const auto view = explorer.views().get<ClassRegionsView>();
        return view && view->votes.size() == 63;
    }));
    EXPECT_EQ(explorer.views().get<ClassRegionsView>()->plane, query.plane);
    explorer.show(snapshot(1, 2), dataset);
    EXPECT_TRUE(test::comes_true([&] {
        const auto view = explorer.views().get<ClassRegionsView>();
        return view->stamp.step == 2;
    }));
}

TEST_F(ExplorerTest, OfImagesWithoutLabelsThereAreNoClasses) {
    auto bare = std::make_shared<data::Dataset>(*dataset);
    bare->held_out.labels.clear();
    explorer.show(snapshot(1, 1), bare);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    request.ask(MapQuery{});
    request.ask(path_classes());
    explorer.ask(request);
    ASSERT_TRUE(test::comes_true([&] { return explorer.views().get<MapView>() != nullptr; }));
    EXPECT_EQ(explorer.views().get<PathClassesView>(), nullptr);
    EXPECT_TRUE(explorer.views().message.empty());
    PathClassesQuery own = path_classes();
    own.classes.assign(static_cast<std::size_t>(dataset->held_out.count), 1);
    request.ask(own);
    request.number = 2;
    explorer.ask(request);
    EXPECT_TRUE(test::comes_true([&] {
        return explorer.views().get<PathClassesView>() != nullptr;
    })) << "but for those of one's own";
}

}  // namespace
}  // namespace elbow::live
