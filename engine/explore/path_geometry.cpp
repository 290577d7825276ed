#include "engine/explore/path_geometry.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "engine/core/error.h"
#include "engine/explore/manifold.h"
#include "engine/explore/vectors.h"

namespace elbow::explore {
namespace {

constexpr int kLineImages = 65;     // that a path's length is measured by
constexpr std::size_t kNodes = 33;  // of the geodesic, both ends included
constexpr std::size_t kInner = kNodes - 2;
constexpr float kSlopeStep = 0.01F;  // of a forward difference, latent units

constexpr int kMostSteps = 40;
constexpr double kEnough = 1e-4;      // of the energy: a step that gains no more is the last one
constexpr double kMostDamping = 1e6;  // of the mean of J^T J's diagonal: no step helps any more
constexpr double kLeastDamping = 1e-6;
constexpr int kMostRounds = 100;      // of conjugate gradients in a step
constexpr double kSolved = 1e-8;      // of the residual's square
constexpr double kWorkOfPiece = 2e6;  // multiplications

std::span<const float> row_of(std::span<const float> all, std::size_t row, std::size_t columns) {
    return all.subspan(row * columns, columns);
}

}  // namespace

PathGeometryWork::PathGeometryWork(const model::Model& model, PathRequest request)
    : request_(std::move(request)),
      latents_(static_cast<std::size_t>(model.latents())),
      dimensions_(model.dimensions()) {
    if (request_.from.size() != latents_ || request_.to.size() != latents_) {
        throw UsageError("The ends of a path must have the model's " + std::to_string(latents_) +
                         " latents; they have " + std::to_string(request_.from.size()) + " and " +
                         std::to_string(request_.to.size()) + ".");
    }
    request_.frames = kLineImages;
    request_.even = false;
    result_.from = request_.from;
    result_.to = request_.to;
    request_.kind = PathKind::kStraight;
    begin_line(Stage::kStraight, path_latents(request_));
}

bool PathGeometryWork::advance(model::Model& model, model::Parameters parameters, int images) {
    if (stage_ == Stage::kSolve) {
        if (solve_more()) try_step();
        return false;
    }
    if (stage_ == Stage::kDone) return true;
    if (!decode_more(model, parameters, static_cast<std::size_t>(std::max(images, 1))))
        return false;
    switch (stage_) {
        case Stage::kStraight:
            finish_line(PathKind::kStraight);
            request_.kind = PathKind::kSpherical;
            begin_line(Stage::kSpherical, path_latents(request_));
            break;
        case Stage::kSpherical:
            finish_line(PathKind::kSpherical);
            begin_search();
            break;
        case Stage::kStart:
            node_images_ = images_;
            energy_ = energy(node_images_);
            begin_slopes();
            break;
        case Stage::kSlopes:
            take_slopes();
            break;
        case Stage::kTry:
            judge();
            break;
        case Stage::kGeodesic:
            finish_line(PathKind::kGeodesic);
            finish_search();
            break;
        case Stage::kSolve:
        case Stage::kDone:
            break;
    }
    return stage_ == Stage::kDone;
}

// Some more of z_; true once all of it is decoded.
bool PathGeometryWork::decode_more(model::Model& model, model::Parameters parameters,
                                   std::size_t images) {
    const std::size_t count = std::min(images, z_.size() / latents_ - decoded_);
    decode_means(model, parameters, std::span(z_).subspan(decoded_ * latents_, count * latents_),
                 request_.label,
                 std::span(images_).subspan(decoded_ * dimensions_, count * dimensions_));
    decoded_ += count;
    return decoded_ == z_.size() / latents_;
}

void PathGeometryWork::begin_line(Stage stage, std::vector<float> z) {
    stage_ = stage;
    z_ = std::move(z);
    images_.resize(z_.size() / latents_ * dimensions_);
    decoded_ = 0;
}

void PathGeometryWork::finish_line(PathKind kind) {
    std::vector<double>& reached = result_.reached[static_cast<std::size_t>(kind)];
    reached.assign(1, 0.0);
    for (std::size_t i = 1; i < static_cast<std::size_t>(kLineImages); ++i) {
        reached.push_back(reached.back() +
                          std::sqrt(squared_distance(row_of(images_, i, dimensions_),
                                                     row_of(images_, i - 1, dimensions_))));
    }
}

// Of the paths that are known before the search.
PathKind PathGeometryWork::shorter() const {
    return result_.length(PathKind::kSpherical) < result_.length(PathKind::kStraight)
               ? PathKind::kSpherical
               : PathKind::kStraight;
}

void PathGeometryWork::begin_search() {
    PathRequest start = request_;
    start.frames = static_cast<int>(kNodes);
    start.kind = shorter();
    request_.kind = start.kind;
    // At equal distances of images, as the nodes of the geodesic will be.
    start.even = true;
    nodes_ = path_latents(start, &result_);
    begin_line(Stage::kStart, nodes_);
}

double PathGeometryWork::energy(std::span<const float> images) const {
    double sum = 0.0;
    for (std::size_t i = 1; i < kNodes; ++i) {
        sum += squared_distance(row_of(images, i, dimensions_), row_of(images, i - 1, dimensions_));
    }
    return sum;
}

void PathGeometryWork::begin_slopes() {
    const std::size_t block = latents_ * latents_;
    blocks_.assign(kInner * block, 0.0);
    beside_.assign(kInner * block, 0.0);
    pull_.assign(kInner * latents_, 0.0);
    node_ = 1;
    begin_line(Stage::kSlopes, {});
    take_slopes();
}

// Of the node whose surroundings are decoded; then asks for those of the next one.
void PathGeometryWork::take_slopes() {
    const std::size_t n = latents_, d = dimensions_;
    if (!z_.empty()) {
        const auto at = row_of(node_images_, node_, d);
        for (std::size_t a = 0; a < n; ++a) {
            for (std::size_t i = 0; i < d; ++i)
                images_[a * d + i] = (images_[a * d + i] - at[i]) / kSlopeStep;
        }
        slopes_before_.swap(slopes_);
        slopes_ = images_;
        std::vector<float> bend(d);
        for (std::size_t i = 0; i < d; ++i) {
            bend[i] = 2.0F * at[i] - node_images_[(node_ - 1) * d + i] -
                      node_images_[(node_ + 1) * d + i];
        }
        const std::size_t inner = node_ - 1;
        for (std::size_t a = 0; a < n; ++a) {
            const auto slope = row_of(slopes_, a, d);
            pull_[inner * n + a] = dot(slope, bend);
            for (std::size_t b = 0; b < n; ++b) {
                blocks_[(inner * n + a) * n + b] = dot(slope, row_of(slopes_, b, d));
                if (inner > 0) {
                    beside_[((inner - 1) * n + b) * n + a] =
                        dot(row_of(slopes_before_, b, d), slope);
                }
            }
        }
        ++node_;
    }
    if (node_ > kInner) return begin_solving();
    std::vector<float> around;
    for (std::size_t a = 0; a < n; ++a) {
        const auto at = row_of(nodes_, node_, n);
        around.insert(around.end(), at.begin(), at.end());
        around[around.size() - n + a] += kSlopeStep;
    }
    begin_line(Stage::kSlopes, std::move(around));
}

// out = A by, where A is what the energy's half is in Gauss and Newton's approximation.
void PathGeometryWork::multiply(std::span<const double> by, std::span<double> out) const {
    const std::size_t n = latents_, size = kInner * n;
    for (std::size_t i = 0; i < size; ++i) out[i] = damping_ * scale_ * by[i];
    for (std::size_t node = 0; node < kInner; ++node) {
        for (std::size_t a = 0; a < n; ++a) {
            for (std::size_t b = 0; b < n; ++b) {
                out[node * n + a] += 2.0 * blocks_[(node * n + a) * n + b] * by[node * n + b];
                if (node + 1 == kInner) continue;
                const double beside = beside_[(node * n + a) * n + b];
                out[node * n + a] -= beside * by[(node + 1) * n + b];
                out[(node + 1) * n + b] -= beside * by[node * n + a];
            }
        }
    }
}

void PathGeometryWork::begin_solving() {
    stage_ = Stage::kSolve;
    scale_ = 0.0;
    for (std::size_t i = 0; i < pull_.size(); ++i) scale_ += blocks_[i * latents_ + i % latents_];
    scale_ /= static_cast<double>(pull_.size());
    Solving& cg = solving_;
    cg.step.assign(pull_.size(), 0.0);
    cg.residual.resize(pull_.size());
    for (std::size_t i = 0; i < pull_.size(); ++i) cg.residual[i] = -pull_[i];
    cg.direction = cg.residual;
    cg.product.resize(pull_.size());
    cg.squares =
        std::inner_product(cg.residual.begin(), cg.residual.end(), cg.residual.begin(), 0.0);
    cg.first_squares = cg.squares;
    cg.rounds = 0;
}

// Some rounds of conjugate gradients; true once the step is known.
bool PathGeometryWork::solve_more() {
    Solving& cg = solving_;
    const auto of_a_piece =
        static_cast<int>(kWorkOfPiece / (3.0 * static_cast<double>(blocks_.size()))) + 1;
    for (int round = 0; round < of_a_piece; ++round) {
        multiply(cg.direction, cg.product);
        const double curve =
            std::inner_product(cg.direction.begin(), cg.direction.end(), cg.product.begin(), 0.0);
        if (!(curve > 0.0)) return true;
        const double length = cg.squares / curve;
        double squares = 0.0;
        for (std::size_t i = 0; i < cg.step.size(); ++i) {
            cg.step[i] += length * cg.direction[i];
            cg.residual[i] -= length * cg.product[i];
            squares += cg.residual[i] * cg.residual[i];
        }
        for (std::size_t i = 0; i < cg.step.size(); ++i)
            cg.direction[i] = cg.residual[i] + squares / cg.squares * cg.direction[i];
        cg.squares = squares;
        if (++cg.rounds < kMostRounds && squares > kSolved * cg.first_squares) continue;
        return true;
    }
    return false;
}

// The nodes after the step are decoded; they are kept where the energy is lower.
void PathGeometryWork::try_step() {
    std::vector<float> nodes = nodes_;
    for (std::size_t i = 0; i < solving_.step.size(); ++i)
        nodes[latents_ + i] += static_cast<float>(solving_.step[i]);
    begin_line(Stage::kTry, std::move(nodes));
}

void PathGeometryWork::judge() {
    const double found = energy(images_);
    const double gain = energy_ - found;
    if (!(gain > 0.0)) {
        damping_ *= 10.0;
        if (damping_ > kMostDamping || ++steps_ >= kMostSteps) return measure_geodesic();
        return begin_solving();
    }
    nodes_ = z_;
    node_images_ = images_;
    energy_ = found;
    damping_ = std::max(damping_ / 10.0, kLeastDamping);
    if (gain < kEnough * energy_ || ++steps_ >= kMostSteps) return measure_geodesic();
    begin_slopes();
}

void PathGeometryWork::measure_geodesic() {
    result_.geodesic = nodes_;
    request_.kind = PathKind::kGeodesic;
    begin_line(Stage::kGeodesic, path_latents(request_, &result_));
}

// What the search has found is as good as what it began with, at the least.
void PathGeometryWork::finish_search() {
    const PathKind begun = shorter();
    if (!(result_.length(PathKind::kGeodesic) <= result_.length(begun))) {
        request_.kind = begun;
        request_.frames = static_cast<int>(kNodes);
        result_.geodesic = path_latents(request_);
        result_.reached[static_cast<std::size_t>(PathKind::kGeodesic)] =
            result_.reached[static_cast<std::size_t>(begun)];
    }
    stage_ = Stage::kDone;
}

PathGeometry path_geometry(model::Model& model, model::Parameters parameters,
                           const PathRequest& request) {
    PathGeometryWork work(model, request);
    while (!work.advance(model, parameters, static_cast<int>(model.rows_at_once()))) continue;
    return work.take();
}

std::vector<float> path_latents(model::Model& model, model::Parameters parameters,
                                const PathRequest& request) {
    if (!request.needs_geometry()) return path_latents(request);
    const PathGeometry geometry = path_geometry(model, parameters, request);
    return path_latents(request, &geometry);
}

}  // namespace elbow::explore
