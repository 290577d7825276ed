#pragma once

// The geodesic between two points of the latent space: of all paths, the one along which the
// decoded image changes least on its way (the length of its images under the pull-back metric of
// metric.h); and how long it, the straight and the spherical path are. The work belongs to one
// thread.

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "engine/explore/interpolation.h"
#include "engine/model/model.h"

namespace elbow::explore {

// The geodesic is found from the shorter of the other two, and is no longer than either: its nodes
// z_i minimise sum |x_(i+1) - x_i|^2 of their images x_i, by damped Gauss-Newton steps. Where
// several paths are shorter than all around them, it is one of these.
class PathGeometryWork {
  public:
    // The ends, the label and nothing else of the request count. Throws UsageError where the ends
    // have not as many latents as the model.
    PathGeometryWork(const model::Model&, PathRequest);
    // Decodes so many images at most, at least one; true once all is done.
    bool advance(model::Model&, model::Parameters, int images);
    PathGeometry take() { return std::move(result_); }

  private:
    // What is decoded, or worked out, next.
    enum class Stage { kStraight, kSpherical, kStart, kSlopes, kSolve, kTry, kGeodesic, kDone };
    // Conjugate gradients of the present step.
    struct Solving {
        std::vector<double> step, residual, direction, product;  // [inner nodes, N]
        double squares = 0.0, first_squares = 0.0;               // of the residual
        int rounds = 0;
    };

    void begin_line(Stage, std::vector<float> z);
    void finish_line(PathKind);
    PathKind shorter() const;
    void begin_search();
    bool decode_more(model::Model&, model::Parameters, std::size_t images);
    void begin_slopes();
    void take_slopes();
    void begin_solving();
    bool solve_more();
    void multiply(std::span<const double> by, std::span<double> out) const;
    void try_step();
    void judge();
    void measure_geodesic();
    void finish_search();
    double energy(std::span<const float> images) const;

    PathRequest request_;
    std::size_t latents_, dimensions_;
    Stage stage_ = Stage::kStraight;
    PathGeometry result_;
    // What is decoded at present: z [count, N] and the images [count, D] so far.
    std::vector<float> z_, images_;
    std::size_t decoded_ = 0;
    // The search.
    std::vector<float> nodes_, node_images_;     // [nodes, N], [nodes, D]
    std::vector<float> slopes_, slopes_before_;  // [N, D] of a node, and of the one before it
    std::size_t node_ = 0;                       // whose slopes are decoded
    std::vector<double> blocks_, beside_;        // [inner nodes, N, N]: J_i J_i^T, J_i J_(i+1)^T
    std::vector<double> pull_;                   // [inner nodes, N]: half of the energy's slope
    Solving solving_;
    double energy_ = 0.0, damping_ = 1e-3;
    double scale_ = 0.0;  // the mean of J^T J's diagonal, which the damping is of
    int steps_ = 0;
};

PathGeometry path_geometry(model::Model&, model::Parameters, const PathRequest&);

// Of each frame, [frames, N], with the geometry found where the path needs it.
std::vector<float> path_latents(model::Model&, model::Parameters, const PathRequest&);

}  // namespace elbow::explore
