#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/core/error.h"
#include "tests/engine/torch/jacobian.h"

namespace elbow {
namespace {

TEST(PlanarPosterior, ItsDensityIsThatOfTheChangeOfVariables) {
    for (const char* steps : {"1", "4", "12"}) {
        SCOPED_TRACE(steps);
        test::expect_density_by_the_jacobian(
            test::small_spec({{"posterior", "planar"}, {"flow-steps", steps}}));
    }
}

// u = 0 bends nothing, however short w is: it once became the longer for it.
TEST(PlanarPosterior, WithoutADirectionItIsTheGaussian) {
    const model::ModelSpec spec = test::small_spec({{"posterior", "planar"}, {"flow-steps", "3"}});
    const auto model = model::make_model(spec);
    for (const float w : {1e-4F, 0.01F, 1.0F}) {
        model::Posteriors q;
        q.heads = {0.5F, -0.25F, 0.0F, 0.0F};  // mean and log variance
        for (int step = 0; step < 3; ++step)
            q.heads.insert(q.heads.end(), {w, -w, 0.0F, 0.0F, 1.0F});
        std::vector<float> z(2);
        std::vector<double> log_q(1);
        model->draw(q, std::vector<std::uint32_t>{0}, std::vector<float>{1.0F, -2.0F}, z, log_q);
        EXPECT_NEAR(z[0], 1.5F, 1e-5) << w;
        EXPECT_NEAR(z[1], -2.25F, 1e-5) << w;
        EXPECT_NEAR(log_q[0], -std::log(2.0 * std::numbers::pi) - 2.5, 1e-5) << w;
    }
}

TEST(PlanarPosterior, HasNoClosedKl) {
    const test::ModelProblem problem(test::small_spec({{"posterior", "planar"}}));
    const auto model = model::make_model(problem.spec);
    model::Posteriors q;
    model->encode(problem.parameters, problem.batch(), q);
    std::vector<double> kl(12);
    EXPECT_FALSE(model->kl_per_latent(q, kl));
}

TEST(PlanarPosterior, CannotBeWeighedAtAPointOfAnotherPosterior) {
    const model::ModelSpec spec = test::small_spec({{"posterior", "planar"}, {"prior", "vamp"}});
    try {
        model::check(spec);
        FAIL() << "expected a UsageError";
    } catch (const UsageError& error) {
        EXPECT_NE(std::string(error.what()).find("--posterior diagonal or full"),
                  std::string::npos);
    }
}

}  // namespace
}  // namespace elbow
