#pragma once

// The paper's VAE once more, in double precision and written for reading rather than speed: what
// the kernels are held against. One image at a time.

#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <string>
#include <vector>

#include "engine/core/rng.h"
#include "engine/fused/architecture.h"

namespace elbow::test {

// log p(x|z) of a Bernoulli decoder with logits l, in nats: sum_d x l - log(1 + e^l), appendix C.1
// with y = 1 / (1 + e^-l); the logarithm is written so that e^l cannot overflow.
inline double log_likelihood(std::span<const double> x, std::span<const double> logits) {
    double nats = 0.0;
    for (std::size_t d = 0; d < x.size(); ++d) {
        const double l = logits[d];
        nats += x[d] * l - (std::max(l, 0.0) + std::log1p(std::exp(-std::abs(l))));
    }
    return nats;
}

// log p(x|z) of a Gaussian decoder in nats, appendix C.2: outputs [2D] hold the means before their
// sigmoid, then the log variances, which with a floor stay above it: w = f + log(1 + e^(v - f)).
inline double gaussian_log_likelihood(std::span<const double> x, std::span<const double> outputs,
                                      bool floor) {
    const double lowest = std::log(1.0 / (256.0 * 256.0 * 12.0));
    double nats = 0.0;
    for (std::size_t d = 0; d < x.size(); ++d) {
        const double mean = 1.0 / (1.0 + std::exp(-outputs[d]));
        const double v = outputs[x.size() + d];
        const double t = v - lowest;
        const double w = floor ? lowest + std::max(t, 0.0) + std::log1p(std::exp(-std::abs(t))) : v;
        const double error = x[d] - mean;
        nats -= 0.5 * (std::log(2.0 * std::numbers::pi) + w + error * error * std::exp(-w));
    }
    return nats;
}

// KL(q || N(0, I)) in nats for each latent, appendix B: -1/2 (1 + v - mu^2 - e^v).
inline std::vector<double> kl_per_latent(std::span<const double> mean,
                                         std::span<const double> log_variance) {
    std::vector<double> kl;
    for (std::size_t n = 0; n < mean.size(); ++n) {
        kl.push_back(-0.5 *
                     (1.0 + log_variance[n] - mean[n] * mean[n] - std::exp(log_variance[n])));
    }
    return kl;
}

inline std::vector<double> doubles(std::span<const float> values) {
    return {values.begin(), values.end()};
}

// Targets of one image, [D] in [0, 1].
inline std::vector<double> targets(std::span<const std::uint8_t> pixels, float scale) {
    std::vector<double> x;
    for (const std::uint8_t pixel : pixels) x.push_back(static_cast<double>(pixel) * scale);
    return x;
}

class ReferenceVae {
  public:
    ReferenceVae(const fused::Architecture& architecture, std::span<const float> values)
        : parameters(doubles(values)), architecture_(architecture), layout_(architecture) {}

    struct Posterior {
        std::vector<double> mean, log_variance;  // [N]
    };
    Posterior encode(std::span<const double> x) const {
        const std::vector<double> hidden = activated(linear("encoder.hidden", x));
        return {linear("encoder.mean", hidden), linear("encoder.log_variance", hidden)};
    }
    // [O], as Architecture::outputs() says.
    std::vector<double> decode(std::span<const double> z) const {
        const std::vector<double> hidden = activated(linear("decoder.hidden", z));
        if (architecture_.likelihood == fused::Likelihood::kBernoulli)
            return linear("decoder.logits", hidden);
        std::vector<double> outputs = linear("decoder.mean", hidden);
        for (const double v : linear("decoder.log_variance", hidden)) outputs.push_back(v);
        return outputs;
    }
    double log_likelihood(std::span<const double> x, std::span<const double> z) const {
        return architecture_.likelihood == fused::Likelihood::kBernoulli
                   ? test::log_likelihood(x, decode(z))
                   : gaussian_log_likelihood(x, decode(z), architecture_.variance_floor);
    }

    struct Terms {
        double reconstruction, kl;  // nats
        double bound() const { return reconstruction - kl; }
    };
    // One image's estimate of the bound, equation 10: epsilon [L, N].
    Terms terms(std::span<const double> x, std::span<const double> epsilon,
                int noise_samples) const {
        const Posterior q = encode(x);
        Terms result{0.0, 0.0};
        for (const double kl : kl_per_latent(q.mean, q.log_variance)) result.kl += kl;
        const std::size_t latents = q.mean.size();
        for (int sample = 0; sample < noise_samples; ++sample) {
            std::vector<double> z;
            for (std::size_t n = 0; n < latents; ++n) {
                const double e = epsilon[static_cast<std::size_t>(sample) * latents + n];
                z.push_back(q.mean[n] + std::exp(0.5 * q.log_variance[n]) * e);
            }
            result.reconstruction += log_likelihood(x, z) / noise_samples;
        }
        return result;
    }

    std::vector<double> parameters;  // free to be changed: finite differences do

  private:
    std::vector<double> linear(const std::string& layer, std::span<const double> input) const {
        const model::ParameterView& weight = layout_.view(layer + ".weight");
        const model::ParameterView& bias = layout_.view(layer + ".bias");
        std::vector<double> output;
        for (std::int64_t row = 0; row < weight.shape[0]; ++row) {
            double sum = parameters[static_cast<std::size_t>(bias.offset + row)];
            const double* w = parameters.data() + weight.offset + row * weight.shape[1];
            for (std::int64_t column = 0; column < weight.shape[1]; ++column) {
                sum += w[column] * input[static_cast<std::size_t>(column)];
            }
            output.push_back(sum);
        }
        return output;
    }
    std::vector<double> activated(std::vector<double> sums) const {
        const bool relu = architecture_.activation == fused::Activation::kRelu;
        for (double& sum : sums) sum = relu ? std::max(sum, 0.0) : std::tanh(sum);
        return sums;
    }

    fused::Architecture architecture_;
    model::ParameterLayout layout_;
};

// Glorot weights, and biases that are not zero, so that a forgotten bias shows.
inline std::vector<float> random_parameters(const fused::Architecture& architecture,
                                            std::uint64_t seed) {
    std::vector<float> parameters = model::initial_parameters(architecture, "glorot", seed);
    const model::ParameterLayout layout(architecture);
    const Stream stream(seed, "test biases");
    for (const model::ParameterView& view : layout.views()) {
        if (view.start != model::Start::kBiases) continue;
        const auto block = std::span(parameters)
                               .subspan(static_cast<std::size_t>(view.offset),
                                        static_cast<std::size_t>(view.size()));
        stream.normals(static_cast<std::uint64_t>(view.offset), block);
        for (float& bias : block) bias *= 0.2F;
    }
    return parameters;
}

// Grey images: about half of the pixels black, some white, the others between.
inline std::vector<std::uint8_t> random_pixels(std::size_t count, std::uint64_t seed) {
    const Stream stream(seed, "test pixels");
    std::vector<std::uint8_t> pixels;
    for (std::size_t i = 0; i < count; ++i) {
        const double value = stream.uniform(i) * 600.0 - 300.0;
        pixels.push_back(static_cast<std::uint8_t>(std::min(std::max(value, 0.0), 255.0)));
    }
    return pixels;
}

}  // namespace elbow::test
