// The importance-weighted bound (Burda et al. 2015): log of the mean of w = p(x, z) / q(z|x) over
// k = L draws.

#include <cmath>

#include "engine/torch/objectives/makers.h"

namespace elbow::torch_models {
namespace {

class Iwae final : public Objective {
    using Objective::Objective;

    Terms terms(const Graph& graph, const Minibatch& part) const override {
        const Tensor x = graph.targets(part);
        const Tensor label = graph.labels(part);
        const auto [z, log_q] = graph.draw(graph.encode(x, label), epsilon(graph, part));
        const Tensor log_p = log_likelihoods(graph, x, label, z);
        const Tensor ratio = log_q - log_priors(graph, z);
        const Tensor bound =
            (log_p - ratio).logsumexp(1) - std::log(static_cast<double>(noise_samples()));
        const Tensor reconstruction = log_p.mean(1);
        const Tensor divergence = ratio.mean(1);
        return {(log_p - part.kl_weight * ratio).logsumexp(1).sum(), reconstruction, divergence,
                bound - (reconstruction - divergence)};
    }
};

}  // namespace

std::unique_ptr<estimator::PartObjective> make_iwae(const EstimatorSetup& setup) {
    return std::make_unique<Iwae>(setup);
}

}  // namespace elbow::torch_models
