#pragma once

// Paths through points of the latent space. Pure functions.

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace elbow::explore {

enum class PathKind { kStraight, kSpherical, kSmooth, kGeodesic };
inline constexpr std::size_t kPathKinds = 4;

struct PathRequest {
    std::vector<float> from;  // [N]
    std::vector<float> to;    // [N]
    int frames = 16;          // >= 2, both ends included
    PathKind kind = PathKind::kStraight;
    int label = 0;  // that the decoder is told, where it is told one
    // Frames lie at equal distances in the space of images, instead of at equal steps of t.
    bool even = false;
    std::vector<std::vector<float>> through = {};  // [N] each: the waypoints between, in order
    bool closed = false;                           // goes on from `to` back to `from`
    bool operator==(const PathRequest&) const = default;
    bool needs_geometry() const { return even || kind == PathKind::kGeodesic; }
};

// What is found of the paths from one point to the next by decoding (leg_geometry.h).
struct LegGeometry {
    std::vector<float> from, to;  // [N]
    std::vector<float> geodesic;  // [nodes, N], both ends included, at equal steps of t
    // By kind: how far the decoded image has come at t = i / (count - 1), by the distances between
    // one and the next. A distance is the root of the sum of the pixels' squared differences, with
    // pixels from 0 to 1.
    std::array<std::vector<double>, kPathKinds> reached;
    double length(PathKind kind) const { return reached[static_cast<std::size_t>(kind)].back(); }
};
struct PathGeometry {
    std::vector<LegGeometry> legs;
    double length(PathKind) const;
};

// All points in order, of a closed path with the first one again.
std::vector<std::vector<float>> path_points(const PathRequest&);
// From a point to the next.
std::size_t leg_count(const PathRequest&);

// The point at t in [0, 1] of the path, [N]. A leg takes a part of t as its part of the path's
// length in z, so that a straight path has one speed.
// Spherical: between two points the direction turns at constant speed while the length goes from
// one to the other linearly; where they are parallel, opposite or zero it is the straight path.
// Smooth: Catmull and Rom's curve through the points, with knots at the distances between them; of
// two points the straight path.
// The geometry may be that of points nearby, whose path is then bent to these; without it, and
// where it is of another number of points, a geodesic is straight and frames are at equal steps.
std::vector<float> path_point(const PathRequest&, double t, const PathGeometry* = nullptr);

// Of each frame, [frames, N].
std::vector<float> path_latents(const PathRequest&, const PathGeometry* = nullptr);

// As it is drawn: each leg in so many equal steps of its own, [legs * steps + 1, N].
std::vector<float> path_polyline(const PathRequest&, int steps, const PathGeometry* = nullptr);

// The t of each waypoint between the ends; of a closed path that of `to`, too.
std::vector<double> path_stops(const PathRequest&, const PathGeometry* = nullptr);

// The t at which a path has come so far a part of its length; `reached` as in LegGeometry.
double time_at(std::span<const double> reached, double part);

}  // namespace elbow::explore
