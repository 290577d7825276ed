// A deterministic autoencoder: z is the encoder's mean, and only log p(x|z) is learnt.

#include "engine/torch/objectives/makers.h"

namespace elbow::torch_models {
namespace {

class Autoencoder final : public Objective {
    using Objective::Objective;

    Terms terms(const Graph& graph, const Minibatch& part) const override {
        const Tensor x = graph.targets(part);
        const Tensor label = graph.labels(part);
        const Tensor z = graph.moments(graph.encode(x, label)).first;
        const Tensor reconstruction = log_likelihoods(graph, x, label, z.unsqueeze(1)).squeeze(1);
        return {reconstruction.sum(), reconstruction};
    }
};

}  // namespace

std::unique_ptr<estimator::PartObjective> make_autoencoder(const EstimatorSetup& setup) {
    return std::make_unique<Autoencoder>(setup);
}

}  // namespace elbow::torch_models
