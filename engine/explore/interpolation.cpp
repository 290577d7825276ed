#include "engine/explore/interpolation.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"

namespace elbow::explore {

namespace {

double dot(std::span<const float> a, std::span<const float> b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += double{a[i]} * b[i];
    return sum;
}

// z(t) = from_weight(t) from + to_weight(t) to, for either kind of path.
class Path {
  public:
    explicit Path(const PathRequest& request) : request_(request) {
        if (request.from.size() != request.to.size()) {
            throw UsageError("The ends of a path must have equally many latents; one has " +
                             std::to_string(request.from.size()) + ", the other " +
                             std::to_string(request.to.size()) + ".");
        }
        if (request.kind == PathKind::kSpherical) measure_angle();
    }

    void point(double t, std::span<float> z) const {
        // The ends themselves, whatever rounding would make of them.
        if (t <= 0.0 || t >= 1.0) {
            const std::vector<float>& end = t <= 0.0 ? request_.from : request_.to;
            std::copy(end.begin(), end.end(), z.begin());
            return;
        }
        double from_weight = 1.0 - t;
        double to_weight = t;
        if (angle_ > 0.0) {
            const double length = (1.0 - t) * from_length_ + t * to_length_;
            from_weight = length * std::sin((1.0 - t) * angle_) / (sine_ * from_length_);
            to_weight = length * std::sin(t * angle_) / (sine_ * to_length_);
        }
        for (std::size_t i = 0; i < z.size(); ++i) {
            z[i] = static_cast<float>(from_weight * request_.from[i] + to_weight * request_.to[i]);
        }
    }

  private:
    // Leaves angle_ at 0, which means straight, where the ends span no plane to turn in.
    void measure_angle() {
        from_length_ = std::sqrt(dot(request_.from, request_.from));
        to_length_ = std::sqrt(dot(request_.to, request_.to));
        if (from_length_ <= 0.0 || to_length_ <= 0.0) return;
        const double cosine =
            std::clamp(dot(request_.from, request_.to) / (from_length_ * to_length_), -1.0, 1.0);
        const double sine = std::sqrt((1.0 - cosine) * (1.0 + cosine));
        constexpr double kSmallestSine = 1e-4;  // below it the plane is lost in float's rounding
        if (sine < kSmallestSine) return;
        sine_ = sine;
        angle_ = std::acos(cosine);
    }

    const PathRequest& request_;
    double from_length_ = 0.0;
    double to_length_ = 0.0;
    double sine_ = 1.0;
    double angle_ = 0.0;  // radians between the ends' directions
};

}  // namespace

std::vector<float> path_latents(const PathRequest& request) {
    if (request.frames < 2) {
        throw UsageError("A path needs at least 2 frames, its two ends; " +
                         std::to_string(request.frames) + " were asked for.");
    }
    const Path path(request);
    const std::size_t latents = request.from.size();
    std::vector<float> z(static_cast<std::size_t>(request.frames) * latents);
    for (int frame = 0; frame < request.frames; ++frame) {
        path.point(static_cast<double>(frame) / (request.frames - 1),
                   std::span(z).subspan(static_cast<std::size_t>(frame) * latents, latents));
    }
    return z;
}

std::vector<float> path_point(const PathRequest& request, double t) {
    std::vector<float> z(request.from.size());
    Path(request).point(t, z);
    return z;
}

}  // namespace elbow::explore
