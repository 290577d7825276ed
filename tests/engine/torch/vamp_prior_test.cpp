#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.h"
#include "tests/engine/torch/members.h"

namespace elbow {
namespace {

TEST(VampPrior, IntegratesToOneWithEitherPosterior) {
    for (const char* posterior : {"diagonal", "full"}) {
        SCOPED_TRACE(posterior);
        const test::ModelProblem problem(
            test::small_spec({{"prior", "vamp"}, {"components", "4"}, {"posterior", posterior}}));
        const auto model = model::make_model(problem.spec);
        constexpr int kSide = 120;
        std::vector<float> z;
        for (int i = 0; i < kSide * kSide; ++i) {
            const int row = i / kSide, column = i % kSide;
            z.push_back(static_cast<float>(-6.0 + 0.1 * (column + 0.5)));
            z.push_back(static_cast<float>(-6.0 + 0.1 * (row + 0.5)));
        }
        std::vector<double> nats(z.size() / 2);
        model->log_prior(problem.parameters, z, nats, {});
        double whole = 0.0;
        for (const double each : nats) whole += std::exp(each) * 0.01;
        EXPECT_NEAR(whole, 1.0, 0.01);
    }
}

TEST(VampPrior, NeedsAnEncoderThatIsToldNoLabels) {
    model::ModelSpec spec = test::small_spec({{"prior", "vamp"}});
    spec.classes = 3;
    EXPECT_THROW(model::check(spec), UsageError);
}

}  // namespace
}  // namespace elbow
