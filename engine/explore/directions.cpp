#include "engine/explore/directions.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "engine/explore/manifold.h"
#include "engine/explore/vectors.h"

namespace elbow::explore {
namespace {

constexpr float kHalfStepOfSlope = 0.01F;  // of a central difference, latent units, as metric.cpp
constexpr int kMostTurns = 30;             // of all pairs of axes; a few are enough
constexpr double kTurned = 1e-18;          // of the diagonal's squares: what may be left beside it

}  // namespace

std::span<const float> Directions::vector(std::size_t direction) const {
    return std::span(vectors).subspan(direction * z.size(), z.size());
}

double Directions::share(std::size_t direction) const {
    double sum = 0.0;
    for (const double each : stretch) sum += each * each;
    return sum > 0.0 ? stretch[direction] * stretch[direction] / sum : 0.0;
}

DirectionsWork::DirectionsWork(std::vector<float> z, int label)
    : label_(label), latents_(z.size()) {
    result_.z = std::move(z);
}

bool DirectionsWork::advance(model::Model& model, model::Parameters parameters, int images) {
    if (decoded_ == latents_) {
        if (turns_ < kMostTurns && !turn_axes()) return false;
        finish();
        return true;
    }
    dimensions_ = model.dimensions();
    slopes_.resize(latents_ * dimensions_);
    const auto at_once = static_cast<std::size_t>(std::max(images / 2, 1));
    const std::size_t count = std::min(at_once, latents_ - decoded_);
    std::vector<float> around;
    for (std::size_t n = decoded_; n < decoded_ + count; ++n) {
        for (const float step : {-kHalfStepOfSlope, kHalfStepOfSlope}) {
            around.insert(around.end(), result_.z.begin(), result_.z.end());
            around[around.size() - latents_ + n] += step;
        }
    }
    std::vector<float> decoded(2 * count * dimensions_);
    decode_means(model, parameters, around, label_, decoded);
    for (std::size_t i = 0; i < count; ++i) {
        const float* before = &decoded[2 * i * dimensions_];
        for (std::size_t d = 0; d < dimensions_; ++d) {
            slopes_[(decoded_ + i) * dimensions_ + d] =
                (before[dimensions_ + d] - before[d]) / (2.0F * kHalfStepOfSlope);
        }
    }
    decoded_ += count;
    if (decoded_ == latents_) take_metric();
    return false;
}

void DirectionsWork::take_metric() {
    const std::size_t n = latents_;
    metric_.resize(n * n);
    axes_.assign(n * n, 0.0);
    for (std::size_t a = 0; a < n; ++a) {
        axes_[a * n + a] = 1.0;
        const auto slope = std::span(slopes_).subspan(a * dimensions_, dimensions_);
        for (std::size_t b = 0; b <= a; ++b) {
            metric_[a * n + b] = metric_[b * n + a] =
                dot(slope, std::span(slopes_).subspan(b * dimensions_, dimensions_));
        }
    }
}

// Jacobi's method: turns each pair of axes so that the metric has nothing beside its diagonal for
// them; true once there is nothing left.
bool DirectionsWork::turn_axes() {
    const std::size_t n = latents_;
    ++turns_;
    const auto turn = [n](std::vector<double>& rows, std::size_t p, std::size_t q, double cosine,
                          double sine, std::size_t along, std::size_t across) {
        for (std::size_t i = 0; i < n; ++i) {
            double &first = rows[p * across + i * along], &second = rows[q * across + i * along];
            const double before = first;
            first = cosine * before - sine * second;
            second = sine * before + cosine * second;
        }
    };
    for (std::size_t p = 0; p < n; ++p) {
        for (std::size_t q = p + 1; q < n; ++q) {
            const double beside = metric_[p * n + q];
            if (beside == 0.0) continue;
            const double slant = (metric_[q * n + q] - metric_[p * n + p]) / (2.0 * beside);
            const double tangent =
                std::copysign(1.0, slant) / (std::abs(slant) + std::hypot(1.0, slant));
            const double cosine = 1.0 / std::hypot(1.0, tangent), sine = tangent * cosine;
            turn(metric_, p, q, cosine, sine, 1, n);
            turn(metric_, p, q, cosine, sine, n, 1);
            turn(axes_, p, q, cosine, sine, 1, n);
        }
    }
    double diagonal = 0.0, left = 0.0;
    for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = 0; b < n; ++b)
            (a == b ? diagonal : left) += metric_[a * n + b] * metric_[a * n + b];
    }
    return !(left > kTurned * diagonal);  // true also where there is no number
}

// From the fastest on. A direction and its opposite are the same: that is taken in which the latent
// that it moves most grows.
void DirectionsWork::finish() {
    const std::size_t n = latents_;
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto fast = [&](std::size_t axis) {
        const double squared = metric_[axis * n + axis];
        return std::isfinite(squared) ? std::max(squared, 0.0) : 0.0;
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return fast(a) > fast(b); });
    for (const std::size_t axis : order) {
        result_.stretch.push_back(std::sqrt(fast(axis)));
        const auto row = std::span(axes_).subspan(axis * n, n);
        const auto most = std::max_element(
            row.begin(), row.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
        const double sign = most != row.end() && *most < 0.0 ? -1.0 : 1.0;
        for (const double each : row) result_.vectors.push_back(static_cast<float>(sign * each));
    }
}

Directions directions(model::Model& model, model::Parameters parameters, std::vector<float> z,
                      int label) {
    DirectionsWork work(std::move(z), label);
    while (!work.advance(model, parameters, static_cast<int>(model.rows_at_once()))) continue;
    return work.take();
}

}  // namespace elbow::explore
