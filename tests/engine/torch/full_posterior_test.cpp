#include <gtest/gtest.h>

#include <numeric>

#include "tests/engine/torch/jacobian.h"

namespace elbow {
namespace {

TEST(FullPosterior, ItsDensityIsThatOfTheChangeOfVariables) {
    test::expect_density_by_the_jacobian(test::small_spec({{"posterior", "full"}}));
}

TEST(FullPosterior, ItsLatentsDependOnOneAnother) {
    test::ModelProblem problem(test::small_spec({{"posterior", "full"}}), 1);
    const auto model = model::make_model(problem.spec);
    const auto& lower = model->layout().view("encoder.lower.bias");
    problem.parameters[static_cast<std::size_t>(lower.offset)] = 2.0F;
    model::Posteriors q;
    model->encode(problem.parameters, problem.batch(), q);
    constexpr std::size_t kDraws = 20'000;
    const std::vector<std::uint32_t> rows(kDraws, 0);
    std::vector<float> epsilon(2 * kDraws), z(2 * kDraws);
    Stream(1, "draws").normals(0, epsilon);
    model->draw(q, rows, epsilon, z, {});
    double variance[2] = {}, covariance = 0.0;
    for (std::size_t i = 0; i < kDraws; ++i) {
        const double a = z[2 * i] - q.mean[0], b = z[2 * i + 1] - q.mean[1];
        variance[0] += a * a / kDraws;
        variance[1] += b * b / kDraws;
        covariance += a * b / kDraws;
    }
    for (std::size_t n = 0; n < 2; ++n)
        EXPECT_NEAR(std::sqrt(variance[n]), q.deviation[n], 0.03 * q.deviation[n]);
    EXPECT_GT(covariance, 0.5 * q.deviation[0] * q.deviation[1]);
}

TEST(FullPosterior, ItsKlIsTheMeanOfTheLogRatioOverDraws) {
    const test::ModelProblem problem(test::small_spec({{"posterior", "full"}, {"latent", "3"}}), 1);
    const auto model = model::make_model(problem.spec);
    model::Posteriors q;
    model->encode(problem.parameters, problem.batch(), q);
    std::vector<double> kl(3);
    ASSERT_TRUE(model->kl_per_latent(q, kl));
    constexpr std::size_t kDraws = 50'000;
    std::vector<float> epsilon(3 * kDraws), z(3 * kDraws);
    Stream(2, "draws").normals(0, epsilon);
    std::vector<double> log_q(kDraws), log_p(kDraws);
    model->draw(q, std::vector<std::uint32_t>(kDraws, 0), epsilon, z, log_q);
    model->log_prior(problem.parameters, z, log_p, {});
    double ratio = 0.0;
    for (std::size_t i = 0; i < kDraws; ++i) ratio += (log_q[i] - log_p[i]) / kDraws;
    EXPECT_NEAR(std::accumulate(kl.begin(), kl.end(), 0.0), ratio, 0.03);
    for (const double of_latent : kl) EXPECT_GE(of_latent, 0.0);
}

}  // namespace
}  // namespace elbow
