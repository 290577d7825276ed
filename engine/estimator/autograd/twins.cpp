// Estimators differentiated by LibTorch: the slow, plainly written twins of those with fused
// kernels, from the same draws, for comparison and for tests; and what --device cuda trains with:
// the parameters and the minibatch of each step go to the graphics card, the gradient comes back.
// Built as a module of their own, because loading LibTorch takes longer than opening the window.
// Used by the Session's thread alone.

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/estimator/autograd/network.h"
#include "engine/estimator/estimator.h"

// Where LibTorch multiplies matrices with OpenBLAS, its own thread pool would fight with the Team's
// threads.
extern "C" __attribute__((weak)) void openblas_set_num_threads(int threads);

namespace elbow::estimator {
namespace {

using torch::Tensor;

// log N(z; mean, e^v) summed over the latents, appendix C.2 with e^v for sigma^2.
Tensor log_normal(const Tensor& z, const Tensor& mean, const Tensor& v) {
    return -0.5 *
           (std::log(2.0 * std::numbers::pi) + v + (z - mean).square() * torch::exp(-v)).sum(-1);
}

// KL(q(z|x) || N(0, I)), [M] nats, appendix B.
Tensor kl_of(const Network::Posterior& q) {
    return -0.5 * (1 + q.log_variance - q.mean.square() - q.log_variance.exp()).sum(1);
}

// What the twins have in common: their draws, and the way from an objective to its gradient.
class Twin : public Estimator {
  public:
    explicit Twin(const EstimatorSetup& setup)
        : architecture_(setup.architecture),
          layout_(setup.architecture),
          noise_samples_(setup.noise_samples),
          device_(setup.device == "cuda" ? torch::Device(torch::kCUDA, 0)
                                         : torch::Device(torch::kCPU)) {
        at::set_num_threads(1);
        if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
    }

    BoundSum gradient(std::span<const float> parameters, const Minibatch& batch,
                      std::span<float> gradients) override {
        try {
            const Network network(architecture_, layout_, parameters, device_);
            const Terms terms = forward(network, batch);
            network.differentiate(terms.objective, gradients);
            return {terms.reconstruction.sum(torch::kFloat64).item<double>(),
                    terms.kl.sum(torch::kFloat64).item<double>()};
        } catch (const c10::Error& error) {
            throw Error("LibTorch could not differentiate the objective: " +
                        std::string(error.what_without_backtrace()) +
                        " Train with --gradients fused instead.");
        }
    }

  protected:
    struct Terms {
        Tensor objective;       // a scalar, summed over the minibatch
        Tensor reconstruction;  // [M] mean of log p(x|z) over the L draws, nats
        Tensor kl;              // [M] nats
    };
    virtual Terms forward(const Network&, const Minibatch&) const = 0;

    // The gathered targets, [M, D] float32 in [0, 1].
    Tensor targets(const Minibatch& batch) const {
        const std::int64_t dimensions = architecture_.dimensions();
        const auto count = static_cast<std::int64_t>(batch.indices.size());
        Tensor gathered = torch::empty({count, dimensions});
        float* const out = gathered.data_ptr<float>();
        for (std::int64_t row = 0; row < count; ++row) {
            const std::uint8_t* image =
                batch.pixels + batch.indices[static_cast<std::size_t>(row)] * dimensions;
            std::transform(
                image, image + dimensions, out + row * dimensions,
                [&](std::uint8_t pixel) { return static_cast<float>(pixel) * batch.scale; });
        }
        if (batch.redraw != nullptr) {
            batch.redraw->bernoullis(batch.seen * static_cast<std::uint64_t>(dimensions),
                                     {out, static_cast<std::size_t>(count * dimensions)});
        }
        return gathered.to(device_);
    }

    // The stream's standard normals from number `position` on.
    Tensor normals(const Stream& stream, std::uint64_t position,
                   const std::vector<std::int64_t>& shape) const {
        Tensor values = torch::empty(shape);
        stream.normals(position,
                       {values.data_ptr<float>(), static_cast<std::size_t>(values.numel())});
        return values.to(device_);
    }

    // z = mu + sigma * epsilon, [M, L, N], with the noise as Minibatch numbers it.
    Tensor draw(const Network::Posterior& q, const Minibatch& batch) const {
        const Tensor epsilon = normals(*batch.noise, batch.noise_position,
                                       {q.mean.size(0), noise_samples_, q.mean.size(1)});
        return q.mean.unsqueeze(1) + torch::exp(0.5 * q.log_variance).unsqueeze(1) * epsilon;
    }

    // log p(x|z), [M, L], of x [M, D] and z [M, L, N].
    Tensor log_likelihoods(const Network& network, const Tensor& x, const Tensor& z) const {
        const Tensor repeated = x.repeat_interleave(noise_samples_, 0);
        return network.log_likelihood(repeated, network.decode(z.flatten(0, 1)))
            .view({x.size(0), noise_samples_});
    }

