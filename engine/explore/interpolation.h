#pragma once

// Paths between two points of the latent space. Pure functions.

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace elbow::explore {

enum class PathKind { kStraight, kSpherical, kGeodesic };
inline constexpr std::size_t kPathKinds = 3;

struct PathRequest {
    std::vector<float> from;  // [N]
    std::vector<float> to;    // [N]
    int frames = 16;          // >= 2, both ends included
    PathKind kind = PathKind::kStraight;
    int label = 0;  // that the decoder is told, where it is told one
    // Frames lie at equal distances in the space of images, instead of at equal steps of t.
    bool even = false;
    bool operator==(const PathRequest&) const = default;
    bool needs_geometry() const { return even || kind == PathKind::kGeodesic; }
};

// What is found of the paths between two ends by decoding (path_geometry.h).
struct PathGeometry {
    std::vector<float> from, to;  // [N]
    std::vector<float> geodesic;  // [nodes, N], both ends included, at equal steps of t
    // By kind: how far the decoded image has come at t = i / (count - 1), by the distances between
    // one and the next. A distance is the root of the sum of the pixels' squared differences, with
    // pixels from 0 to 1.
    std::array<std::vector<double>, kPathKinds> reached;
    double length(PathKind kind) const { return reached[static_cast<std::size_t>(kind)].back(); }
};

// The point at t in [0, 1] of the path, [N]. Spherical: the direction turns at constant speed while
// the length goes from one to the other linearly; where the ends are parallel, opposite or zero it
// is the straight path. The geometry may be that of ends nearby, whose path is then bent to these;
// without it, a geodesic is straight and frames are at equal steps of t.
std::vector<float> path_point(const PathRequest&, double t, const PathGeometry* = nullptr);

// Of each frame, [frames, N].
std::vector<float> path_latents(const PathRequest&, const PathGeometry* = nullptr);

}  // namespace elbow::explore
