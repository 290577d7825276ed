#include "engine/explore/interpolation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.h"

namespace elbow::explore {
namespace {

double length(std::span<const float> z) {
    double squared = 0.0;
    for (const float value : z) squared += double{value} * value;
    return std::sqrt(squared);
}

double angle(std::span<const float> a, std::span<const float> b) {
    double product = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) product += double{a[i]} * b[i];
    return std::acos(std::min(1.0, product / (length(a) * length(b))));
}

PathRequest request_between(std::vector<float> from, std::vector<float> to, PathKind kind,
                            int frames = 9) {
    return {std::move(from), std::move(to), frames, kind};
}

void expect_straight(const PathRequest& request) {
    const std::vector<float> z = path_latents(request);
    const std::size_t latents = request.from.size();
    for (int frame = 0; frame < request.frames; ++frame) {
        const double t = static_cast<double>(frame) / (request.frames - 1);
        for (std::size_t n = 0; n < latents; ++n) {
            const double expected = (1.0 - t) * request.from[n] + t * request.to[n];
            EXPECT_NEAR(z[static_cast<std::size_t>(frame) * latents + n], expected, 1e-6)
                << frame << ' ' << n;
        }
    }
}

TEST(Interpolation, EndsAreExactlyTheEnds) {
    const std::vector<float> from = {0.1f, -2.3f, 0.7f};
    const std::vector<float> to = {1.9f, 0.3f, -0.77f};
    for (const PathKind kind : {PathKind::kStraight, PathKind::kSpherical}) {
        const PathRequest request = request_between(from, to, kind);
        const std::vector<float> z = path_latents(request);
        ASSERT_EQ(z.size(), 27u);
        EXPECT_TRUE(std::equal(from.begin(), from.end(), z.begin()));
        EXPECT_TRUE(std::equal(to.begin(), to.end(), z.end() - 3));
        EXPECT_EQ(path_point(request, 0.0), from);
        EXPECT_EQ(path_point(request, 1.0), to);
    }
}

TEST(Interpolation, StraightPathHasConstantSpeed) {
    expect_straight(request_between({0.1f, -2.3f}, {1.9f, 0.3f}, PathKind::kStraight));
}

TEST(Interpolation, SphericalPathTurnsAtConstantSpeedWhileItsLengthIsLinear) {
    const std::vector<float> from = {3.0f, 0.5f, -0.2f, 0.1f};
    const std::vector<float> to = {-0.4f, 0.2f, 1.1f, 0.6f};
    const PathRequest request = request_between(from, to, PathKind::kSpherical, 11);
    const std::vector<float> z = path_latents(request);
    const double whole = angle(from, to);
    ASSERT_GT(whole, 1.0);
    for (std::size_t frame = 0; frame < 11; ++frame) {
        const double t = static_cast<double>(frame) / 10.0;
        const auto point = std::span(z).subspan(frame * 4, 4);
        EXPECT_NEAR(length(point), (1.0 - t) * length(from) + t * length(to), 1e-5);
        EXPECT_NEAR(angle(point, from), t * whole, 1e-3);
        EXPECT_NEAR(angle(point, to), (1.0 - t) * whole, 1e-3);
    }
}

TEST(Interpolation, SphericalPathKeepsTheNormOfEndsOfEqualNorm) {
    const PathRequest request =
        request_between({2.0f, 0.0f}, {0.0f, -2.0f}, PathKind::kSpherical, 7);
    const std::vector<float> z = path_latents(request);
    for (std::size_t frame = 0; frame < 7; ++frame) {
        EXPECT_NEAR(length(std::span(z).subspan(frame * 2, 2)), 2.0, 1e-6);
    }
    EXPECT_NEAR(z[6], std::sqrt(2.0), 1e-6);
    EXPECT_NEAR(z[7], -std::sqrt(2.0), 1e-6);
}

TEST(Interpolation, SphericalPathIsStraightWhereTheEndsSpanNoPlane) {
    const auto spherical = [](std::vector<float> from, std::vector<float> to) {
        return request_between(std::move(from), std::move(to), PathKind::kSpherical);
    };
    expect_straight(spherical({1.0f, 2.0f}, {2.0f, 4.0f}));
    expect_straight(spherical({1.0f, 2.0f}, {1.0f, 2.0f}));
    expect_straight(spherical({1.0f, 2.0f}, {-3.0f, -6.0f}));
    expect_straight(spherical({0.0f, 0.0f}, {1.0f, 2.0f}));
    expect_straight(spherical({1.0f, 2.0f}, {0.0f, 0.0f}));
    expect_straight(spherical({0.0f, 0.0f}, {0.0f, 0.0f}));
    expect_straight(spherical({1.5f}, {-2.0f}));
}

TEST(Interpolation, PointsAgreeWithTheFrames) {
    for (const PathKind kind : {PathKind::kStraight, PathKind::kSpherical}) {
        const PathRequest request = request_between({1.0f, 0.0f}, {-1.0f, 2.0f}, kind, 5);
        const std::vector<float> z = path_latents(request);
        const std::vector<float> middle = path_point(request, 0.5);
        EXPECT_EQ(middle[0], z[4]);
        EXPECT_EQ(middle[1], z[5]);
    }
}

TEST(Interpolation, RefusesOneFrameAndEndsOfDifferentSize) {
    EXPECT_THROW(path_latents(request_between({1.0f}, {2.0f}, PathKind::kStraight, 1)), UsageError);
    EXPECT_THROW(path_latents(request_between({1.0f}, {2.0f, 3.0f}, PathKind::kStraight)),
                 UsageError);
}

// A right angle of two legs, one twice as long as the other.
PathRequest corner(PathKind kind) {
    PathRequest request{{0.0f, 0.0f}, {2.0f, 1.0f}, 7, kind};
    request.through = {{2.0f, 0.0f}};
    return request;
}

TEST(Waypoints, AStraightPathGoesThroughThemAtOneSpeed) {
    const PathRequest request = corner(PathKind::kStraight);
    const std::vector<float> z = path_latents(request);
    for (std::size_t frame = 0; frame < 7; ++frame) {
        EXPECT_NEAR(z[2 * frame], std::min(0.5 * static_cast<double>(frame), 2.0), 1e-6) << frame;
        EXPECT_NEAR(z[2 * frame + 1], std::max(0.5 * static_cast<double>(frame) - 2.0, 0.0), 1e-6);
    }
    ASSERT_EQ(path_stops(request).size(), 1u);
    EXPECT_NEAR(path_stops(request)[0], 2.0 / 3.0, 1e-6);
    EXPECT_TRUE(path_stops(request_between({0.0f}, {1.0f}, PathKind::kStraight)).empty());
}

TEST(Waypoints, EveryKindPassesByThem) {
    for (const PathKind kind : {PathKind::kStraight, PathKind::kSpherical, PathKind::kSmooth}) {
        PathRequest request{{1.0f, 0.0f}, {-1.0f, -2.0f}, 5, kind};
        request.through = {{0.5f, 2.0f}, {-2.0f, 1.0f}};
        for (const bool closed : {false, true}) {
            request.closed = closed;
            const std::vector<float> line = path_polyline(request, 10);
            const auto points = path_points(request);
            ASSERT_EQ(line.size(), 2 * (10 * leg_count(request) + 1));
            for (std::size_t i = 0; i < points.size(); ++i) {
                EXPECT_EQ(line[20 * i], points[i][0]);
                EXPECT_EQ(line[20 * i + 1], points[i][1]);
            }
            EXPECT_EQ(path_point(request, 1.0), closed ? request.from : request.to);
        }
    }
}

TEST(Waypoints, ASmoothPathHasNoCorners) {
    PathRequest request{{0.0f, 0.0f}, {0.0f, 1.0f}, 5, PathKind::kSmooth};
    request.through = {{2.0f, 0.0f}, {3.0f, 1.0f}, {2.5f, 3.0f}};
    // The cosine of the turn between the steps before and after the point.
    const auto turn = [&](std::size_t leg) {
        const std::vector<float> line = path_polyline(request, 400);
        const auto step = [&](std::size_t i, std::size_t n) {
            return double{line[2 * (i + 1) + n]} - line[2 * i + n];
        };
        const std::size_t after = 400 * leg, before = after > 0 ? after - 1 : line.size() / 2 - 2;
        const double x = step(before, 0), y = step(before, 1), u = step(after, 0),
                     v = step(after, 1);
        return (x * u + y * v) / (std::hypot(x, y) * std::hypot(u, v));
    };
    for (const std::size_t leg : {1u, 2u, 3u}) EXPECT_GT(turn(leg), 0.999) << leg;
    request.closed = true;
    for (const std::size_t leg : {0u, 1u, 2u, 3u, 4u}) EXPECT_GT(turn(leg), 0.999) << leg;
    request.kind = PathKind::kStraight;
    EXPECT_LT(turn(2), 0.9) << "a straight one has";
}

TEST(Waypoints, OfTwoPointsASmoothPathIsStraight) {
    expect_straight(request_between({0.1f, -2.3f}, {1.9f, 0.3f}, PathKind::kSmooth));
    // So it is where a waypoint lies on A.
    PathRequest request = request_between({0.5f, 1.0f}, {2.0f, -1.0f}, PathKind::kSmooth);
    request.through = {request.from};
    expect_straight(request);
}

TEST(Waypoints, PointsAtOnePlaceAreAPlace) {
    for (const PathKind kind : {PathKind::kStraight, PathKind::kSpherical, PathKind::kSmooth}) {
        PathRequest request{{1.0f, 2.0f}, {1.0f, 2.0f}, 5, kind};
        request.through = {{1.0f, 2.0f}};
        request.closed = true;
        for (const double t : {0.0, 0.3, 0.5, 1.0})
            EXPECT_EQ(path_point(request, t), request.from) << t;
    }
}

TEST(Waypoints, RefusesOneOfAnotherModel) {
    PathRequest request = corner(PathKind::kStraight);
    request.through.push_back({1.0f});
    EXPECT_THROW(path_latents(request), UsageError);
}

}  // namespace
}  // namespace elbow::explore
