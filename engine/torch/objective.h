#pragma once

// What the estimators are in LibTorch's words: each says its objective, of any model, and autograd
// finds the gradient. As estimator::PartObjective, each call on a graph of its own.

#include "engine/estimator/shared_objective.h"
#include "engine/torch/graph.h"

namespace elbow::torch_models {

using estimator::BoundSum;
using estimator::EstimatorSetup;
using estimator::Minibatch;

// Of M images, nats.
struct Terms {
    Tensor objective;       // a scalar, summed over the images
    Tensor reconstruction;  // [M] mean of log p(x|z) over the L draws
    Tensor kl = {};         // [M]; undefined: none
    Tensor gain = {};       // [M]; undefined: none
};

class Objective : public estimator::PartObjective {
  public:
    explicit Objective(const EstimatorSetup&);
    BoundSum gradient(std::span<const float> parameters, const Minibatch&,
                      std::span<float> gradients) const override;
    std::unique_ptr<estimator::Resident> resident(const estimator::ResidentSetup&) const override;

    virtual Terms terms(const Graph&, const Minibatch& part) const = 0;

  protected:
    std::int64_t latents() const { return plan_.spec.latents; }          // N
    std::int64_t noise_samples() const { return noise_samples_; }        // L
    std::int64_t dimensions() const { return plan_.spec.image.size(); }  // D

    Tensor epsilon(const Graph&, const Minibatch&) const;  // [M, L, N]
    // log p(x|z) [M, L] of x [M, D] and z [M, L, N].
    Tensor log_likelihoods(const Graph&, const Tensor& x, const Tensor& label,
                           const Tensor& z) const;
    // [M]: in closed form where there is one, else the mean of log q(z|x) - log p(z) over the
    // draws z [M, L, N] with log_q [M, L].
    Tensor kl(const Graph&, const Tensor& heads, const Tensor& z, const Tensor& log_q) const;
    Tensor log_priors(const Graph&, const Tensor& z) const;  // [M, L, N] -> [M, L]

  private:
    const GraphPlan plan_;
    const std::int64_t noise_samples_;
    const torch::Device device_;
    const bool closed_kl_;
};

}  // namespace elbow::torch_models
