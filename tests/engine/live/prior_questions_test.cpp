// What the window asks about a run's prior: its density over the map, and the pictures that it
// learns.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/live/questions/prior_density.h"
#include "engine/live/questions/pseudo_inputs.h"
#include "engine/model/families.h"
#include "engine/run/spec_of_run.h"
#include "tests/engine/live/exploring.h"

namespace elbow::live {
namespace {

using test::comes_true;

train::SnapshotPtr with_prior(const char* prior, std::int64_t step, int components = 5) {
    RunConfig config = test::tiny_config();
    config.prior = prior;
    set_option_from_text(config, *find_run_option("components"), std::to_string(components));
    auto made = std::make_shared<train::ParameterSnapshot>();
    made->spec = spec_of(config, *test::tiny_dataset());
    made->parameters =
        model::initial_parameters(made->spec, "glorot", static_cast<std::uint64_t>(step));
    made->run = 1;
    made->step = step;
    return made;
}

ExploreRequest density_of(const explore::ManifoldRequest& plane) {
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    request.ask(PriorDensityQuery{plane});
    return request;
}

ExploreRequest pseudo_inputs(int most) {
    ExploreRequest request = cursor_alone(1, {0.0f, 0.0f});
    request.ask(PseudoInputsQuery{most});
    return request;
}

// The middles of its cells are tenths.
explore::ManifoldRequest wide_plane() {
    explore::ManifoldRequest plane;
    plane.columns = 90;
    plane.rows = 80;
    plane.x_min = -4.5f;
    plane.x_max = 4.5f;
    plane.y_min = -4.0f;
    plane.y_max = 4.0f;
    return plane;
}

TEST_F(ExplorerTest, TheLinesOfTheStandardNormalAreTheCirclesOfRadius1To3) {
    explorer.show(snapshot(1, 1), dataset);
    explorer.ask(density_of(wide_plane()));
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<PriorDensityView>() != nullptr; }));
    const auto view = explorer.views().get<PriorDensityView>();
    EXPECT_NEAR(view->density.highest, -std::log(2.0 * 3.14159265), 0.005);
    for (std::size_t i = 0; i < view->density.lines.size(); ++i) {
        ASSERT_EQ(view->density.lines[i].size(), 1u);
        for (const explore::ContourPoint& at : view->density.lines[i][0])
            EXPECT_NEAR(std::hypot(at.x, at.y), static_cast<double>(i + 1), 0.01);
    }
}

TEST_F(ExplorerTest, TheDensityOfAMixtureIsItsOwn) {
    const auto now = with_prior("mixture", 3);
    explorer.show(now, dataset);
    explorer.ask(density_of(wide_plane()));
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<PriorDensityView>() != nullptr; }));
    const auto view = explorer.views().get<PriorDensityView>();
    const auto model = model::make_model(now->spec);
    std::vector<double> nats(view->density.nats.size());
    model->log_prior(now->parameters, explore::manifold_latents(wide_plane(), 2), nats, {});
    for (std::size_t i = 0; i < nats.size(); ++i)
        ASSERT_NEAR(view->density.nats[i], nats[i], 1e-4) << i;
    EXPECT_NEAR(view->density.highest, *std::max_element(nats.begin(), nats.end()), 1e-4);
    EXPECT_FALSE(view->density.lines[0].empty());
}

TEST_F(ExplorerTest, TheDensityOfOneLatentIsARow) {
    explorer.show(snapshot(1, 1, 1), dataset);
    ExploreRequest request = cursor_alone(1, {0.0f});
    explore::ManifoldRequest row = wide_plane();
    row.rows = 1;
    row.y_axis = 0;
    request.ask(PriorDensityQuery{row});
    explorer.ask(request);
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<PriorDensityView>() != nullptr; }));
    const auto view = explorer.views().get<PriorDensityView>();
    ASSERT_EQ(view->density.nats.size(), 90u);
    EXPECT_NEAR(view->density.nats[0], -0.5 * (std::log(2.0 * 3.14159265) + 4.45 * 4.45), 1e-4);
    for (const auto& lines : view->density.lines) EXPECT_TRUE(lines.empty());
}

// The prior is the mean of the posteriors of its pictures, so that all there is to see of it is in
// the view: here up to the rounding of its pixels to bytes.
TEST_F(ExplorerTest, ThePseudoInputsAreThoseOfThePrior) {
    const auto now = with_prior("vamp", 4);
    explorer.show(now, dataset);
    explorer.ask(pseudo_inputs(64));
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<PseudoInputsView>() != nullptr; }));
    const auto view = explorer.views().get<PseudoInputsView>();
    EXPECT_EQ(view->there, 5);
    ASSERT_EQ(view->count, 5);
    ASSERT_EQ(view->images.size(), 5u * 120u);
    ASSERT_EQ(view->z.size(), 5u * 2u);
    EXPECT_GT(std::set<std::uint8_t>(view->images.begin(), view->images.end()).size(), 50u);

    const auto model = model::make_model(now->spec);
    const data::Batch batch{view->images.data(), 120, 1.0f / 255.0f, {}, 0, nullptr, nullptr, 5};
    model::Posteriors q;
    model->encode(now->parameters, batch, q);
    const std::vector<float> at{0.3f, -0.8f};
    double mean = 0.0;
    for (std::size_t k = 0; k < 5; ++k) {
        double log_q = 0.0;
        for (std::size_t i = 0; i < 2; ++i) {
            EXPECT_NEAR(view->z[2 * k + i], q.mean[2 * k + i], 1e-4);
            const double away = (at[i] - q.mean[2 * k + i]) / q.deviation[2 * k + i];
            log_q -=
                0.5 * (away * away + std::log(2.0 * 3.14159265)) + std::log(q.deviation[2 * k + i]);
        }
        mean += std::exp(log_q) / 5.0;
    }
    std::vector<double> nats(1);
    model->log_prior(now->parameters, at, nats, {});
    EXPECT_NEAR(std::log(mean), nats[0], 0.01);
}

TEST_F(ExplorerTest, ThePseudoInputsFollowTheWeightsAndAreNoMoreThanAskedFor) {
    explorer.show(with_prior("vamp", 1, 40), dataset);
    explorer.ask(pseudo_inputs(33));
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<PseudoInputsView>() != nullptr; }));
    const auto before = explorer.views().get<PseudoInputsView>();
    EXPECT_EQ(before->there, 40);
    EXPECT_EQ(before->count, 33);
    EXPECT_EQ(before->images.size(), 33u * 120u);
    explorer.show(with_prior("vamp", 2, 40), dataset);
    ASSERT_TRUE(comes_true([&] { return explorer.views().get<PseudoInputsView>() != before; }));
    EXPECT_NE(explorer.views().get<PseudoInputsView>()->images, before->images);
}

TEST_F(ExplorerTest, OtherPriorsHaveNoPseudoInputs) {
    explorer.show(with_prior("mixture", 1), dataset);
    explorer.ask(pseudo_inputs(10));
    ASSERT_TRUE(cursor_answers(1));
    EXPECT_EQ(explorer.views().get<PseudoInputsView>(), nullptr);
    EXPECT_EQ(explorer.views().message, "");
}

}  // namespace
}  // namespace elbow::live
