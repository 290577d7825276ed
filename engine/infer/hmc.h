#pragma once

// Hamiltonian Monte Carlo (Neal 2011) on a batch of chains, one an image, each of which draws from
// p(z|x). Owned and used by one thread; the same noise and the same start give the same chains.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/rng.h"
#include "engine/infer/log_joint.h"

namespace elbow::infer {

// Means over the chains of one iteration, but for those that stand where the density is not finite:
// they tell nothing about the step size. Both are 0 if that is all of them.
struct Acceptance {
    double rate = 0.0;         // the fraction of the proposals that were accepted
    double probability = 0.0;  // min(1, e^-dH), whose expectation is the rate and which varies less
};

class Hmc {
  public:
    // Each chain's step size is drawn anew in every iteration from 1 +- jitter times the common
    // one: without that a trajectory can last half an orbit of the posterior and hardly mix (Neal
    // 2011, 3.2). leapfrog_steps >= 1, 0 <= jitter < 1.
    explicit Hmc(int leapfrog_steps, double jitter = 0.2);

    // Starts chains at z [count, N], which belong to images [count]; one evaluation.
    void start(LogJoint&, std::span<const std::uint32_t> images, std::span<const float> z);

    // Evaluates the density afresh where the chains stand: for when the model's weights changed.
    void refresh(LogJoint&);

    // One iteration of every chain: new momenta, a trajectory, Metropolis acceptance on
    // -log p(x, z) + |r|^2 / 2. Costs leapfrog_steps evaluations. Reads numbers [position,
    // position + numbers_per_step()) of `noise`. A proposal at which the density or its gradient is
    // not finite is rejected.
    Acceptance step(LogJoint&, double step_size, const Stream& noise, std::uint64_t position);
    std::uint64_t numbers_per_step() const { return z_.size(); }

    std::span<const float> z() const { return z_; }                       // [count, N]
    std::span<const double> log_density() const { return log_density_; }  // [count], log p(x, z)

  private:
    void draw(double step_size, const Stream& noise, std::uint64_t position);
    void kick(float part);
    void drift();
    double kinetic_energy(std::size_t chain) const;
    void take_proposal(std::size_t chain);
    bool proposal_is_finite(std::size_t chain) const;

    int leapfrog_steps_;
    double jitter_;
    std::size_t latents_ = 0;
    std::vector<std::uint32_t> images_;  // [count]
    // Where the chains stand, and where their proposals do.
    std::vector<float> z_, proposed_z_;                // [count, N]
    std::vector<float> gradient_, proposed_gradient_;  // [count, N]
    std::vector<double> log_density_, proposed_log_density_;
    std::vector<float> momentum_;   // [count, N], r
    std::vector<float> step_size_;  // [count]
    std::vector<double> energy_;    // [count] at the start of the trajectory
};

// Steers a step size towards an acceptance rate by the rule of the paper's author: after each
// iteration it is multiplied or divided by min(1.25, 1.02^min(100, batch)).
class StepSizeTuner {
  public:
    explicit StepSizeTuner(double step_size, double target = 0.9);

    // `acceptance` of `batch` chains. For a handful of chains give Acceptance::probability: their
    // rate lies seldom near the target, and the rule would settle at its median instead of its
    // mean.
    void update(double acceptance, int batch);
    double step_size() const { return step_size_; }

  private:
    double step_size_;
    double target_;
};

}  // namespace elbow::infer
