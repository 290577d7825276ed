#include "engine/explore/interpolation.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "engine/core/error.h"
#include "engine/explore/smooth_curve.h"
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

// z(t) = from_weight from + to_weight to.
struct Weights {
    double from, to;
};

// On the way between two points whose directions turn. Straight where they span no plane to turn
// in.
Weights spherical_weights(std::span<const float> from, std::span<const float> to, double t) {
    const Weights straight{1.0 - t, t};
    const double from_length = std::sqrt(dot(from, from)), to_length = std::sqrt(dot(to, to));
    if (from_length <= 0.0 || to_length <= 0.0) return straight;
    const double cosine = std::clamp(dot(from, to) / (from_length * to_length), -1.0, 1.0);
    const double sine = std::sqrt((1.0 - cosine) * (1.0 + cosine));
    constexpr double kSmallestSine = 1e-4;  // below it the plane is lost in float's rounding
    if (sine < kSmallestSine) return straight;
    const double angle = std::acos(cosine);
    const double length = (1.0 - t) * from_length + t * to_length;
    return {length * std::sin((1.0 - t) * angle) / (sine * from_length),
            length * std::sin(t * angle) / (sine * to_length)};
}

class Path {
  public:
    Path(const PathRequest& request, const PathGeometry* geometry)
        : kind_(request.kind), points_(path_points(request)) {
        const std::size_t latents = points_.front().size();
        for (const std::vector<float>& point : points_) {
            if (point.size() == latents) continue;
            throw UsageError("The points of a path must have equally many latents; one has " +
                             std::to_string(latents) + ", another " + std::to_string(point.size()) +
                             ".");
        }
        // That of another model, or of another number of points, says nothing of this path.
        const bool fits = geometry != nullptr && geometry->legs.size() == legs() &&
                          geometry->legs.front().from.size() == latents;
        if (fits) geometry_ = geometry;
        if (kind_ == PathKind::kSmooth && legs() > 1) curve_.emplace(points_, request.closed);
        even_ = fits && request.even && geometry->length(kind_) > 0.0;
        share_out();
    }

    std::size_t legs() const { return points_.size() - 1; }
    std::size_t latents() const { return points_.front().size(); }
    // The t at which the leg begins.
    double beginning(std::size_t leg) const { return begins_[leg]; }

    void point(double t, std::span<float> z) const {
        if (t <= 0.0) return leg_point(0, 0.0, z);
        if (t >= 1.0) return leg_point(legs() - 1, 1.0, z);
        const auto next = std::upper_bound(begins_.begin() + 1, begins_.end() - 1, t);
        const auto leg = static_cast<std::size_t>(next - begins_.begin()) - 1;
        const double share = begins_[leg + 1] - begins_[leg];
        const double part = share > 0.0 ? std::clamp((t - begins_[leg]) / share, 0.0, 1.0) : 0.0;
        leg_point(leg, even_ ? time_at(reached(leg), part) : part, z);
    }

    // At t in [0, 1] of the leg.
    void leg_point(std::size_t leg, double t, std::span<float> z) const {
        const std::vector<float>&from = points_[leg], &to = points_[leg + 1];
        // The points themselves, whatever rounding would make of them.
        if (t <= 0.0 || t >= 1.0) {
            const std::vector<float>& end = t <= 0.0 ? from : to;
            std::copy(end.begin(), end.end(), z.begin());
            return;
        }
        if (curve_) return curve_->point(leg, t, z);
        if (geometry_ != nullptr && kind_ == PathKind::kGeodesic) return geodesic_point(leg, t, z);
        const Weights weights =
            kind_ == PathKind::kSpherical ? spherical_weights(from, to, t) : Weights{1.0 - t, t};
        for (std::size_t i = 0; i < z.size(); ++i)
            z[i] = static_cast<float>(weights.from * from[i] + weights.to * to[i]);
    }

  private:
    std::span<const double> reached(std::size_t leg) const {
        return geometry_->legs[leg].reached[static_cast<std::size_t>(kind_)];
    }

    // As long as it is in z, or in the space of images.
    void share_out() {
        begins_.assign(1, 0.0);
        for (std::size_t leg = 0; leg < legs(); ++leg) {
            const double length = even_
                                      ? reached(leg).back()
                                      : std::sqrt(squared_distance(points_[leg], points_[leg + 1]));
            begins_.push_back(begins_.back() + length);
        }
        const double whole = begins_.back();
        for (std::size_t leg = 0; leg <= legs(); ++leg) {
            const double alike = static_cast<double>(leg) / static_cast<double>(legs());
            begins_[leg] = whole > 0.0 ? begins_[leg] / whole : alike;
        }
    }

