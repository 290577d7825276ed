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
}

}  // namespace
}  // namespace elbow::live
