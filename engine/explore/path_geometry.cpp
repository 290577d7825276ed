#include "engine/explore/path_geometry.h"

#include <string>

#include "engine/core/error.h"

namespace elbow::explore {

PathGeometryWork::PathGeometryWork(const model::Model& model, PathRequest request)
    : request_(std::move(request)),
      legs_(leg_count(request_)),
      latents_(static_cast<std::size_t>(model.latents())) {
    for (const std::vector<float>& point : path_points(request_)) {
        if (point.size() == latents_) continue;
        throw UsageError("The points of a path must have the model's " + std::to_string(latents_) +
                         " latents; one of them has " + std::to_string(point.size()) + ".");
    }
    PathRequest known = request_;
    for (std::size_t kind = 0; kind < lines_.size(); ++kind) {
        known.kind = static_cast<PathKind>(kind);
        lines_[kind] = path_polyline(known, static_cast<int>(kStepsOfLeg));
    }
    leg_.emplace(model, lines_of_next_leg(), request_.label);
}

LegLines PathGeometryWork::lines_of_next_leg() const {
    const std::size_t first = result_.legs.size() * kStepsOfLeg * latents_;
    const std::size_t count = (kStepsOfLeg + 1) * latents_;
    LegLines lines;
    for (std::size_t kind = 0; kind < lines.size(); ++kind) {
        const auto begin = lines_[kind].begin() + static_cast<std::ptrdiff_t>(first);
        lines[kind].assign(begin, begin + static_cast<std::ptrdiff_t>(count));
    }
    return lines;
}

bool PathGeometryWork::advance(model::Model& model, model::Parameters parameters, int images) {
    if (result_.legs.size() == legs_) return true;
    if (!leg_->advance(model, parameters, images)) return false;
    result_.legs.push_back(leg_->take());
    if (result_.legs.size() == legs_) return true;
    leg_.emplace(model, lines_of_next_leg(), request_.label);
    return false;
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
