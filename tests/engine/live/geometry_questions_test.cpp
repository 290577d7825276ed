// The questions about how the decoder bends the space of z.

#include <gtest/gtest.h>

#include "engine/explore/path_geometry.h"
#include "engine/live/questions/metric.h"
#include "engine/live/questions/path_geometry.h"
#include "tests/engine/live/exploring.h"

namespace elbow::live {
namespace {

TEST_F(ExplorerTest, TheMetricIsThatOfTheSnapshot) {
    const auto shown = snapshot(1, 1, 3);
    explorer.show(shown, dataset);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f, 0.0f});
    explore::ManifoldRequest plane;
    plane.columns = 6;
    plane.rows = 5;
    plane.x_axis = 2;
    plane.anchor = {0.1f, 0.2f, 0.3f};
    request.ask(MetricQuery{plane});
    explorer.ask(request);
    ASSERT_TRUE(test::comes_true([&] { return explorer.views().get<MetricView>() != nullptr; }));
    const explore::Metric& found = explorer.views().get<MetricView>()->metric;
    EXPECT_EQ(found.plane, plane);
    const auto model = model::make_model(shown->spec);
    const explore::Metric expected = explore::metric(*model, shown->parameters, plane);
    ASSERT_EQ(found.tensors.size(), 30u);
    for (std::size_t cell = 0; cell < 30; ++cell)
        EXPECT_EQ(found.volume(cell), expected.volume(cell));
}

TEST_F(ExplorerTest, AGeodesicsImagesFollowTheGeometryThatIsFound) {
    const auto shown = snapshot(1, 1);
    explorer.show(shown, dataset);
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    const explore::PathRequest path{{-2.0f, 1.0f}, {1.5f, 2.0f}, 5, explore::PathKind::kGeodesic};
    request.ask(path);
    request.ask(PathGeometryQuery{path.from, path.to});
    explorer.ask(request);
    const auto model = model::make_model(shown->spec);
    const explore::PathGeometry geometry = explore::path_geometry(*model, shown->parameters, path);
    const std::vector<float> bent = explore::path_latents(path, &geometry);
    EXPECT_NE(bent, explore::path_latents(path));
    ASSERT_TRUE(test::comes_true([&] {
        const auto view = explorer.views().get<PathView>();
        return view && view->z == bent;
    }));
    EXPECT_EQ(explorer.views().get<PathView>()->images,
              explore::decode(*model, shown->parameters, bent));
    // The same model's paths between other ends.
    explore::PathRequest other = path;
    other.to = {0.0f, -1.0f};
    request.ask(other);
    request.ask(PathGeometryQuery{other.from, other.to});
    request.number = 2;
    explorer.ask(request);
    const std::vector<float> expected = explore::path_latents(*model, shown->parameters, other);
    ASSERT_TRUE(test::comes_true([&] { return explorer.views().get<PathView>()->z == expected; }));
}

}  // namespace
}  // namespace elbow::live
