#pragma once

// Paths between two points of the latent space. Pure functions.

#include <span>
#include <vector>

namespace elbow::explore {

enum class PathKind { kStraight, kSpherical };

struct PathRequest {
    std::vector<float> from;  // [N]
    std::vector<float> to;    // [N]
    int frames = 16;          // >= 2, both ends included
    PathKind kind = PathKind::kStraight;
    int label = 0;  // that the decoder is told, where it is told one
    bool operator==(const PathRequest&) const = default;
};

// [frames, N]. Spherical: the direction turns at constant speed while the length goes from one to
// the other linearly; where the ends are parallel, opposite or zero it is the straight path.
std::vector<float> path_latents(const PathRequest&);

// The point at t in [0, 1] of the path. [N]
std::vector<float> path_point(const PathRequest&, double t);

}  // namespace elbow::explore
