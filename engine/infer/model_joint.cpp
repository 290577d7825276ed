#include "engine/infer/model_joint.h"

#include <algorithm>

namespace elbow::infer {
namespace {

// Enough for the matrix products to be efficient, little enough for the caches.
constexpr std::size_t kPiece = 512;

}  // namespace

ModelJoint::ModelJoint(const model::ModelSpec& spec, Team& team)
    : latents_(spec.latents), team_(team) {
    for (int member = 0; member < team.most(); ++member) models_.push_back(model::make_model(spec));
}

void ModelJoint::look_at(model::Parameters parameters, const data::Batch& images) {
    parameters_ = parameters;
    images_ = images;
    images_.redraw = nullptr;
}

void ModelJoint::evaluate(std::span<const std::uint32_t> images, std::span<const float> z,
                          std::span<double> log_density, std::span<float> gradient) {
    const auto n = static_cast<std::size_t>(latents_);
    for (std::size_t first = 0; first < images.size(); first += kPiece) {
        const std::size_t rows = std::min(kPiece, images.size() - first);
        team_.run([&](int member) {
            const Share share = share_of(static_cast<std::int64_t>(rows), member, team_.size());
            if (share.size() <= 0) return;
            const std::size_t begin = first + static_cast<std::size_t>(share.begin);
            const auto count = static_cast<std::size_t>(share.size());
            data::Batch own = images_;
            own.indices = images.subspan(begin, count);
            models_[static_cast<std::size_t>(member)]->log_joint(
                parameters_, own, z.subspan(begin * n, count * n),
                log_density.subspan(begin, count),
                gradient.empty() ? gradient : gradient.subspan(begin * n, count * n));
        });
    }
}

}  // namespace elbow::infer
