#include "engine/explore/directions.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/explore/manifold.h"
#include "engine/explore/vectors.h"
#include "tests/engine/explore/drawn_model.h"
#include "tests/engine/explore/tiny_model.h"

namespace elbow::explore {
namespace {

TEST(Directions, OfALinearDecoderAreItsSingularVectors) {
    // Along (1, 1) the image moves by 3, along (1, -1) by 1: per unit of either, times root of 2.
    test::DrawnModel model(2, 2, [](std::span<const float> z, std::span<float> x) {
        x[0] = 3.0F * (z[0] + z[1]);
        x[1] = z[0] - z[1];
    });
    const Directions found = directions(model, {}, {0.4F, -0.1F});
    ASSERT_EQ(found.stretch.size(), 2u);
    EXPECT_NEAR(found.stretch[0], 3.0 * std::sqrt(2.0), 1e-3);
    EXPECT_NEAR(found.stretch[1], std::sqrt(2.0), 1e-3);
    EXPECT_NEAR(found.share(0), 0.9, 1e-3);
    EXPECT_NEAR(found.vector(0)[0], std::sqrt(0.5), 1e-4);
    EXPECT_NEAR(found.vector(0)[1], std::sqrt(0.5), 1e-4);
    EXPECT_NEAR(std::abs(found.vector(1)[0]), std::sqrt(0.5), 1e-4);
}

TEST(Directions, AreAtRightAnglesAndStretchAsTheImagesDo) {
    for (const int latents : {1, 2, 5, 20}) {
        SCOPED_TRACE(latents);
        test::TinyModel tiny(latents);
        std::vector<float> z;
        z.reserve(static_cast<std::size_t>(latents));
        for (int n = 0; n < latents; ++n) z.push_back(n % 2 == 0 ? 0.3F : -0.8F);
        const Directions found = directions(tiny.vae, tiny.parameters, z);
        const auto count = static_cast<std::size_t>(latents);
        double shares = 0.0;
        for (std::size_t a = 0; a < count; ++a) {
            shares += found.share(a);
            if (a > 0) {
                EXPECT_LE(found.stretch[a], found.stretch[a - 1]);
            }
            for (std::size_t b = 0; b < count; ++b)
                EXPECT_NEAR(dot(found.vector(a), found.vector(b)), a == b ? 1.0 : 0.0, 1e-5);
            // By a step along it.
            constexpr float kStep = 0.05F;
            std::vector<float> around;
            for (const float side : {-kStep, kStep})
                for (std::size_t n = 0; n < count; ++n)
                    around.push_back(z[n] + side * found.vector(a)[n]);
            std::vector<float> images(2 * tiny.vae.dimensions());
            decode_means(tiny.vae, tiny.parameters, around, 0, images);
            const auto both = std::span<const float>(images);
            const double moved = std::sqrt(squared_distance(both.first(tiny.vae.dimensions()),
                                                            both.last(tiny.vae.dimensions()))) /
                                 (2.0 * kStep);
            EXPECT_NEAR(moved, found.stretch[a], 0.02 * found.stretch[0] + 1e-3) << a;
        }
        EXPECT_NEAR(shares, 1.0, 1e-9);
    }
}

TEST(Directions, WhereNothingChangesHaveNoShare) {
    test::DrawnModel still(3, 2, [](std::span<const float>, std::span<float> x) {
        x[0] = 0.5F;
        x[1] = 0.1F;
    });
    const Directions found = directions(still, {}, {0.0F, 0.0F, 0.0F});
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(found.stretch[i], 0.0);
        EXPECT_EQ(found.share(i), 0.0);
    }
}

TEST(Directions, WhereTheDecoderGivesNoNumberEnd) {
    test::DrawnModel broken(
        2, 1, [](std::span<const float>, std::span<float> x) { x[0] = std::nanf(""); });
    EXPECT_EQ(directions(broken, {}, {0.0F, 0.0F}).stretch, (std::vector<double>{0.0, 0.0}));
}

}  // namespace
}  // namespace elbow::explore
