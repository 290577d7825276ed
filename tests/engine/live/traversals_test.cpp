#include "engine/live/questions/traversals.h"

#include <gtest/gtest.h>

#include "tests/engine/live/exploring.h"

namespace elbow::live {
namespace {

TEST(Traversals, ChangeOneLatentARow) {
    TraversalQuery query;
    query.z = {1.0f, 2.0f, 3.0f};
    query.latents = {2, 0};
    query.ends = {3.0f, 1.0f};
    query.values = 3;
    EXPECT_EQ(traversal_latents(query),
              (std::vector<float>{1, 2, -2, 1, 2, 0, 1, 2, 2,  //
                                  -2.0f / 3, 2, 3, 0, 2, 3, 2.0f / 3, 2, 3}));
}

TEST_F(ExplorerTest, TraversalsAreDecodedAndThoseThatDoNotFitAreNotAnswered) {
    explorer.show(snapshot(1, 1, 3), dataset);
    ExploreRequest request = cursor_alone(1, {0.5f, 0.0f, -0.5f});
    TraversalQuery query;
    query.z = {0.5f, 0.0f, -0.5f};
    query.latents = {1, 2};
    query.ends = {3.0f, 3.0f};
    query.values = 4;
    request.ask(query);
    explorer.ask(request);
    ASSERT_TRUE(test::comes_true([&] { return explorer.views().get<TraversalView>() != nullptr; }));
    const auto view = explorer.views().get<TraversalView>();
    EXPECT_EQ(view->query, query);
    const auto dimensions = static_cast<std::size_t>(dataset->dimensions());
    ASSERT_EQ(view->images.size(), 8 * dimensions);
    const auto model = model::make_model(snapshot(1, 1, 3)->spec);
    EXPECT_EQ(view->images,
              explore::decode(*model, snapshot(1, 1, 3)->parameters, traversal_latents(query)));
    query.latents = {1, 3};  // there are three
    request.ask(query);
    request.number = 2;
    explorer.ask(request);
    ASSERT_TRUE(cursor_answers(2));
    EXPECT_EQ(explorer.views().get<TraversalView>(), view);
    EXPECT_TRUE(explorer.views().message.empty());
}

}  // namespace
}  // namespace elbow::live