    // Bent as far as the ends have moved from those that it was found for.
    void geodesic_point(std::size_t leg, double t, std::span<float> z) const {
        const LegGeometry& found = geometry_->legs[leg];
        const std::vector<float>& nodes = found.geodesic;
        const std::size_t latents = z.size();
        const Place at = place_of(t, nodes.size() / latents);
        for (std::size_t i = 0; i < latents; ++i) {
            const double left = nodes[at.left * latents + i];
            const double right = nodes[(at.left + 1) * latents + i];
            const double moved = (1.0 - t) * (double{points_[leg][i]} - found.from[i]) +
                                 t * (double{points_[leg + 1][i]} - found.to[i]);
            z[i] = static_cast<float>(left + at.part * (right - left) + moved);
        }
    }

    PathKind kind_;
    std::vector<std::vector<float>> points_;
    const PathGeometry* geometry_ = nullptr;
    bool even_ = false;
    std::optional<SmoothCurve> curve_;
    std::vector<double> begins_;  // [legs + 1]
};

std::span<float> row_of(std::vector<float>& z, std::size_t row, std::size_t latents) {
    return std::span(z).subspan(row * latents, latents);
}

}  // namespace

double PathGeometry::length(PathKind kind) const {
    double sum = 0.0;
    for (const LegGeometry& leg : legs) sum += leg.length(kind);
    return sum;
}

double time_at(std::span<const double> reached, double part) {
    const double wanted = part * reached.back();
    const auto next = std::upper_bound(reached.begin() + 1, reached.end() - 1, wanted);
    const auto left = static_cast<std::size_t>(next - reached.begin()) - 1;
    const double step = reached[left + 1] - reached[left];
    const double within = step > 0.0 ? std::clamp((wanted - reached[left]) / step, 0.0, 1.0) : 0.0;
    return (static_cast<double>(left) + within) / static_cast<double>(reached.size() - 1);
}

std::vector<std::vector<float>> path_points(const PathRequest& request) {
    std::vector<std::vector<float>> points{request.from};
    points.insert(points.end(), request.through.begin(), request.through.end());
    points.push_back(request.to);
    if (request.closed) points.push_back(request.from);
    return points;
}

std::size_t leg_count(const PathRequest& request) {
    return request.through.size() + (request.closed ? 2 : 1);
}

std::vector<float> path_latents(const PathRequest& request, const PathGeometry* geometry) {
    if (request.frames < 2) {
        throw UsageError("A path needs at least 2 frames, its two ends; " +
                         std::to_string(request.frames) + " were asked for.");
    }
    const Path path(request, geometry);
    std::vector<float> z(static_cast<std::size_t>(request.frames) * path.latents());
    for (int frame = 0; frame < request.frames; ++frame) {
        path.point(static_cast<double>(frame) / (request.frames - 1),
                   row_of(z, static_cast<std::size_t>(frame), path.latents()));
    }
    return z;
}

std::vector<float> path_point(const PathRequest& request, double t, const PathGeometry* geometry) {
    std::vector<float> z(request.from.size());
    Path(request, geometry).point(t, z);
    return z;
}

std::vector<float> path_polyline(const PathRequest& request, int steps,
                                 const PathGeometry* geometry) {
    const Path path(request, geometry);
    const auto of_a_leg = static_cast<std::size_t>(steps);
    std::vector<float> z((path.legs() * of_a_leg + 1) * path.latents());
    for (std::size_t i = 0; i <= path.legs() * of_a_leg; ++i) {
        const std::size_t leg = std::min(i / of_a_leg, path.legs() - 1);
        path.leg_point(leg, static_cast<double>(i - leg * of_a_leg) / steps,
                       row_of(z, i, path.latents()));
    }
    return z;
}

std::vector<double> path_stops(const PathRequest& request, const PathGeometry* geometry) {
    const Path path(request, geometry);
    std::vector<double> stops;
    for (std::size_t leg = 1; leg < path.legs(); ++leg) stops.push_back(path.beginning(leg));
    return stops;
}

}  // namespace elbow::explore
