#include "engine/explore/metric.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace elbow::explore {
namespace {

// Half of a central difference, latent units: so far apart, neither the decoder's curvature nor the
// rounding of its outputs is seen.
constexpr float kHalfStep = 0.01F;

// From the images [2 * axes, D] behind and before a place along each axis.
MetricTensor tensor_of(std::span<const float> images, std::size_t dimensions, std::size_t axes) {
    const float* x = images.data();
    const float* y = axes > 1 ? x + 2 * dimensions : x;
    double xx = 0.0, xy = 0.0, yy = 0.0;
    for (std::size_t d = 0; d < dimensions; ++d) {
        const double along_x = double{x[dimensions + d]} - x[d];
        const double along_y = double{y[dimensions + d]} - y[d];
        xx += along_x * along_x;
        xy += along_x * along_y;
        yy += along_y * along_y;
    }
    constexpr double kPerUnit = 1.0 / (4.0 * kHalfStep * kHalfStep);
    if (axes == 1) return {static_cast<float>(xx * kPerUnit), 0.0F, 0.0F};
    return {static_cast<float>(xx * kPerUnit), static_cast<float>(xy * kPerUnit),
            static_cast<float>(yy * kPerUnit)};
}

}  // namespace

double Metric::volume(std::size_t cell) const {
    const MetricTensor& g = tensors[cell];
    if (plane.x_axis == plane.y_axis) return std::sqrt(double{g.xx});
    const double determinant = double{g.xx} * g.yy - double{g.xy} * g.xy;
    return std::sqrt(std::isnan(determinant) ? determinant : std::max(determinant, 0.0));
}

MetricEllipse ellipse_of(const MetricTensor& g, double distance, double most) {
    const double middle = 0.5 * (double{g.xx} + g.yy);
    const double apart = std::hypot(0.5 * (double{g.xx} - g.yy), g.xy);
    const auto radius = [&](double stretch) {
        return stretch > 0.0 ? std::min(distance / std::sqrt(stretch), most) : most;
    };
    // Along the eigenvector of the larger eigenvalue the image changes fastest, and the ellipse is
    // short.
    const double fastest = 0.5 * std::atan2(2.0 * g.xy, double{g.xx} - g.yy);
    return {radius(middle - apart), radius(middle + apart), fastest + 0.5 * std::acos(-1.0)};
}

bool MetricWork::advance(model::Model& model, model::Parameters parameters, int images) {
    const ManifoldRequest& plane = metric_.plane;
    const auto latents = static_cast<std::size_t>(model.latents());
    const std::size_t axes = latents > 1 ? 2 : 1;
    if (z_.empty()) z_ = manifold_latents(plane, model.latents());
    const std::size_t cells = z_.size() / latents, begin = metric_.tensors.size();
    const std::size_t at_once =
        std::max<std::size_t>(static_cast<std::size_t>(std::max(images, 1)) / (2 * axes), 1);
    const std::size_t count = std::min(at_once, cells - begin);
    std::vector<float> around;
    for (std::size_t cell = begin; cell < begin + count; ++cell) {
        for (std::size_t side = 0; side < 2 * axes; ++side) {
            const auto first = z_.begin() + static_cast<std::ptrdiff_t>(cell * latents);
            around.insert(around.end(), first, first + static_cast<std::ptrdiff_t>(latents));
            const int axis = side < 2 ? plane.x_axis : plane.y_axis;
            around[around.size() - latents + static_cast<std::size_t>(axis)] +=
                side % 2 == 0 ? -kHalfStep : kHalfStep;
        }
    }
    const std::size_t of_a_cell = 2 * axes * model.dimensions();
    std::vector<float> decoded(count * of_a_cell);
    decode_means(model, parameters, around, plane.label, decoded);
    for (std::size_t i = 0; i < count; ++i)
        metric_.tensors.push_back(tensor_of(std::span(decoded).subspan(i * of_a_cell, of_a_cell),
                                            model.dimensions(), axes));
    return metric_.tensors.size() == cells;
}

Metric metric(model::Model& model, model::Parameters parameters, const ManifoldRequest& plane) {
    MetricWork work(plane);
    while (!work.advance(model, parameters, static_cast<int>(model.rows_at_once()))) continue;
    return work.take();
}

}  // namespace elbow::explore
