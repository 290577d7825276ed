// The estimator SGVB B (section 2.3, equation 7) differentiated by LibTorch: the slow, plainly
// written counterpart of the fused kernels, for comparison and for tests. Built as a module of its
// own, because loading LibTorch takes longer than opening the window. Used by the Session's thread
// alone.

#include <ATen/core/ivalue.h>  // before torch.h: clang 14 in C++20 needs the complete type
#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/core/error.h"
#include "engine/estimator/estimator.h"
#include "engine/model/kernels.h"

// Where LibTorch multiplies matrices with OpenBLAS, its own thread pool would fight with the Team's
// threads.
extern "C" __attribute__((weak)) void openblas_set_num_threads(int threads);

namespace elbow::estimator {
namespace {

class AutogradSgvbB final : public Estimator {
  public:
    explicit AutogradSgvbB(const EstimatorSetup& setup)
        : architecture_(setup.architecture),
          layout_(setup.architecture),
          noise_samples_(setup.noise_samples) {
        at::set_num_threads(1);
        if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
    }

    BoundSum gradient(std::span<const float> parameters, const Minibatch& minibatch,
                      std::span<float> gradients) override {
        try {
            return differentiate(parameters, minibatch, gradients);
        } catch (const c10::Error& error) {
            throw Error("LibTorch could not differentiate the bound: " +
                        std::string(error.what_without_backtrace()) +
                        " Train with --gradients fused instead.");
        }
    }

  private:
    struct Terms {
        torch::Tensor reconstruction;  // [M L] log p(x|z) in nats
        torch::Tensor kl;              // [M] nats
    };

    BoundSum differentiate(std::span<const float> parameters, const Minibatch& minibatch,
                           std::span<float> gradients) {
        const std::vector<torch::Tensor> leaves = leaves_over(parameters);
        const Terms terms = forward(leaves, minibatch);
        const torch::Tensor objective =
            terms.reconstruction.sum() / noise_samples_ - minibatch.kl_weight * terms.kl.sum();
        const auto by_leaf = torch::autograd::grad({objective}, leaves);

        std::fill(gradients.begin(), gradients.end(), 0.0F);  // the gaps between blocks
        for (std::size_t i = 0; i < by_leaf.size(); ++i) {
            const torch::Tensor gradient = by_leaf[i].contiguous();
            std::copy_n(gradient.data_ptr<float>(), layout_.views()[i].size(),
                        gradients.data() + layout_.views()[i].offset);
        }
        return {terms.reconstruction.sum(torch::kFloat64).item<double>() / noise_samples_,
                terms.kl.sum(torch::kFloat64).item<double>()};
    }

    // One leaf for each view of the layout, in its order, over the caller's memory (only read).
    std::vector<torch::Tensor> leaves_over(std::span<const float> parameters) {
        std::vector<torch::Tensor> leaves;
        for (const model::ParameterView& view : layout_.views()) {
            auto* const values = const_cast<float*>(parameters.data() + view.offset);
            const std::vector<std::int64_t> shape =
                view.is_bias ? std::vector{view.rows} : std::vector{view.rows, view.columns};
            leaves.push_back(torch::from_blob(values, shape, torch::kFloat32).requires_grad_());
        }
        return leaves;
    }

    // The gathered targets, [M, D] float32 in [0, 1].
    torch::Tensor targets(const Minibatch& minibatch) const {
        const std::int64_t dimensions = architecture_.dimensions();
        const auto count = static_cast<std::int64_t>(minibatch.indices.size());
        torch::Tensor gathered = torch::empty({count, dimensions});
        float* const out = gathered.data_ptr<float>();
        for (std::int64_t row = 0; row < count; ++row) {
            const std::uint8_t* image =
                minibatch.pixels + minibatch.indices[static_cast<std::size_t>(row)] * dimensions;
            std::transform(
                image, image + dimensions, out + row * dimensions,
                [&](std::uint8_t pixel) { return static_cast<float>(pixel) * minibatch.scale; });
        }
        if (minibatch.redraw != nullptr) {
            minibatch.redraw->bernoullis(minibatch.seen * static_cast<std::uint64_t>(dimensions),
                                         {out, static_cast<std::size_t>(count * dimensions)});
        }
        return gathered;
    }

