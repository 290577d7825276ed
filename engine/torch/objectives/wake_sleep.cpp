// Wake-sleep (Hinton et al. 1995). Two objectives in one sum: no gradient passes through a draw, so
// each reaches its own network alone. A prior that learns does so from the draws of the wake phase.

#include "engine/torch/objectives/makers.h"

namespace elbow::torch_models {
namespace {

class WakeSleep final : public Objective {
  public:
    explicit WakeSleep(const EstimatorSetup& setup)
        : Objective(setup),
          codes_(setup.seed, "sleep/codes"),
          components_(setup.seed, "sleep/components"),
          images_(setup.seed, "sleep/images") {}

  private:
    Terms terms(const Graph& graph, const Minibatch& part) const override {
        const Tensor x = graph.targets(part);
        const Tensor label = graph.labels(part);
        Tensor z, dreamt_z, dreamt_x, divergence;
        {
            const torch::NoGradGuard draws;
            const Tensor heads = graph.encode(x, label);
            Tensor log_q;
            std::tie(z, log_q) = graph.draw(heads, epsilon(graph, part));
            divergence = kl(graph, heads, z, log_q);
            dreamt_z = graph.sample_prior(
                graph.normals(codes_, part.seen * static_cast<std::uint64_t>(latents()),
                              {x.size(0), latents()}),
                graph.uniforms(components_, part.seen, {part.rows()}));
            dreamt_x = graph.draw_images(graph.decode(dreamt_z, label), images_,
                                         part.seen * static_cast<std::uint64_t>(dimensions()));
        }
        const Tensor reconstruction = log_likelihoods(graph, x, label, z).mean(1);
        const Tensor asleep = graph.log_posterior(graph.encode(dreamt_x, label), dreamt_z);
        const Tensor prior = log_priors(graph, z).mean(1);
        return {reconstruction.sum() + asleep.sum() + prior.sum(), reconstruction, divergence};
    }

    Stream codes_, components_, images_;
};

}  // namespace

std::unique_ptr<estimator::PartObjective> make_wake_sleep(const EstimatorSetup& setup) {
    return std::make_unique<WakeSleep>(setup);
}

}  // namespace elbow::torch_models
