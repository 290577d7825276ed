#include "engine/torch/objective.h"

#include "engine/model/families.h"
#include "engine/torch/failure.h"
#include "engine/torch/resident.h"

namespace elbow::torch_models {

Objective::Objective(const EstimatorSetup& setup)
    : plan_(setup.spec),
      noise_samples_(setup.noise_samples),
      device_(setup.device == "cuda" ? torch::Device(torch::kCUDA, 0) : torch::Device(torch::kCPU)),
      closed_kl_(model::has_closed_kl(setup.spec)) {}

BoundSum Objective::gradient(std::span<const float> parameters, const Minibatch& batch,
                             std::span<float> gradients) const {
    compute_alone();
    BoundSum sum;
    or_error("differentiate the objective", [&] {
        const Graph graph(plan_, parameters, device_, true);
        const Terms found = terms(graph, batch);
        graph.differentiate(found.objective, gradients);
        const auto total = [](const Tensor& values) {
            return values.defined() ? values.sum(torch::kFloat64).item<double>() : 0.0;
        };
        sum = {total(found.reconstruction), total(found.kl), total(found.gain)};
    });
    return sum;
}

std::unique_ptr<estimator::Resident> Objective::resident(
    const estimator::ResidentSetup& setup) const {
    return make_resident(*this, plan_, device_, setup);
}

Tensor Objective::epsilon(const Graph& graph, const Minibatch& batch) const {
    return graph.normals(*batch.noise, batch.noise_position,
                         {batch.rows(), noise_samples_, latents()});
}

Tensor Objective::log_likelihoods(const Graph& graph, const Tensor& x, const Tensor& label,
                                  const Tensor& z) const {
    const std::int64_t draws = z.size(1);
    const auto repeated = [&](const Tensor& rows) {
        return draws == 1 || !rows.defined() ? rows : rows.repeat_interleave(draws, 0);
    };
    const Tensor outputs = graph.decode(z.flatten(0, 1), repeated(label));
    return graph.log_likelihood(repeated(x), outputs).view({x.size(0), draws});
}

Tensor Objective::log_priors(const Graph& graph, const Tensor& z) const {
    return graph.log_prior(z.flatten(0, 1)).view({z.size(0), z.size(1)});
}

Tensor Objective::kl(const Graph& graph, const Tensor& heads, const Tensor& z,
                     const Tensor& log_q) const {
    if (closed_kl_) return graph.kl_per_latent(heads).sum(1);
    return (log_q - log_priors(graph, z)).mean(1);
}

}  // namespace elbow::torch_models
