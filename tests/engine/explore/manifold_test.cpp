#include "engine/explore/manifold.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/core/error.h"
#include "tests/engine/explore/tiny_model.h"

namespace elbow::explore {
namespace {

TEST(Manifold, RunsLeftToRightFromTheTopRowDown) {
    ManifoldRequest request;
    request.columns = 3;
    request.rows = 2;
    request.x_min = -3;
    request.x_max = 3;
    request.y_min = 0;
    request.y_max = 4;
    const std::vector<float> z = manifold_latents(request, 2);
    const std::vector<float> cell_centres = {-2, 3, 0, 3, 2, 3,  // top row: the largest y
                                             -2, 1, 0, 1, 2, 1};
    ASSERT_EQ(z.size(), cell_centres.size());
    for (std::size_t i = 0; i < z.size(); ++i) EXPECT_FLOAT_EQ(z[i], cell_centres[i]) << i;
}

TEST(Manifold, HoldsTheOtherDimensionsAtTheAnchor) {
    ManifoldRequest request;
    request.columns = 4;
    request.rows = 5;
    request.x_axis = 3;
    request.y_axis = 1;
    request.anchor = {0.5f, 9.0f, -0.25f, 9.0f};
    const std::vector<float> z = manifold_latents(request, 4);
    ASSERT_EQ(z.size(), 4u * 5u * 4u);
    for (std::size_t cell = 0; cell < 20; ++cell) {
        EXPECT_EQ(z[cell * 4], 0.5f);
        EXPECT_EQ(z[cell * 4 + 2], -0.25f);
        const std::size_t row = cell / 4;
        const std::size_t column = cell % 4;
        EXPECT_FLOAT_EQ(z[cell * 4 + 3], -2.25f + 1.5f * static_cast<float>(column));
        EXPECT_FLOAT_EQ(z[cell * 4 + 1], 2.4f - 1.2f * static_cast<float>(row));
    }
    request.anchor.clear();
    EXPECT_EQ(manifold_latents(request, 4)[0], 0.0f);
}

TEST(Manifold, OfQuantilesIsTheUnitSquareThroughTheInverseCdf) {
    ManifoldRequest request;
    request.columns = request.rows = 5;
    request.x_min = request.y_min = 0.0f;
    request.x_max = request.y_max = 1.0f;
    request.quantiles = true;
    const std::vector<float> z = manifold_latents(request, 2);
    const std::vector<float> figure = quantile_latents(5, 0, 1, {}, 2);
    ASSERT_EQ(z.size(), figure.size());
    for (std::size_t i = 0; i < z.size(); ++i) EXPECT_NEAR(z[i], figure[i], 1e-5) << i;
}

TEST(Manifold, TheCdfAndItsInverseUndoEachOther) {
    EXPECT_DOUBLE_EQ(normal_cdf(0.0), 0.5);
    EXPECT_NEAR(normal_cdf(1.959963984540054), 0.975, 1e-12);
    for (const double z : {-4.5, -1.0, -1e-3, 0.3, 2.0, 4.5})
        EXPECT_NEAR(inverse_normal_cdf(normal_cdf(z)), z, 1e-7) << z;
}

TEST(Manifold, WithOneLatentOnlyXCounts) {
    ManifoldRequest request;
    request.columns = 2;
    request.rows = 2;
    request.y_axis = 0;
    const std::vector<float> z = manifold_latents(request, 1);
    EXPECT_EQ(z, (std::vector<float>{-1.5f, 1.5f, -1.5f, 1.5f}));
}

TEST(Manifold, RefusesAxesAnchorsAndSizesThatDoNotFit) {
    ManifoldRequest request;
    EXPECT_THROW(manifold_latents(request, 1), UsageError);
    request.y_axis = -1;
    EXPECT_THROW(manifold_latents(request, 2), UsageError);
    request = {};
    request.anchor = {1.0f};
    EXPECT_THROW(manifold_latents(request, 2), UsageError);
    request = {};
    request.rows = 0;
    EXPECT_THROW(manifold_latents(request, 2), UsageError);
    EXPECT_THROW(quantile_latents(0, 0, 1, {}, 2), UsageError);
}

TEST(InverseNormalCdf, MatchesKnownValues) {
    const std::pair<double, double> known[] = {
        {0.5, 0.0},
        {0.75, 0.674489750196081743},
        {0.8413447460685429, 1.0},
        {0.9, 1.281551565544600467},
        {0.95, 1.644853626951472714},
        {0.975, 1.959963984540054236},
        {0.99, 2.326347874040841101},
        {0.999, 3.090232306167813542},
        {1e-3, -3.090232306167813542},
        {1e-6, -4.753424308822898948},
        {1e-9, -5.997807015007686871},
        {1e-15, -7.941345326170996900},
    };
    for (const auto& [p, z] : known) EXPECT_NEAR(inverse_normal_cdf(p), z, 1e-9) << p;
}

TEST(InverseNormalCdf, InvertsTheCdfAlongTheWholeRange) {
    for (int hundredths = -3700; hundredths <= 0; ++hundredths) {
        const double z = hundredths / 100.0;
        const double p = 0.5 * std::erfc(-z / std::numbers::sqrt2);
        EXPECT_NEAR(inverse_normal_cdf(p), z, 1e-9) << z;
    }
    for (int i = 1; i < 1000; ++i) {
        EXPECT_NEAR(inverse_normal_cdf(i / 1000.0), -inverse_normal_cdf(1.0 - i / 1000.0), 1e-12);
    }
}

TEST(InverseNormalCdf, RefusesWhatIsNoProbabilityInside) {
    for (const double p : {0.0, 1.0, -0.1, 1.1, std::nan("")}) {
        EXPECT_THROW(inverse_normal_cdf(p), UsageError) << p;
    }
}

TEST(QuantileLatents, AreTheQuantilesOfEqualShares) {
    const std::vector<float> z = quantile_latents(4, 0, 1, {}, 2);
    ASSERT_EQ(z.size(), 32u);
    EXPECT_NEAR(z[0], -1.1503494f, 1e-6f);  // Phi^-1(1/8), at the left
    EXPECT_NEAR(z[1], 1.1503494f, 1e-6f);   // Phi^-1(7/8), in the top row
    EXPECT_NEAR(z[2], -0.3186394f, 1e-6f);  // Phi^-1(3/8)
    EXPECT_EQ(z[3], z[1]);
    for (const int n : {1, 5, 20}) {
        const std::vector<float> grid = quantile_latents(n, 0, 1, {}, 2);
        for (std::size_t i = 0; i < grid.size(); ++i) {
            const std::size_t mirrored = (grid.size() / 2 - 1 - i / 2) * 2 + i % 2;
            EXPECT_NEAR(grid[i], -grid[mirrored], 1e-6f);
        }
    }
}

TEST(QuantileLatents, HoldTheAnchor) {
    const float anchor[] = {7.0f, 8.0f, 9.0f};
    const std::vector<float> z = quantile_latents(3, 2, 0, anchor, 3);
    for (std::size_t cell = 0; cell < 9; ++cell) EXPECT_EQ(z[cell * 3 + 1], 8.0f);
    EXPECT_EQ(z[4 * 3], 0.0f);
    EXPECT_EQ(z[4 * 3 + 2], 0.0f);
}

TEST(Decode, GivesOneImageForEachPoint) {
    test::TinyModel model(2);
    ManifoldRequest request;
    request.columns = 5;
    request.rows = 4;
    const std::vector<float> z = manifold_latents(request, 2);
    const std::vector<std::uint8_t> images = decode(model.vae, model.parameters, z);
    ASSERT_EQ(images.size(), 20u * 120u);
    const std::vector<std::uint8_t> one =
        decode(model.vae, model.parameters, std::span(z).subspan(14, 2));
    for (std::size_t d = 0; d < 120; ++d) EXPECT_NEAR(images[7 * 120 + d], one[d], 1) << d;
    EXPECT_TRUE(decode(model.vae, model.parameters, {}).empty());
    EXPECT_THROW(decode(model.vae, model.parameters, std::span(z).first(3)), Error);
}

}  // namespace
}  // namespace elbow::explore
