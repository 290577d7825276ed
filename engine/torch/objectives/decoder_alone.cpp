// The decoder's part of learning where no encoder takes part: log p(x|z) of codes that were found
// in another way, and log p(z), from which a prior that learns does so.

#include "engine/torch/objectives/makers.h"

namespace elbow::torch_models {
namespace {

class DecoderAlone final : public Objective {
    using Objective::Objective;

    Terms terms(const Graph& graph, const Minibatch& part) const override {
        const Tensor x = graph.targets(part);
        const Tensor z = torch::from_blob(const_cast<float*>(part.codes),
                                          {part.rows(), 1, latents()}, torch::kFloat32)
                             .to(x.device());
        const Tensor reconstruction = log_likelihoods(graph, x, graph.labels(part), z).squeeze(1);
        return {reconstruction.sum() + log_priors(graph, z).sum(), reconstruction};
    }
};

}  // namespace

std::unique_ptr<estimator::PartObjective> make_decoder_alone(const EstimatorSetup& setup) {
    return std::make_unique<DecoderAlone>(setup);
}

}  // namespace elbow::torch_models
