#include "engine/explore/interpolation.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"
#include "engine/explore/vectors.h"

namespace elbow::explore {

namespace {

// Where a table [count] over t in [0, 1], linear between its places, is looked up.
struct Place {
    std::size_t left;
    double part;  // of the way to the next
};
Place place_of(double t, std::size_t count) {
    const double at = t * static_cast<double>(count - 1);
    const std::size_t left = std::min(static_cast<std::size_t>(at), count - 2);
    return {left, at - static_cast<double>(left)};
}

// The t at which the path has come so far a part of its length.
double time_at(std::span<const double> reached, double part) {
    const double wanted = part * reached.back();
    const auto next = std::upper_bound(reached.begin() + 1, reached.end() - 1, wanted);
    const auto left = static_cast<std::size_t>(next - reached.begin()) - 1;
    const double step = reached[left + 1] - reached[left];
    const double within = step > 0.0 ? std::clamp((wanted - reached[left]) / step, 0.0, 1.0) : 0.0;
    return (static_cast<double>(left) + within) / static_cast<double>(reached.size() - 1);
}

// z(t) = from_weight(t) from + to_weight(t) to, but for a geodesic.
class Path {
  public:
    Path(const PathRequest& request, const PathGeometry* geometry)
        : request_(request), geometry_(geometry) {
        if (request.from.size() != request.to.size()) {
            throw UsageError("The ends of a path must have equally many latents; one has " +
                             std::to_string(request.from.size()) + ", the other " +
                             std::to_string(request.to.size()) + ".");
        }
        if (request.kind == PathKind::kSpherical) measure_angle();
        if (geometry_ != nullptr && geometry_->from.size() != request.from.size())
            geometry_ = nullptr;  // of another model
    }

    void point(double t, std::span<float> z) const {
        // The ends themselves, whatever rounding would make of them.
        if (t <= 0.0 || t >= 1.0) {
            const std::vector<float>& end = t <= 0.0 ? request_.from : request_.to;
            std::copy(end.begin(), end.end(), z.begin());
            return;
        }
        if (geometry_ != nullptr && request_.even) {
            const auto& reached = geometry_->reached[static_cast<std::size_t>(request_.kind)];
            if (reached.size() > 1 && reached.back() > 0.0) t = time_at(reached, t);
        }
        if (geometry_ != nullptr && request_.kind == PathKind::kGeodesic)
            return geodesic_point(t, z);
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

    // Bent as far as the ends have moved from those that it was found for.
    void geodesic_point(double t, std::span<float> z) const {
        const std::vector<float>& nodes = geometry_->geodesic;
        const std::size_t latents = z.size();
        const Place at = place_of(t, nodes.size() / latents);
        for (std::size_t i = 0; i < latents; ++i) {
            const double left = nodes[at.left * latents + i];
            const double right = nodes[(at.left + 1) * latents + i];
            const double moved = (1.0 - t) * (double{request_.from[i]} - geometry_->from[i]) +
                                 t * (double{request_.to[i]} - geometry_->to[i]);
            z[i] = static_cast<float>(left + at.part * (right - left) + moved);
        }
    }

    const PathRequest& request_;
    const PathGeometry* geometry_;
    double from_length_ = 0.0;
    double to_length_ = 0.0;
    double sine_ = 1.0;
    double angle_ = 0.0;  // radians between the ends' directions
};

}  // namespace

std::vector<float> path_latents(const PathRequest& request, const PathGeometry* geometry) {
    if (request.frames < 2) {
        throw UsageError("A path needs at least 2 frames, its two ends; " +
                         std::to_string(request.frames) + " were asked for.");
    }
    const Path path(request, geometry);
    const std::size_t latents = request.from.size();
    std::vector<float> z(static_cast<std::size_t>(request.frames) * latents);
    for (int frame = 0; frame < request.frames; ++frame) {
        path.point(static_cast<double>(frame) / (request.frames - 1),
                   std::span(z).subspan(static_cast<std::size_t>(frame) * latents, latents));
    }
    return z;
}

std::vector<float> path_point(const PathRequest& request, double t, const PathGeometry* geometry) {
    std::vector<float> z(request.from.size());
    Path(request, geometry).point(t, z);
    return z;
}

}  // namespace elbow::explore