    // Standard normals [M, L, N], numbered as Minibatch says.
    torch::Tensor noise(const Minibatch& minibatch) const {
        torch::Tensor epsilon = torch::empty({static_cast<std::int64_t>(minibatch.indices.size()),
                                              noise_samples_, architecture_.latents});
        minibatch.noise->normals(
            minibatch.noise_position,
            {epsilon.data_ptr<float>(), static_cast<std::size_t>(epsilon.numel())});
        return epsilon;
    }

    torch::Tensor activated(const torch::Tensor& sums) const {
        return architecture_.activation == model::Activation::kRelu ? torch::relu(sums)
                                                                    : torch::tanh(sums);
    }

    // Appendix C.2: log N(x; m, e^w) summed over the pixels, w as kernels.h says. All [M L, D].
    torch::Tensor gaussian(const torch::Tensor& x, const torch::Tensor& m,
                           const torch::Tensor& v) const {
        constexpr double kFloor = model::kQuantisationLogVariance;
        const torch::Tensor w =
            architecture_.variance_floor ? kFloor - torch::log_sigmoid(kFloor - v) : v;
        return -0.5 *
               (std::log(2.0 * std::numbers::pi) + w + (x - m).square() * torch::exp(-w)).sum(1);
    }

    Terms forward(const std::vector<torch::Tensor>& leaves, const Minibatch& minibatch) const {
        std::unordered_map<std::string_view, torch::Tensor> by_name;
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            by_name.emplace(layout_.views()[i].name, leaves[i]);
        }
        const auto linear = [&](const torch::Tensor& input, const std::string& layer) {
            return torch::linear(input, by_name.at(layer + ".weight"), by_name.at(layer + ".bias"));
        };

        const torch::Tensor x = targets(minibatch);
        const torch::Tensor hidden = activated(linear(x, "encoder.hidden"));
        const torch::Tensor mean = linear(hidden, "encoder.mean");                  // [M, N]
        const torch::Tensor log_variance = linear(hidden, "encoder.log_variance");  // [M, N]

        // z = mu + sigma * epsilon, L times for each image.
        const torch::Tensor sigma = torch::exp(0.5 * log_variance).unsqueeze(1);
        const torch::Tensor z = (mean.unsqueeze(1) + sigma * noise(minibatch)).flatten(0, 1);
        const torch::Tensor decoded = activated(linear(z, "decoder.hidden"));  // [M L, H]
        const torch::Tensor repeated = x.repeat_interleave(noise_samples_, 0);
        torch::Tensor reconstruction;  // [M L]
        if (architecture_.likelihood == model::Likelihood::kBernoulli) {
            // Appendix C.1 in terms of logits l: x l - softplus(l), where softplus(l) = -log
            // sigmoid(-l).
            const torch::Tensor logits = linear(decoded, "decoder.logits");  // [M L, D]
            reconstruction = (repeated * logits + torch::log_sigmoid(-logits)).sum(1);
        } else {
            reconstruction = gaussian(repeated, torch::sigmoid(linear(decoded, "decoder.mean")),
                                      linear(decoded, "decoder.log_variance"));
        }
        // Appendix B.
        const torch::Tensor kl =
            -0.5 * (1 + log_variance - mean.square() - log_variance.exp()).sum(1);
        return {reconstruction, kl};
    }

    model::Architecture architecture_;
    model::ParameterLayout layout_;
    std::int64_t noise_samples_;  // L
};

}  // namespace
}  // namespace elbow::estimator

// What the program looks up in the module. The caller owns the result.
extern "C" elbow::estimator::Estimator* elbow_make_autograd_sgvb_b(
    const elbow::estimator::EstimatorSetup* setup) {
    return new elbow::estimator::AutogradSgvbB(*setup);
}
