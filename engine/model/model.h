#pragma once

// The contract of a model: what everything but training needs to know of one. Pure functions of
// (parameters, input), all spans row-major; the workspace belongs to one thread, so each thread has
// a Model of its own. A row's result does not depend on the other rows. Whoever includes this asks
// no model which network, posterior, prior or likelihood it has.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/rng.h"
#include "engine/data/batch.h"
#include "engine/model/layout.h"
#include "engine/model/spec.h"

namespace elbow::model {

using Parameters = std::span<const float>;  // [layout().size()]

// q(z|x) of a number of images.
struct Posteriors {
    std::vector<float> mean;       // [count, N] of z
    std::vector<float> deviation;  // [count, N] of z
    std::vector<float> heads;      // [count, S] what draws are made from
};

class Model {
  public:
    // Throws UsageError where the spec describes no model.
    explicit Model(const ModelSpec&);
    virtual ~Model() = default;
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;

    const ModelSpec& spec() const { return spec_; }
    const ParameterLayout& layout() const { return layout_; }
    int latents() const { return spec_.latents; }                                            // N
    std::size_t dimensions() const { return static_cast<std::size_t>(spec_.image.size()); }  // D
    std::size_t outputs() const { return outputs_; }                                         // O

    // The most rows of a call that takes a few milliseconds, for a thread that others wait for. Of
    // the spec alone, so that results do not depend on the machine's speed.
    virtual std::size_t rows_at_once() const = 0;

    virtual void encode(Parameters, const data::Batch&, Posteriors&) = 0;
    // z [R, N] from epsilon [R, N], row r of the posterior number rows[r]; where log_q [R] is not
    // empty, log q(z|x) of each, nats.
    virtual void draw(const Posteriors&, std::span<const std::uint32_t> rows,
                      std::span<const float> epsilon, std::span<float> z,
                      std::span<double> log_q) = 0;
    // KL(q(z|x) || p(z)) by latent, [count, N], nats. False where it has no closed form.
    virtual bool kl_per_latent(const Posteriors&, std::span<double>) = 0;

    // z [R, N] and the labels of its rows, [R], empty for a model that is told none -> what the
    // decoder puts out, [R, O].
    virtual void decode(Parameters, std::span<const float> z, std::span<const std::uint8_t> labels,
                        std::span<float> outputs) = 0;
    // log p(x|z) of each image with its outputs, [R], nats; of its known values alone, where the
    // batch says which these are. So does log_joint().
    virtual void log_likelihood(Parameters, const data::Batch&, std::span<const float> outputs,
                                std::span<double> nats) = 0;
    // The means of p(x|z), [R, D]: 0 to 1, and as grey values, 0 to 255.
    virtual void means(Parameters, std::span<const float> outputs, std::span<float> images) = 0;
    virtual void pictures(Parameters, std::span<const float> outputs,
                          std::span<std::uint8_t> images) = 0;

    // log p(z) [R], nats, and, where dz [R, N] is not empty, its slope.
    virtual void log_prior(Parameters, std::span<const float> z, std::span<double> nats,
                           std::span<float> dz) = 0;
    // z [R, N] ~ p(z), the draws number `first` on of the stream.
    virtual void sample_prior(Parameters, const Stream&, std::uint64_t first,
                              std::span<float> z) = 0;

    // log p(x, z) of each image with its z, [R], nats, and, where dz [R, N] is not empty, its slope
    // in z.
    virtual void log_joint(Parameters, const data::Batch&, std::span<const float> z,
                           std::span<double> nats, std::span<float> dz) = 0;

  private:
    ModelSpec spec_;
    ParameterLayout layout_;
    std::size_t outputs_;
};

// By our own kernels where they serve the spec (fused/, which defines it), else by LibTorch's
// module, whose absence throws Error.
std::unique_ptr<Model> make_model(const ModelSpec&);

}  // namespace elbow::model
