#pragma once

// An estimator turns a minibatch into the gradient of its objective. Used by the Session's thread
// alone.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "engine/core/registry.h"
#include "engine/core/team.h"
#include "engine/estimator/minibatch.h"
#include "engine/estimator/resident.h"
#include "engine/fused/matrix.h"
#include "engine/model/spec.h"

namespace elbow::estimator {

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

    // The same objective on the device of the setup, for a run that lives there; null where some of
    // a step has to be done by the host. The estimator outlives it.
    virtual std::unique_ptr<Resident> resident(const ResidentSetup&) const { return nullptr; }
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

// `name` is an estimator ("sgvb_b"), `gradients` "fused", "autograd" or rounded ("bfloat16").
// Throws UsageError for an unknown pair and Error where LibTorch's module cannot be opened.
std::unique_ptr<Estimator> make_estimator(const std::string& name, const std::string& gradients,
                                          const EstimatorSetup&);

}  // namespace elbow::estimator
