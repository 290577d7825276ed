#pragma once

// An estimator turns a minibatch into the gradient of its objective. Used by the Session's thread
// alone.

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "engine/core/registry.h"
#include "engine/core/rng.h"
#include "engine/core/team.h"
#include "engine/model/architecture.h"

namespace elbow::estimator {

struct Minibatch {
    const std::uint8_t* pixels;              // the data set's [count, D]
    float scale;                             // target value = pixel * scale
    std::span<const std::uint32_t> indices;  // [M], rows of `pixels`
    const Stream* noise;                     // standard normals
    std::uint64_t noise_position;            // epsilon of row m, sample l, latent n is number
                                             // noise_position + (m * L + l) * N + n of the stream
};

// Sums over the minibatch, in nats; the bound is reconstruction - kl.
struct BoundSum {
    double reconstruction = 0.0;  // mean over the L noise samples of log p(x|z)
    double kl = 0.0;              // KL(q(z|x) || p(z)), closed form
    double bound() const { return reconstruction - kl; }
};

class Estimator {
  public:
    virtual ~Estimator() = default;

    // Overwrites every parameter's part of `gradients` [layout.size()] with the gradient of the
    // bound *summed* over the minibatch (ascent direction), leaving the gaps between blocks as they
    // are, and returns the bound at `parameters`.
    virtual BoundSum gradient(std::span<const float> parameters, const Minibatch&,
                              std::span<float> gradients) = 0;
};

struct EstimatorSetup {
    model::Architecture architecture;
    int noise_samples;  // L >= 1
    Team* team;         // outlives the estimator
};

struct EstimatorEntry {
    std::string name;                                           // "sgvb_b"
    std::string title;                                          // as people call it
    std::unique_ptr<Estimator> (*make)(const EstimatorSetup&);  // with our own kernels
    const char* autograd_factory;  // the function of LibTorch's module that makes its twin
};

const Registry<EstimatorEntry>& estimators();

// `name` is an estimator ("sgvb_b"), `gradients` "fused" or "autograd". Throws UsageError for an
// unknown pair and Error where LibTorch's module cannot be opened.
std::unique_ptr<Estimator> make_estimator(const std::string& name, const std::string& gradients,
                                          const EstimatorSetup&);

}  // namespace elbow::estimator
