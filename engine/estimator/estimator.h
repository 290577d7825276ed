#pragma once

// An estimator turns a minibatch into the gradient of its objective. Used by the Session's thread
// alone.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "engine/core/registry.h"
#include "engine/core/rng.h"
#include "engine/core/team.h"
#include "engine/data/batch.h"
#include "engine/fused/matrix.h"
#include "engine/model/spec.h"

namespace elbow::estimator {

struct Minibatch : data::Batch {
    const Stream* noise;           // standard normals
    std::uint64_t noise_position;  // epsilon of row m, sample l, latent n is number
                                   // noise_position + (m * L + l) * N + n of the stream
    double kl_weight = 1.0;        // beta, as far as its warm-up has come
    int update = 0;                // index of this update within the minibatch
    const float* codes = nullptr;  // [M, N] where z was found in another way than by the encoder
};

// Sums over the minibatch, in nats.
struct BoundSum {
    double reconstruction = 0.0;  // mean over the L noise samples of log p(x|z)
    double kl = 0.0;    // KL(q(z|x) || p(z)), closed form or as the estimator estimates it
    double gain = 0.0;  // of the importance-weighted bound over the plain one
    double bound() const { return reconstruction - kl + gain; }
};

// Something that an estimator remembers from step to step, saved with a checkpoint.
struct EstimatorState {
    std::string name;  // "mcem.chains"
    std::vector<float>* values;
};

// Something beside the bound that can be watched while it learns.
struct Reading {
    const char* name;                             // "HMC acceptance"
    const char* unit;                             // "fraction of proposals accepted"
    const char* help;                             // one sentence
    double value;                                 // of the last minibatch
    std::optional<double> target = std::nullopt;  // what it is steered towards
};

class Estimator {
  public:
    virtual ~Estimator() = default;

    // Overwrites every parameter's part of `gradients` [layout.size()] with the gradient of the
    // objective *summed* over the minibatch (ascent direction), leaving the gaps between blocks as
    // they are, and returns the bound at `parameters`.
    virtual BoundSum gradient(std::span<const float> parameters, const Minibatch&,
                              std::span<float> gradients) = 0;

    // How many updates are made from one minibatch; gradient() is called for each of them.
    virtual int updates() const { return 1; }
    virtual std::vector<EstimatorState> state() { return {}; }
    // Always the same ones in the same order, whatever was learnt.
    virtual std::vector<Reading> readings() const { return {}; }
};

struct EstimatorSetup {
    model::ModelSpec spec;
    int noise_samples;  // L >= 1
    Team* team;         // outlives the estimator
    std::uint64_t seed = 1;
    int train_count = 0;         // training images
    std::string device = "cpu";  // or "cuda", where LibTorch differentiates
    fused::Precision precision = fused::Precision::kFloat32;  // of the matrix products of gradients
    bool by_torch = false;                                    // LibTorch differentiates
};

// What the numbers of a run that uses the estimator are.
enum class Measure {
    kLowerBound,          // reconstruction - KL
    kImportanceWeighted,  // the IWAE bound with k = L samples
    kReconstruction,      // there is no bound: log p(x|z) at the encoder's mean
    kNothing,             // there is no encoder, so nothing can be said about an image at once
};

struct EstimatorEntry {
    std::string name;     // "sgvb_b"
    std::string title;    // as people call it
    std::string summary;  // one sentence
    Measure measure;
    std::unique_ptr<Estimator> (*make)(const EstimatorSetup&);  // with our own kernels
    bool weighs_kl = false;  // there is a KL in its objective, for beta and its warm-up
    bool of_parts = false;   // made of a decoder's learner or another estimator, whoever computes
                             // those: `make` serves LibTorch, too
    bool has_weight_prior = false;   // its objective contains the prior on the weights, which the
                                     // optimiser must not add once more
    bool mean_weights = false;       // the model's weights are the means of a posterior over them
    const char* no_noise = nullptr;  // where noise samples decide nothing: why, in a sentence
    bool has_prior = true;           // its objective contains the prior p(z)
    bool needs_density = false;      // log q(z|x) at any z
};

const Registry<EstimatorEntry>& estimators();

// `name` is an estimator ("sgvb_b"), `gradients` "fused", "bfloat16", "autograd" or "auto": our own
// kernels where they serve the model, else autograd. Throws
// UsageError for an unknown pair and Error where LibTorch's module cannot be opened.
std::unique_ptr<Estimator> make_estimator(const std::string& name, const std::string& gradients,
                                          const EstimatorSetup&);

}  // namespace elbow::estimator
