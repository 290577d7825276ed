#pragma once

// The geodesic between two points of the latent space: of all paths, the one along which the
// decoded image changes least on its way (the length of its images under the pull-back metric of
// metric.h); and how long it and the other paths between them are. The work belongs to one thread.

#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "engine/explore/interpolation.h"
#include "engine/model/model.h"

namespace elbow::explore {

inline constexpr std::size_t kStepsOfLeg = 64;  // that a path's length is measured by

// The paths that are known before the search, by kind: [kStepsOfLeg + 1, N] at equal steps of t.
using LegLines = std::array<std::vector<float>, kPathKinds - 1>;

// The geodesic is found from the shortest of the other paths, and is no longer than any: its nodes
// z_i minimise sum |x_(i+1) - x_i|^2 of their images x_i, by damped Gauss-Newton steps. Where
// several paths are shorter than all around them, it is one of these.
class LegGeometryWork {
  public:
    // Between the ends that the lines have in common. The label: that the decoder is told.
    LegGeometryWork(const model::Model&, LegLines, int label);
    // Decodes so many images at most, at least one; true once all is done.
    bool advance(model::Model&, model::Parameters, int images);
    LegGeometry take() { return std::move(result_); }

  private:
    // What is decoded, or worked out, next.
    enum class Stage { kLines, kStart, kSlopes, kSolve, kTry, kGeodesic, kDone };
    // Conjugate gradients of the present step.
    struct Solving {
        std::vector<double> step, residual, direction, product;  // [inner nodes, N]
        double squares = 0.0, first_squares = 0.0;               // of the residual
        int rounds = 0;
    };

    void begin_line(Stage, std::vector<float> z);
    void finish_line(std::size_t kind);
    void next_line();
    std::size_t shortest() const;
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

    const LegLines lines_;
    const int label_;
    std::size_t latents_, dimensions_;
    Stage stage_ = Stage::kLines;
    std::size_t line_ = 0;  // the kind that is measured
    LegGeometry result_;
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

}  // namespace elbow::explore
