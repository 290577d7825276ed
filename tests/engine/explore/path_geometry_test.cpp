#include "engine/explore/path_geometry.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/core/error.h"
#include "engine/explore/vectors.h"
#include "tests/engine/explore/drawn_model.h"
#include "tests/engine/explore/tiny_model.h"

namespace elbow::explore {
namespace {

TEST(PathGeometry, OfALinearDecoderTheGeodesicIsStraight) {
    test::DrawnModel model(2, 3, [](std::span<const float> z, std::span<float> x) {
        x[0] = 0.1F * z[0];
        x[1] = 0.3F * z[1];
        x[2] = 0.2F * z[0] + 0.1F * z[1];
    });
    const PathRequest request{{-2.0F, 1.0F}, {1.0F, 2.0F}, 9};
    const PathGeometry found = path_geometry(model, {}, request);
    const double length = std::sqrt(0.3 * 0.3 + 0.3 * 0.3 + 0.7 * 0.7);
    EXPECT_NEAR(found.length(PathKind::kStraight), length, 1e-5);
    EXPECT_NEAR(found.length(PathKind::kGeodesic), length, 1e-5);
    EXPECT_GT(found.length(PathKind::kSpherical), length);
    for (const double t : {0.0, 0.25, 0.5, 0.9, 1.0}) {
        PathRequest geodesic = request;
        geodesic.kind = PathKind::kGeodesic;
        const std::vector<float> z = path_point(geodesic, t, &found);
        EXPECT_LT(squared_distance(z, path_point(request, t)), 1e-6) << t;
    }
}

// The image is the direction of z, and leaving the unit circle costs much.
test::DrawnModel circle() {
    return {2, 3, [](std::span<const float> z, std::span<float> x) {
                const float radius = std::hypot(z[0], z[1]);
                x[0] = z[0] / std::max(radius, 1e-6F);
                x[1] = z[1] / std::max(radius, 1e-6F);
                x[2] = 5.0F * (radius - 1.0F);
            }};
}

TEST(PathGeometry, TheGeodesicGoesAroundTheCircleThatTheDecoderDraws) {
    test::DrawnModel model = circle();
    const double angle = 2.0;
    const PathRequest request{
        {1.0F, 0.0F},
        {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))},
        9,
        PathKind::kGeodesic};
    const PathGeometry found = path_geometry(model, {}, request);
    EXPECT_NEAR(found.length(PathKind::kGeodesic), angle, 0.01);
    EXPECT_GT(found.length(PathKind::kStraight), 1.5 * angle);
    for (int i = 0; i <= 20; ++i) {
        const std::vector<float> z = path_point(request, i / 20.0, &found);
        EXPECT_NEAR(std::hypot(z[0], z[1]), 1.0, 0.02);
        EXPECT_NEAR(std::atan2(z[1], z[0]), angle * i / 20.0, 0.02) << "at constant speed";
    }
}

TEST(PathGeometry, InManyLatentsItIsNoLongerThanTheOthers) {
    for (const int latents : {1, 2, 5, 20}) {
        SCOPED_TRACE(latents);
        test::TinyModel tiny(latents);
        PathRequest request;
        for (int i = 0; i < latents; ++i) {
            request.from.push_back(i % 2 == 0 ? 1.5F : -0.5F);
            request.to.push_back(i % 3 == 0 ? -2.0F : 0.7F);
        }
        const PathGeometry found = path_geometry(tiny.vae, tiny.parameters, request);
        const double geodesic = found.length(PathKind::kGeodesic);
        EXPECT_GT(geodesic, 0.0);
        EXPECT_LE(geodesic, found.length(PathKind::kStraight));
        EXPECT_LE(geodesic, found.length(PathKind::kSpherical));
        if (latents > 1) {
            EXPECT_LT(geodesic, found.length(PathKind::kStraight));
        }
        request.kind = PathKind::kGeodesic;
        EXPECT_EQ(path_point(request, 0.0, &found), request.from);
        EXPECT_EQ(path_point(request, 1.0, &found), request.to);
    }
}

TEST(PathGeometry, EvenFramesLieAtEqualDistancesOfImages) {
    // Slow at first, then fast.
    test::DrawnModel model(
        2, 1, [](std::span<const float> z, std::span<float> x) { x[0] = z[0] * z[0]; });
    for (const PathKind kind : {PathKind::kStraight, PathKind::kSpherical, PathKind::kGeodesic}) {
        PathRequest request{{0.0F, 0.0F}, {2.0F, 0.0F}, 5, kind};
        request.even = true;
        const PathGeometry found = path_geometry(model, {}, request);
        const std::vector<float> z = path_latents(request, &found);
        for (std::size_t frame = 0; frame < 5; ++frame) {
            const double image = z[2 * frame] * z[2 * frame];
            EXPECT_NEAR(image, static_cast<double>(frame), 0.02) << frame;
        }
    }
    PathRequest uneven{{0.0F, 0.0F}, {2.0F, 0.0F}, 5};
    uneven.even = true;
    EXPECT_FLOAT_EQ(path_latents(uneven)[2], 0.5F) << "at equal steps while nothing is known";
}

