#include "engine/infer/hmc.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"

namespace elbow::infer {
namespace {

// Where the density says nothing about the step size, it still stays a number.
constexpr double kSmallestStep = 1e-8;
constexpr double kLargestStep = 1e4;

}  // namespace

Hmc::Hmc(int leapfrog_steps, double jitter) : leapfrog_steps_(leapfrog_steps), jitter_(jitter) {
    if (leapfrog_steps < 1) {
        throw UsageError("HMC needs at least one leapfrog step; " + std::to_string(leapfrog_steps) +
                         " were asked for. Choose 1 or more.");
    }
    if (!(jitter >= 0.0 && jitter < 1.0)) {
        throw UsageError("The jitter of HMC's step size lies in [0, 1); " + std::to_string(jitter) +
                         " was asked for. Choose 0.2, or 0 for none.");
    }
}

void Hmc::start(LogJoint& joint, std::span<const std::uint32_t> images, std::span<const float> z) {
    latents_ = static_cast<std::size_t>(joint.latents());
    if (z.size() != images.size() * latents_) {
        throw Error("HMC expected " + std::to_string(images.size()) + " x " +
                    std::to_string(latents_) + " starting values and found " +
                    std::to_string(z.size()) + ". Give one z an image.");
    }
    images_.assign(images.begin(), images.end());
    z_.assign(z.begin(), z.end());
    proposed_z_.resize(z.size());
    gradient_.resize(z.size());
    proposed_gradient_.resize(z.size());
    momentum_.resize(z.size());
    log_density_.resize(images.size());
    proposed_log_density_.resize(images.size());
    step_size_.resize(images.size());
    energy_.resize(images.size());
    refresh(joint);
}

void Hmc::refresh(LogJoint& joint) { joint.evaluate(images_, z_, log_density_, gradient_); }

Acceptance Hmc::step(LogJoint& joint, double step_size, const Stream& noise,
                     std::uint64_t position) {
    draw(step_size, noise, position);
    for (std::size_t i = 0; i < images_.size(); ++i) {
        energy_[i] = kinetic_energy(i) - log_density_[i];
    }
    // Half a kick, and whole ones between the drifts, and half a kick.
    std::copy(z_.begin(), z_.end(), proposed_z_.begin());
    std::copy(gradient_.begin(), gradient_.end(), proposed_gradient_.begin());
    kick(0.5F);
    for (int step = 1; step <= leapfrog_steps_; ++step) {
        drift();
        joint.evaluate(images_, proposed_z_, proposed_log_density_, proposed_gradient_);
        kick(step == leapfrog_steps_ ? 0.5F : 1.0F);
    }

    Acceptance sum;
    double counted = 0.0;
    for (std::size_t i = 0; i < images_.size(); ++i) {
        const bool stands_well = std::isfinite(energy_[i]);
        if (stands_well) counted += 1.0;
        const double energy = kinetic_energy(i) - proposed_log_density_[i];
        if (!std::isfinite(energy) || !proposal_is_finite(i)) continue;
        // From where the density is not finite, every finite place is welcome.
        const double probability = stands_well ? std::exp(std::min(0.0, energy_[i] - energy)) : 1.0;
        const bool taken = noise.uniform(position + i) < probability;
        if (taken) take_proposal(i);
        if (!stands_well) continue;
        sum.probability += probability;
        sum.rate += taken ? 1.0 : 0.0;
    }
    if (counted == 0.0) return {};
    return {.rate = sum.rate / counted, .probability = sum.probability / counted};
}

// Momenta r ~ N(0, I), and each chain's own step size.
void Hmc::draw(double step_size, const Stream& noise, std::uint64_t position) {
    noise.normals(position, momentum_);
    for (std::size_t i = 0; i < images_.size(); ++i) {
        // The eleven bits of the word that uniform() leaves unread when the proposal is judged.
        const double unit = (static_cast<double>(noise.bits(position + i) & 0x7FFU) + 0.5) / 2048.0;
        step_size_[i] = static_cast<float>(step_size * (1.0 + jitter_ * (2.0 * unit - 1.0)));
    }
}

// r += part * step * d log p(x, z) / dz
void Hmc::kick(float part) {
    for (std::size_t i = 0; i < images_.size(); ++i) {
        const float step = part * step_size_[i];
        for (std::size_t k = i * latents_; k < (i + 1) * latents_; ++k) {
            momentum_[k] += step * proposed_gradient_[k];
        }
    }
}

// z += step * r
void Hmc::drift() {
    for (std::size_t i = 0; i < images_.size(); ++i) {
        for (std::size_t k = i * latents_; k < (i + 1) * latents_; ++k) {
            proposed_z_[k] += step_size_[i] * momentum_[k];
        }
    }
}

// |r|^2 / 2
double Hmc::kinetic_energy(std::size_t chain) const {
    double sum = 0.0;
    for (std::size_t k = chain * latents_; k < (chain + 1) * latents_; ++k) {
        sum += static_cast<double>(momentum_[k]) * momentum_[k];
    }
    return 0.5 * sum;
}

bool Hmc::proposal_is_finite(std::size_t chain) const {
    // The energy was finite, and so are density and momenta; a position or slope that is not would
    // hold the chain there for ever.
    for (std::size_t k = chain * latents_; k < (chain + 1) * latents_; ++k) {
        if (!std::isfinite(proposed_z_[k]) || !std::isfinite(proposed_gradient_[k])) return false;
    }
    return true;
}

void Hmc::take_proposal(std::size_t chain) {
    const std::size_t first = chain * latents_;
    std::copy_n(proposed_z_.begin() + static_cast<std::ptrdiff_t>(first), latents_,
                z_.begin() + static_cast<std::ptrdiff_t>(first));
    std::copy_n(proposed_gradient_.begin() + static_cast<std::ptrdiff_t>(first), latents_,
                gradient_.begin() + static_cast<std::ptrdiff_t>(first));
    log_density_[chain] = proposed_log_density_[chain];
}

StepSizeTuner::StepSizeTuner(double step_size, double target)
    : step_size_(step_size), target_(target) {
    if (!(step_size > 0.0) || !std::isfinite(step_size)) {
        throw UsageError("HMC's step size is a number above 0; " + std::to_string(step_size) +
                         " was given. Start from about 0.1.");
    }
}

void StepSizeTuner::update(double acceptance, int batch) {
    const double factor = std::min(1.25, std::pow(1.02, std::min(100, batch)));
    step_size_ *= acceptance > target_ ? factor : 1.0 / factor;
    step_size_ = std::clamp(step_size_, kSmallestStep, kLargestStep);
}

}  // namespace elbow::infer
