#include "engine/explore/metric.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "tests/engine/explore/drawn_model.h"
#include "tests/engine/explore/tiny_model.h"

namespace elbow::explore {
namespace {

ManifoldRequest cells(int columns, int rows) {
    ManifoldRequest plane;
    plane.columns = columns;
    plane.rows = rows;
    return plane;
}

TEST(Metric, OfALinearDecoderIsTheSameEverywhere) {
    // Its slopes: (0.1, 0, 0.2) along z1 and (0, 0.3, 0.1) along z2.
    test::DrawnModel model(2, 3, [](std::span<const float> z, std::span<float> x) {
        x[0] = 0.5F + 0.1F * z[0];
        x[1] = 0.5F + 0.3F * z[1];
        x[2] = 0.5F + 0.2F * z[0] + 0.1F * z[1];
    });
    const Metric found = metric(model, {}, cells(5, 4));
    ASSERT_EQ(found.tensors.size(), 20u);
    for (std::size_t cell = 0; cell < found.tensors.size(); ++cell) {
        EXPECT_NEAR(found.tensors[cell].xx, 0.05, 1e-5);
        EXPECT_NEAR(found.tensors[cell].xy, 0.02, 1e-5);
        EXPECT_NEAR(found.tensors[cell].yy, 0.10, 1e-5);
        EXPECT_NEAR(found.volume(cell), std::sqrt(0.05 * 0.10 - 0.02 * 0.02), 1e-5);
    }
}

TEST(Metric, IsTheSlopesOfTheDecodedImages) {
    test::TinyModel tiny(4);
    ManifoldRequest plane = cells(3, 3);
    plane.x_axis = 3;
    plane.y_axis = 1;
    plane.anchor = {0.4F, 0.0F, -0.7F, 0.0F};
    const Metric found = metric(tiny.vae, tiny.parameters, plane);
    const std::vector<float> z = manifold_latents(plane, 4);
    const std::size_t pixels = tiny.vae.dimensions();
    for (std::size_t cell = 0; cell < 9; ++cell) {
        // By differences of another width and order, in which float's rounding is not seen.
        const auto slope = [&](int axis) {
            std::vector<double> sum(pixels);
            for (const auto& [step, weight] :
                 {std::pair{-0.2F, 1.0}, {-0.1F, -8.0}, {0.1F, 8.0}, {0.2F, -1.0}}) {
                std::vector<float> at(z.begin() + static_cast<std::ptrdiff_t>(4 * cell),
                                      z.begin() + static_cast<std::ptrdiff_t>(4 * cell + 4));
                at[static_cast<std::size_t>(axis)] += step;
                std::vector<float> image(pixels);
                decode_means(tiny.vae, tiny.parameters, at, 0, image);
                for (std::size_t d = 0; d < pixels; ++d) sum[d] += weight * image[d] / 1.2;
            }
            return sum;
        };
        const std::vector<double> x = slope(3), y = slope(1);
        double xx = 0.0, xy = 0.0, yy = 0.0;
        for (std::size_t d = 0; d < pixels; ++d) {
            xx += x[d] * x[d];
            xy += x[d] * y[d];
            yy += y[d] * y[d];
        }
        const double tolerance = 2e-3 * std::max(xx, yy);
        EXPECT_NEAR(found.tensors[cell].xx, xx, tolerance);
        EXPECT_NEAR(found.tensors[cell].xy, xy, tolerance);
        EXPECT_NEAR(found.tensors[cell].yy, yy, tolerance);
    }
}

TEST(Metric, OfOneLatentIsASpeed) {
    test::DrawnModel model(1, 2, [](std::span<const float> z, std::span<float> x) {
        x[0] = 0.3F * z[0];
        x[1] = 0.4F * z[0];
    });
    ManifoldRequest plane = cells(6, 1);
    plane.y_axis = 0;
    const Metric found = metric(model, {}, plane);
    ASSERT_EQ(found.tensors.size(), 6u);
    EXPECT_NEAR(found.volume(2), 0.5, 1e-5);
}

TEST(MetricEllipse, HoldsTheStepsThatChangeTheImageByTheDistance) {
    const MetricTensor g{5.0F, 2.0F, 2.0F};
    const MetricEllipse ellipse = ellipse_of(g, 0.3, 100.0);
    EXPECT_GT(ellipse.long_radius, ellipse.short_radius);
    for (const double turn : {0.0, 0.7, 2.0, 4.0}) {
        const double u = ellipse.long_radius * std::cos(turn);
        const double v = ellipse.short_radius * std::sin(turn);
        const double x = u * std::cos(ellipse.angle) - v * std::sin(ellipse.angle);
        const double y = u * std::sin(ellipse.angle) + v * std::cos(ellipse.angle);
        EXPECT_NEAR(std::sqrt(g.xx * x * x + 2 * g.xy * x * y + g.yy * y * y), 0.3, 1e-9) << turn;
    }
}

TEST(MetricEllipse, EndsWhereTheImageDoesNotChange) {
    const MetricEllipse ellipse = ellipse_of({4.0F, 0.0F, 0.0F}, 1.0, 3.0);
    EXPECT_NEAR(ellipse.long_radius, 3.0, 1e-9);
    EXPECT_NEAR(ellipse.short_radius, 0.5, 1e-9);
    EXPECT_NEAR(std::abs(std::sin(ellipse.angle)), 1.0, 1e-9) << "along y";
}

TEST(Metric, OfADecoderThatGivesNoNumberIsNoNumber) {
    test::DrawnModel model(2, 1, [](std::span<const float>, std::span<float> x) {
        x[0] = std::numeric_limits<float>::quiet_NaN();
    });
    EXPECT_TRUE(std::isnan(metric(model, {}, cells(1, 1)).volume(0)));
}

}  // namespace
}  // namespace elbow::explore
