#pragma once

// The density of a draw by the change of variables: log N(epsilon) - log |det dz/depsilon|.

#include <gtest/gtest.h>

#include <cmath>

#include "tests/engine/torch/members.h"

namespace elbow::test {

// Of two latents, at some epsilon of each of some images; the weights may be made larger, so that
// nothing is nearly linear.
inline void expect_density_by_the_jacobian(const model::ModelSpec& spec, float larger = 3.0F) {
    ModelProblem problem(spec, 4);
    for (float& weight : problem.parameters) weight *= larger;
    const auto model = model::make_model(spec);
    model::Posteriors q;
    model->encode(problem.parameters, problem.batch(), q);
    constexpr double kStep = 1e-3;
    for (std::uint32_t image = 0; image < 4; ++image) {
        const float at[2] = {0.4F + 0.2F * static_cast<float>(image), -0.9F};
        std::vector<std::uint32_t> rows(5, image);
        std::vector<float> epsilon, z(10);
        for (int moved = 0; moved < 5; ++moved) {
            for (int n = 0; n < 2; ++n) {
                const double step = moved == 1 + 2 * n ? kStep : moved == 2 + 2 * n ? -kStep : 0.0;
                epsilon.push_back(at[n] + static_cast<float>(step));
            }
        }
        std::vector<double> log_q(5);
        model->draw(q, rows, epsilon, z, log_q);
        double slope[2][2];
        for (std::size_t of = 0; of < 2; ++of)
            for (std::size_t by = 0; by < 2; ++by)
                slope[of][by] = (z[2 * (1 + 2 * by) + of] - z[2 * (2 + 2 * by) + of]) / (2 * kStep);
        const double determinant = slope[0][0] * slope[1][1] - slope[0][1] * slope[1][0];
        const double log_normal =
            -1.8378770664 - 0.5 * (double{at[0]} * at[0] + double{at[1]} * at[1]);
        EXPECT_NEAR(log_q[0], log_normal - std::log(std::abs(determinant)), 0.02)
            << "image " << image;
    }
}

}  // namespace elbow::test
