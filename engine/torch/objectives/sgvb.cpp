// SGVB B (equation 7), the KL in closed form where there is one, and SGVB A (equation 6), the KL
// estimated from the draws, too.

#include "engine/torch/objectives/makers.h"

namespace elbow::torch_models {
namespace {

class Sgvb final : public Objective {
  public:
    Sgvb(const EstimatorSetup& setup, bool estimates_kl)
        : Objective(setup), estimates_kl_(estimates_kl) {}

  private:
    Terms terms(const Graph& graph, const Minibatch& part) const override {
        const Tensor x = graph.targets(part);
        const Tensor label = graph.labels(part);
        const Tensor heads = graph.encode(x, label);
        const auto [z, log_q] = graph.draw(heads, epsilon(graph, part));
        const Tensor reconstruction = log_likelihoods(graph, x, label, z).mean(1);
        const Tensor divergence =
            estimates_kl_ ? (log_q - log_priors(graph, z)).mean(1) : kl(graph, heads, z, log_q);
        return {reconstruction.sum() - part.kl_weight * divergence.sum(), reconstruction,
                divergence};
    }

    bool estimates_kl_;
};

}  // namespace

std::unique_ptr<estimator::PartObjective> make_sgvb_b(const EstimatorSetup& setup) {
    return std::make_unique<Sgvb>(setup, false);
}
std::unique_ptr<estimator::PartObjective> make_sgvb_a(const EstimatorSetup& setup) {
    return std::make_unique<Sgvb>(setup, true);
}

}  // namespace elbow::torch_models
