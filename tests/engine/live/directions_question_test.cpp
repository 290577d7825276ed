#include <gtest/gtest.h>

#include "engine/explore/manifold.h"
#include "engine/live/questions/directions.h"
#include "tests/engine/live/exploring.h"

namespace elbow::live {
namespace {

TEST_F(ExplorerTest, DirectionsAreFoundAtTheDotWithImagesAlongThem) {
    const auto shown = snapshot(1, 1, 3);
    explorer.show(shown, dataset);
    ExploreRequest request = cursor_alone(1, {0.5f, 0.0f, -0.5f});
    DirectionsQuery query;
    query.z = {0.5f, 0.0f, -0.5f};
    query.rows = 2;
    query.values = 5;
    request.ask(query);
    explorer.ask(request);
    ASSERT_TRUE(
        test::comes_true([&] { return explorer.views().get<DirectionsView>() != nullptr; }));
    const auto view = explorer.views().get<DirectionsView>();
    EXPECT_EQ(view->query, query);
    const auto model = model::make_model(shown->spec);
    const explore::Directions found = explore::directions(*model, shown->parameters, query.z);
    ASSERT_EQ(view->directions.stretch.size(), 3u);
    EXPECT_EQ(view->directions.stretch, found.stretch);
    const std::vector<float> z = direction_latents(query, found);
    ASSERT_EQ(z.size(), 2u * 5u * 3u);
    for (std::size_t n = 0; n < 3; ++n) {
        EXPECT_FLOAT_EQ(z[2 * 3 + n], query.z[n]) << "the dot lies in the middle of a row";
        EXPECT_NEAR(z[4 * 3 + n] - query.z[n], 0.8 * 1.5 * found.vector(0)[n], 1e-5);
    }
    EXPECT_EQ(view->images, explore::decode(*model, shown->parameters, z));
    query.z.pop_back();  // of another model
    request.ask(query);
    request.number = 2;
    explorer.ask(request);
    ASSERT_TRUE(cursor_answers(2));
    EXPECT_EQ(explorer.views().get<DirectionsView>(), view);
    EXPECT_TRUE(explorer.views().message.empty());
}

}  // namespace
}  // namespace elbow::live
