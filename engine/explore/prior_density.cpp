#include "engine/explore/prior_density.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace elbow::explore {
namespace {

constexpr int kCellsAtATime = 512;

}  // namespace

PriorDensityWork::PriorDensityWork(const ManifoldRequest& plane, int latents)
    : z_(manifold_latents(plane, latents)) {
    density_.plane = plane;
    density_.nats.resize(static_cast<std::size_t>(plane.columns) *
                         static_cast<std::size_t>(plane.rows));
}

bool PriorDensityWork::advance(model::Model& model, model::Parameters parameters, int cells) {
    const auto latents = static_cast<std::size_t>(model.latents());
    const std::size_t count =
        std::min(static_cast<std::size_t>(std::max(cells, 1)), density_.nats.size() - done_);
    model.log_prior(parameters, std::span(z_).subspan(done_ * latents, count * latents),
                    std::span(density_.nats).subspan(done_, count), {});
    done_ += count;
    return done_ == density_.nats.size();
}

PriorDensity PriorDensityWork::take() {
    const double highest = highest_of(density_.nats);
    const bool any = std::isfinite(highest);
    if (any) density_.highest = highest;
    for (std::size_t i = 0; any && i < kDensityDrops.size(); ++i)
        density_.lines[i] =
            contours(density_.nats, density_.plane, density_.highest - kDensityDrops[i]);
    return std::move(density_);
}

PriorDensity prior_density(model::Model& model, model::Parameters parameters,
                           const ManifoldRequest& plane) {
    PriorDensityWork work(plane, model.latents());
    while (!work.advance(model, parameters, kCellsAtATime)) continue;
    return work.take();
}

}  // namespace elbow::explore
