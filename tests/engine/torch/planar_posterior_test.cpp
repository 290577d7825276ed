#include <gtest/gtest.h>

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
