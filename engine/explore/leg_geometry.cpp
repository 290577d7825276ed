#include "engine/explore/leg_geometry.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "engine/explore/manifold.h"
#include "engine/explore/vectors.h"

namespace elbow::explore {
namespace {

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

// Places of the line [count, N], linear between its own: at equal steps of t, or of what it has
// reached.
std::vector<float> sampled(std::span<const float> line, std::size_t latents, std::size_t count,
                           std::span<const double> reached = {}) {
    const std::size_t last = line.size() / latents - 1;
    std::vector<float> z;
    z.reserve(count * latents);
    for (std::size_t i = 0; i < count; ++i) {
        double t = static_cast<double>(i) / static_cast<double>(count - 1);
        if (!reached.empty() && reached.back() > 0.0 && t < 1.0) t = time_at(reached, t);
        const double at = t * static_cast<double>(last);
        const std::size_t left = std::min(static_cast<std::size_t>(at), last - 1);
        const auto part = static_cast<float>(at - static_cast<double>(left));
        const auto from = row_of(line, left, latents), to = row_of(line, left + 1, latents);
        for (std::size_t n = 0; n < latents; ++n)
            z.push_back(part < 1.0F ? from[n] + part * (to[n] - from[n]) : to[n]);
    }
    return z;
}

}  // namespace

LegGeometryWork::LegGeometryWork(const model::Model& model, LegLines lines, int label)
    : lines_(std::move(lines)),
      label_(label),
      latents_(static_cast<std::size_t>(model.latents())),
      dimensions_(model.dimensions()) {
    const auto first = row_of(lines_[0], 0, latents_);
    const auto last = row_of(lines_[0], kStepsOfLeg, latents_);
    result_.from.assign(first.begin(), first.end());
    result_.to.assign(last.begin(), last.end());
    begin_line(Stage::kLines, lines_[0]);
}

bool LegGeometryWork::advance(model::Model& model, model::Parameters parameters, int images) {
    if (stage_ == Stage::kSolve) {
        if (solve_more()) try_step();
        return false;
    }
    if (stage_ == Stage::kDone) return true;
    if (!decode_more(model, parameters, static_cast<std::size_t>(std::max(images, 1))))
        return false;
    switch (stage_) {
        case Stage::kLines:
            finish_line(line_);
            next_line();
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
            finish_line(static_cast<std::size_t>(PathKind::kGeodesic));
            finish_search();
            break;
        case Stage::kSolve:
        case Stage::kDone:
            break;
    }
    return stage_ == Stage::kDone;
}

// Some more of z_; true once all of it is decoded.
bool LegGeometryWork::decode_more(model::Model& model, model::Parameters parameters,
                                  std::size_t images) {
    const std::size_t count = std::min(images, z_.size() / latents_ - decoded_);
    decode_means(model, parameters, std::span(z_).subspan(decoded_ * latents_, count * latents_),
                 label_, std::span(images_).subspan(decoded_ * dimensions_, count * dimensions_));
    decoded_ += count;
    return decoded_ == z_.size() / latents_;
}

void LegGeometryWork::begin_line(Stage stage, std::vector<float> z) {
    stage_ = stage;
    z_ = std::move(z);
    images_.resize(z_.size() / latents_ * dimensions_);
    decoded_ = 0;
}

void LegGeometryWork::finish_line(std::size_t kind) {
    std::vector<double>& reached = result_.reached[kind];
    reached.assign(1, 0.0);
    for (std::size_t i = 1; i <= kStepsOfLeg; ++i) {
        reached.push_back(reached.back() +
                          std::sqrt(squared_distance(row_of(images_, i, dimensions_),
                                                     row_of(images_, i - 1, dimensions_))));
    }
}

// A line that is the straight one is not decoded again.
void LegGeometryWork::next_line() {
    while (++line_ < lines_.size()) {
        if (lines_[line_] != lines_[0]) return begin_line(Stage::kLines, lines_[line_]);
        result_.reached[line_] = result_.reached[0];
    }
    begin_search();
}

// Of the paths that are known before the search.
std::size_t LegGeometryWork::shortest() const {
    std::size_t found = 0;
    for (std::size_t kind = 1; kind < lines_.size(); ++kind)
        if (result_.reached[kind].back() < result_.reached[found].back()) found = kind;
    return found;
}

// From nodes at equal distances of images, as those of the geodesic will be.
void LegGeometryWork::begin_search() {
    const std::size_t start = shortest();
    nodes_ = sampled(lines_[start], latents_, kNodes, result_.reached[start]);
    begin_line(Stage::kStart, nodes_);
}

double LegGeometryWork::energy(std::span<const float> images) const {
    double sum = 0.0;
    for (std::size_t i = 1; i < kNodes; ++i) {
        sum += squared_distance(row_of(images, i, dimensions_), row_of(images, i - 1, dimensions_));
    }
    return sum;
}

void LegGeometryWork::begin_slopes() {
    const std::size_t block = latents_ * latents_;
    blocks_.assign(kInner * block, 0.0);
    beside_.assign(kInner * block, 0.0);
    pull_.assign(kInner * latents_, 0.0);
    node_ = 1;
    begin_line(Stage::kSlopes, {});
    take_slopes();
}

// Of the node whose surroundings are decoded; then asks for those of the next one.
void LegGeometryWork::take_slopes() {
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
void LegGeometryWork::multiply(std::span<const double> by, std::span<double> out) const {
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

void LegGeometryWork::begin_solving() {
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
bool LegGeometryWork::solve_more() {
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
void LegGeometryWork::try_step() {
    std::vector<float> nodes = nodes_;
    for (std::size_t i = 0; i < solving_.step.size(); ++i)
        nodes[latents_ + i] += static_cast<float>(solving_.step[i]);
    begin_line(Stage::kTry, std::move(nodes));
}

void LegGeometryWork::judge() {
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

void LegGeometryWork::measure_geodesic() {
    result_.geodesic = nodes_;
    begin_line(Stage::kGeodesic, sampled(nodes_, latents_, kStepsOfLeg + 1));
}

// What the search has found is as good as what it began with, at the least.
void LegGeometryWork::finish_search() {
    const std::size_t begun = shortest();
    if (!(result_.length(PathKind::kGeodesic) <= result_.reached[begun].back())) {
        result_.geodesic = sampled(lines_[begun], latents_, kNodes);
        result_.reached[static_cast<std::size_t>(PathKind::kGeodesic)] = result_.reached[begun];
    }
    stage_ = Stage::kDone;
}

}  // namespace elbow::explore
