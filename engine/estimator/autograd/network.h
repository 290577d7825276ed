#pragma once

// The paper's VAE in LibTorch's words over the parameters of one step: the plainly written
// counterpart of the passes in engine/model. For twins.cpp alone, because torch.h takes long to
// compile. Used by the Session's thread alone.

// Not torch/torch.h, whose modules, optimisers and data loaders take half a minute to compile.
#include <ATen/core/ivalue.h>  // first: clang 14 in C++20 needs the complete type
#include <torch/autograd.h>
#include <torch/cuda.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/model/architecture.h"
#include "engine/model/kernels.h"

namespace elbow::estimator {

class Network {
  public:
    // One leaf for each view of the layout, in its order: on the CPU over the caller's memory
    // (only read), elsewhere a copy.
    Network(const model::Architecture& architecture, const model::ParameterLayout& layout,
            std::span<const float> parameters, const torch::Device& device)
        : architecture_(architecture), layout_(layout) {
        for (const model::ParameterView& view : layout.views()) {
            auto* const values = const_cast<float*>(parameters.data() + view.offset);
            const std::vector<std::int64_t> shape =
                view.is_bias ? std::vector{view.rows} : std::vector{view.rows, view.columns};
            leaves_.push_back(
                torch::from_blob(values, shape, torch::kFloat32).to(device).requires_grad_());
            by_name_.emplace(view.name, leaves_.back());
        }
    }

    struct Posterior {
        torch::Tensor mean, log_variance;  // [M, N] of q(z|x)
    };
    // x [M, D]
    Posterior encode(const torch::Tensor& x) const {
        const torch::Tensor hidden = activated(linear(x, "encoder.hidden"));
        return {linear(hidden, "encoder.mean"), linear(hidden, "encoder.log_variance")};
    }

    struct Outputs {
        torch::Tensor logits;        // [B, D]; their sigmoid is the mean of p(x|z)
        torch::Tensor log_variance;  // [B, D] w, as kernels.h says; of a Gaussian alone
    };
    // z [B, N]
    Outputs decode(const torch::Tensor& z) const {
        const torch::Tensor hidden = activated(linear(z, "decoder.hidden"));
        if (architecture_.likelihood == model::Likelihood::kBernoulli)
            return {linear(hidden, "decoder.logits"), {}};
        constexpr double kFloor = model::kQuantisationLogVariance;
        const torch::Tensor v = linear(hidden, "decoder.log_variance");
        // softplus(t) = -log sigmoid(-t)
        return {linear(hidden, "decoder.mean"),
                architecture_.variance_floor ? kFloor - torch::log_sigmoid(kFloor - v) : v};
    }

    // log p(x|z) in nats, [B], of x [B, D] in [0, 1].
    torch::Tensor log_likelihood(const torch::Tensor& x, const Outputs& outputs) const {
        // Appendix C.1 in terms of logits l: x l - softplus(l).
        if (architecture_.likelihood == model::Likelihood::kBernoulli)
            return (x * outputs.logits + torch::log_sigmoid(-outputs.logits)).sum(1);
        // Appendix C.2.
        const torch::Tensor error = x - torch::sigmoid(outputs.logits);
        const torch::Tensor& w = outputs.log_variance;
        return -0.5 *
               (std::log(2.0 * std::numbers::pi) + w + error.square() * torch::exp(-w)).sum(1);
    }

    // The gradient of a scalar, each parameter's in its place.
    void differentiate(const torch::Tensor& objective, std::span<float> gradients) const {
        const auto by_leaf = torch::autograd::grad({objective}, leaves_);
        for (std::size_t i = 0; i < by_leaf.size(); ++i) {
            const torch::Tensor gradient = by_leaf[i].to(torch::kCPU).contiguous();
            std::copy_n(gradient.data_ptr<float>(), layout_.views()[i].size(),
                        gradients.data() + layout_.views()[i].offset);
        }
    }

  private:
    torch::Tensor linear(const torch::Tensor& input, const std::string& layer) const {
        return torch::linear(input, by_name_.at(layer + ".weight"), by_name_.at(layer + ".bias"));
    }

    torch::Tensor activated(const torch::Tensor& sums) const {
        return architecture_.activation == model::Activation::kRelu ? torch::relu(sums)
                                                                    : torch::tanh(sums);
    }

    const model::Architecture& architecture_;
    const model::ParameterLayout& layout_;
    std::vector<torch::Tensor> leaves_;
    std::unordered_map<std::string_view, torch::Tensor> by_name_;
};

}  // namespace elbow::estimator
