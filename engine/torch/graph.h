#pragma once

// A model in LibTorch's words over given parameters: what the members of the families (model/
// members.h) compute on. For this room alone, because LibTorch's headers take long to compile. Used
// by one thread.

// Not torch/torch.h, whose modules, optimisers and data loaders take half a minute to compile.
#include <ATen/core/ivalue.h>  // first: clang 14 in C++20 needs the complete type
#include <torch/autograd.h>
#include <torch/cuda.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/core/rng.h"
#include "engine/data/batch.h"
#include "engine/model/spec.h"

namespace elbow::torch_models {

using torch::Tensor;

// From here on LibTorch computes on this thread alone: its own pools would fight with the Team's
// threads.
void compute_alone();

// Where the leaves of a model's graphs lie in its flat buffer: worked out once a model.
struct GraphPlan {
    explicit GraphPlan(const model::ModelSpec&);

    struct Leaf {
        std::int64_t offset;
        std::vector<std::int64_t> shape;
    };
    model::ModelSpec spec;
    std::int64_t size;         // of the buffer, floats
    std::vector<Leaf> leaves;  // by offset
    std::unordered_map<std::string, std::size_t> by_name;
};

class Graph {
  public:
    // The plan outlives this. Leaves are views of the caller's memory, which is only read; on
    // another device they are copies.
    Graph(const GraphPlan&, std::span<const float> parameters, const torch::Device&,
          bool differentiable);
    // Over leaves in the plan's order, which lie on a device with the images [count, D] (bytes)
    // that batches are taken from. LibTorch computes all of it, on the processor, too: so a test
    // there sees what a graphics card will do.
    Graph(const GraphPlan&, std::vector<Tensor> leaves, Tensor images);
    // For what needs no parameters: draws from posteriors, and their KL.
    explicit Graph(const GraphPlan& plan) : plan_(plan), device_(torch::kCPU) {}

    const model::ModelSpec& spec() const { return plan_.spec; }

    // --- what the members are written in ---------------------------------------------------------

    // A block by its name.
    const Tensor& operator()(const std::string& name) const;
    // x [B, in] -> [B, out] by LAYER.weight and LAYER.bias.
    Tensor linear(const Tensor& x, const std::string& layer) const;
    // The last layers: features [B, F] -> all parts of what encoder and decoder put out.
    Tensor encoder_heads(const Tensor& features) const;
    Tensor decoder_outputs(const Tensor& features) const;
    // By a name of the option "activation".
    Tensor activated(const Tensor& sums, const std::string& activation) const;
    // x [B, n] to mean 0 and variance 1 over each row, times LAYER.gain, plus LAYER.shift.
    Tensor normalised(const Tensor& x, const std::string& layer) const;
    // x [B, C, H, W] by LAYER.weight and LAYER.bias.
    Tensor convolution(const Tensor& x, const std::string& layer, int stride, int padding) const;
    // The way back of a convolution of stride 2: to images of this size, [B, C', height, width].
    Tensor transposed(const Tensor& x, const std::string& layer, int padding, int height,
                      int width) const;
    // x [B, D] in [0, 1], logits l [B, D] -> the sum of x l - softplus(l) over each row, [B], nats.
    Tensor bernoulli_log_density(const Tensor& x, const Tensor& logits) const;
    // [B, n] and [B, classes], which may be undefined -> [B, n + classes]
    Tensor joined(const Tensor& x, const Tensor& label) const;

    // --- the model -------------------------------------------------------------------------------

    // x [B, D] in [0, 1], label [B, classes] or undefined -> heads [B, S]
    Tensor encode(const Tensor& x, const Tensor& label) const;
    // z [B, N] -> outputs [B, O]
    Tensor decode(const Tensor& z, const Tensor& label) const;
    std::pair<Tensor, Tensor> moments(const Tensor& heads) const;  // [B, N] each
    // epsilon [M, L, N] -> z [M, L, N] and log q(z|x) [M, L]
    std::pair<Tensor, Tensor> draw(const Tensor& heads, const Tensor& epsilon) const;
    // log q(z|x) of each z [B, N] under its own heads [B, S]: [B]. For posteriors that have it.
    Tensor log_posterior(const Tensor& heads, const Tensor& z) const;
    Tensor kl_per_latent(const Tensor& heads) const;  // [B, N], where it has a closed form
    Tensor log_prior(const Tensor& z) const;          // [B, N] -> [B]
    Tensor sample_prior(const Tensor& epsilon, const Tensor& uniform) const;  // [B, N], [B]
    // [B]. known [D], true where a value counts; undefined: all do.
    Tensor log_likelihood(const Tensor& x, const Tensor& outputs, const Tensor& known = {}) const;
    Tensor mean_image(const Tensor& outputs) const;  // [B, D] in [0, 1]
    // Images drawn from p(x|z), [B, D]; the numbers of the stream from `position` on.
    Tensor draw_images(const Tensor& outputs, const Stream&, std::uint64_t position) const;

    Tensor targets(const data::Batch&) const;  // [B, D] in [0, 1]
    Tensor known(const data::Batch&) const;    // [D] of truths; undefined: all values are known
    // [B, classes]; undefined for a model that is told no labels. Throws Error for images that have
    // none, or others than the model knows.
    Tensor labels(const data::Batch&) const;
    Tensor one_hot(std::span<const std::uint8_t> labels) const;
    // The stream's standard normals, and numbers in [0, 1), from `position` on.
    Tensor normals(const Stream&, std::uint64_t position, const std::vector<std::int64_t>&) const;
    Tensor uniforms(const Stream&, std::uint64_t position, const std::vector<std::int64_t>&) const;
    // What the stream's draws of Bernoullis compare a probability with, in (0, 1).
    Tensor thresholds(const Stream&, std::uint64_t position,
                      const std::vector<std::int64_t>&) const;

    // The gradient of a scalar by each leaf; undefined where it does not depend on it.
    std::vector<Tensor> by_leaf(const Tensor& objective) const;
    // Each parameter's in its place; zero where the scalar does not depend on it.
    void differentiate(const Tensor& objective, std::span<float> gradients) const;

  private:
    bool by_our_functions(const Tensor&) const;
    Tensor host_values(const std::vector<std::int64_t>& shape,
                       torch::ScalarType = torch::kFloat32) const;
    Tensor on_device(const Tensor& host) const;

    const GraphPlan& plan_;
    torch::Device device_;
    std::vector<Tensor> leaves_;  // in the plan's order
    Tensor images_;               // undefined: batches are on the host
    bool our_functions_ = true;   // functions.h, where they can
};

}  // namespace elbow::torch_models