    const model::Architecture architecture_;
    const model::ParameterLayout layout_;
    const std::int64_t noise_samples_;  // L
    const torch::Device device_;
};

// Equation 7: the KL in closed form.
class SgvbBTwin final : public Twin {
    using Twin::Twin;

    Terms forward(const Network& network, const Minibatch& batch) const override {
        const Tensor x = targets(batch);
        const Network::Posterior q = network.encode(x);
        const Tensor reconstruction = log_likelihoods(network, x, draw(q, batch)).mean(1);
        const Tensor kl = kl_of(q);
        return {reconstruction.sum() - batch.kl_weight * kl.sum(), reconstruction, kl};
    }
};

// Equation 6: the KL estimated from the draws, too, by the two densities as they stand; that most
// of log q's gradient cancels is left to LibTorch to find.
class SgvbATwin final : public Twin {
    using Twin::Twin;

    Terms forward(const Network& network, const Minibatch& batch) const override {
        const Tensor x = targets(batch);
        const Network::Posterior q = network.encode(x);
        const Tensor z = draw(q, batch);
        const Tensor reconstruction = log_likelihoods(network, x, z).mean(1);
        const Tensor log_q = log_normal(z, q.mean.unsqueeze(1), q.log_variance.unsqueeze(1));
        const Tensor zero = torch::zeros(1, z.options());
        const Tensor log_prior = log_normal(z, zero, zero);
        const Tensor kl = (log_q - log_prior).mean(1);
        return {reconstruction.sum() - batch.kl_weight * kl.sum(), reconstruction, kl};
    }
};

// Two objectives in one sum: no gradient passes through a draw, so each reaches its own network
// alone.
class WakeSleepTwin final : public Twin {
  public:
    explicit WakeSleepTwin(const EstimatorSetup& setup)
        : Twin(setup),
          dreamt_codes_(setup.seed, "sleep/codes"),
          dreamt_images_(setup.seed, "sleep/images") {}

  private:
    Terms forward(const Network& network, const Minibatch& batch) const override {
        const Tensor x = targets(batch);
        Tensor z, dreamt_z, dreamt_x, kl;
        {
            const torch::NoGradGuard draws;
            const Network::Posterior q = network.encode(x);
            z = draw(q, batch);
            kl = kl_of(q);
            dreamt_z = normals(dreamt_codes_,
                               batch.seen * static_cast<std::uint64_t>(architecture_.latents),
                               {x.size(0), architecture_.latents});
            dreamt_x = dream(network.decode(dreamt_z), batch.seen);
        }
        const Tensor reconstruction = log_likelihoods(network, x, z).mean(1);
        const Network::Posterior q = network.encode(dreamt_x);
        const Tensor asleep = log_normal(dreamt_z, q.mean, q.log_variance);
        return {reconstruction.sum() + asleep.sum(), reconstruction, kl};
    }

    // Images drawn from p(x|z), [M, D]; the first is the `number`-th of all.
    Tensor dream(const Network::Outputs& outputs, std::uint64_t number) const {
        const std::uint64_t position =
            number * static_cast<std::uint64_t>(architecture_.dimensions());
        const Tensor mean = torch::sigmoid(outputs.logits);
        if (architecture_.likelihood == model::Likelihood::kGaussian) {
            return mean + torch::exp(0.5 * outputs.log_variance) *
                              normals(dreamt_images_, position, mean.sizes().vec());
        }
        const Tensor x = mean.to(torch::kCPU).contiguous();
        dreamt_images_.bernoullis(position,
                                  {x.data_ptr<float>(), static_cast<std::size_t>(x.numel())});
        return x.to(device_);
    }

    Stream dreamt_codes_, dreamt_images_;
};

}  // namespace
}  // namespace elbow::estimator

// What the program looks up in the module. The caller owns the result.
extern "C" elbow::estimator::Estimator* elbow_make_autograd_sgvb_b(
    const elbow::estimator::EstimatorSetup* setup) {
    return new elbow::estimator::SgvbBTwin(*setup);
}
extern "C" elbow::estimator::Estimator* elbow_make_autograd_sgvb_a(
    const elbow::estimator::EstimatorSetup* setup) {
    return new elbow::estimator::SgvbATwin(*setup);
}
extern "C" elbow::estimator::Estimator* elbow_make_autograd_wake_sleep(
    const elbow::estimator::EstimatorSetup* setup) {
    return new elbow::estimator::WakeSleepTwin(*setup);
}
// How many graphics cards LibTorch can compute on.
extern "C" int elbow_count_cuda_devices() {
    return torch::cuda::is_available() ? static_cast<int>(torch::cuda::device_count()) : 0;
}
