#include "engine/live/questions/selection.h"

#include <gtest/gtest.h>

#include "tests/engine/live/exploring.h"

namespace elbow::live {
namespace {

TEST_F(ExplorerTest, OfASelectionTheMeanImageAndTheDecodedMeanCodeAreFound) {
    const auto shown = snapshot(1, 1);
    explorer.show(shown, dataset);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    request.ask(MapQuery{});
    request.ask(SelectionQuery{{3, 10}});
    explorer.ask(request);
    ASSERT_TRUE(test::comes_true([&] {
        const auto view = explorer.views().get<SelectionView>();
        return view && !view->decoded.empty();
    }));
    const auto view = explorer.views().get<SelectionView>();
    const auto map = explorer.views().get<MapView>();
    const auto first = dataset->image(dataset->held_out, 3);
    const auto second = dataset->image(dataset->held_out, 10);
    ASSERT_EQ(view->mean_image.size(), first.size());
    for (std::size_t d = 0; d < first.size(); ++d)
        EXPECT_EQ(view->mean_image[d], (first[d] + second[d] + 1) / 2);
    for (std::size_t n = 0; n < 2; ++n)
        EXPECT_NEAR(view->code[n], 0.5 * (map->map.mean[6 + n] + map->map.mean[20 + n]), 1e-6);
    const auto model = model::make_model(shown->spec);
    EXPECT_EQ(view->decoded, explore::decode(*model, shown->parameters, view->code));
    // One with an image that is not there is not answered.
    request.ask(SelectionQuery{{3, 60}});
    request.number = 2;
    explorer.ask(request);
    ASSERT_TRUE(cursor_answers(2));
    EXPECT_EQ(explorer.views().get<SelectionView>()->query.images, (std::vector<int>{3, 10}));
    EXPECT_TRUE(explorer.views().message.empty());
}

}  // namespace
}  // namespace elbow::live