TEST(PathGeometry, OfEndsNearbyBendsToTheEnds) {
    test::DrawnModel model = circle();
    PathRequest request{{1.0F, 0.0F}, {0.0F, 1.0F}, 9, PathKind::kGeodesic};
    const PathGeometry found = path_geometry(model, {}, request);
    request.from = {1.1F, -0.2F};
    EXPECT_EQ(path_point(request, 0.0, &found), request.from);
    EXPECT_EQ(path_point(request, 1.0, &found), request.to);
    const std::vector<float> middle = path_point(request, 0.5, &found);
    EXPECT_NEAR(middle[0], std::sqrt(0.5) + 0.05, 0.01);
    EXPECT_NEAR(middle[1], std::sqrt(0.5) - 0.1, 0.01);
    request.from = {1.0F};
    request.to = {0.0F};
    EXPECT_FLOAT_EQ(path_point(request, 0.5, &found)[0], 0.5F) << "that of another model";
}

TEST(PathGeometry, EndsAtOnePlaceAndImagesThatDoNotChangeHaveNoLength) {
    test::DrawnModel still(2, 1, [](std::span<const float>, std::span<float> x) { x[0] = 0.5F; });
    PathRequest request{{1.0F, 0.0F}, {0.0F, 1.0F}, 3, PathKind::kGeodesic};
    request.even = true;
    const PathGeometry found = path_geometry(still, {}, request);
    EXPECT_EQ(found.length(PathKind::kGeodesic), 0.0);
    EXPECT_NEAR(path_latents(request, &found)[2], 0.5F, 0.3F);
    test::TinyModel tiny(2);
    request.to = request.from;
    const PathGeometry nowhere = path_geometry(tiny.vae, tiny.parameters, request);
    EXPECT_EQ(nowhere.length(PathKind::kStraight), 0.0);
    EXPECT_EQ(path_latents(request, &nowhere)[2], 1.0F);
}

TEST(PathGeometry, RefusesEndsOfAnotherModel) {
    test::TinyModel tiny(2);
    EXPECT_THROW(path_geometry(tiny.vae, tiny.parameters, {{1.0F}, {2.0F}, 3}), UsageError);
}

TEST(PathGeometry, IsFoundLegByLeg) {
    test::DrawnModel model = circle();
    PathRequest request{{1.0F, 0.0F}, {-1.0F, 0.0F}, 9, PathKind::kGeodesic};
    request.through = {{0.0F, 1.0F}};
    const PathGeometry found = path_geometry(model, {}, request);
    ASSERT_EQ(found.legs.size(), 2u);
    EXPECT_EQ(found.legs[0].to, request.through[0]);
    EXPECT_EQ(found.legs[1].from, request.through[0]);
    EXPECT_NEAR(found.length(PathKind::kGeodesic), std::numbers::pi, 0.03) << "half of the circle";
    for (const PathKind other : {PathKind::kStraight, PathKind::kSpherical, PathKind::kSmooth})
        EXPECT_LE(found.length(PathKind::kGeodesic), found.length(other));
    EXPECT_NE(found.length(PathKind::kSmooth), found.length(PathKind::kStraight));
    for (const double t : {0.1, 0.25, 0.4, 0.5, 0.7}) {
        const std::vector<float> z = path_point(request, t, &found);
        EXPECT_NEAR(std::hypot(z[0], z[1]), 1.0, 0.01) << t;
    }
    request.closed = true;
    EXPECT_EQ(path_geometry(model, {}, request).legs.size(), 3u);
    request.through.clear();
    request.closed = false;
    EXPECT_FLOAT_EQ(path_point(request, 0.5, &found)[0], 0.0F) << "of another number of points";
}

TEST(PathGeometry, EvenFramesLieAtEqualDistancesOverAllLegs) {
    // The second leg changes the image four times as much as the first.
    test::DrawnModel model(
        2, 1, [](std::span<const float> z, std::span<float> x) { x[0] = z[0] + 4.0F * z[1]; });
    PathRequest request{{0.0F, 0.0F}, {1.0F, 1.0F}, 6};
    request.through = {{1.0F, 0.0F}};
    request.even = true;
    const PathGeometry found = path_geometry(model, {}, request);
    const std::vector<float> z = path_latents(request, &found);
    for (std::size_t frame = 0; frame < 6; ++frame)
        EXPECT_NEAR(z[2 * frame] + 4.0F * z[2 * frame + 1], static_cast<double>(frame), 1e-4);
    EXPECT_NEAR(path_stops(request, &found)[0], 0.2, 1e-5);
}

}  // namespace
}  // namespace elbow::explore
