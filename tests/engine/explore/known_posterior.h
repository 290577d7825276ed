#pragma once

// A model whose posterior is known: a decoder whose tanh and sigmoid stay where they are all but
// straight is x = W z + b + noise, of which p(z|x) is a Gaussian.

#include <cmath>
#include <cstdint>
#include <memory>
#include <numbers>
#include <span>
#include <string>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/fused/fused_model.h"
#include "tests/engine/infer/linear_gaussian.h"

namespace elbow::test {

inline constexpr std::size_t kKnownPixels = 12;
inline constexpr double kKnownDeviation = 0.01;  // of the noise; W's entries are as small
inline constexpr double kStraight = 0.01;        // what tanh gets of its argument

inline double known_weight(std::size_t pixel, std::size_t latent) {
    const double turn = 2.0 * std::numbers::pi * static_cast<double>(pixel) / kKnownPixels;
    return latent == 0 ? 0.015 * std::cos(turn) : 0.012 * std::cos(turn + 0.5);
}
inline double known_bias(std::size_t pixel) {
    return 0.5 + 0.004 * (static_cast<double>(pixel % 3) - 1.0);
}

// The model, and one held-out image of it. The encoder says N(0, 1) whatever it sees.
class KnownPosterior {
  public:
    explicit KnownPosterior(int latents)
        : architecture_{.height = 3,
                        .width = 4,
                        .hidden = latents,
                        .latents = latents,
                        .likelihood = fused::Likelihood::kGaussian,
                        .variance_floor = false},
          model_(architecture_) {
        dataset_.name = "known";
        dataset_.height = 3;
        dataset_.width = 4;
        dataset_.held_out.count = 1;
        parameters_.assign(static_cast<std::size_t>(model_.layout().size()), 0.0F);
        const auto count = static_cast<std::size_t>(latents);
        for (std::size_t n = 0; n < count; ++n)
            block("decoder.hidden.weight")[n * count + n] = static_cast<float>(kStraight);
        std::vector<double> weights, biases, image;
        for (std::size_t d = 0; d < kKnownPixels; ++d) {
            const double b = known_bias(d), slope = b * (1.0 - b);  // of the sigmoid
            block("decoder.mean.bias")[d] = static_cast<float>(std::log(b / (1.0 - b)));
            block("decoder.log_variance.bias")[d] =
                static_cast<float>(2.0 * std::log(kKnownDeviation));
            double x = b;
            for (std::size_t n = 0; n < count; ++n) {
                block("decoder.mean.weight")[d * count + n] =
                    static_cast<float>(known_weight(d, n) / (kStraight * slope));
                weights.push_back(known_weight(d, n));
                x += known_weight(d, n) * (n == 0 ? 0.9 : -0.6);
            }
            biases.push_back(b);
            dataset_.held_out.pixels.own().push_back(
                static_cast<std::uint8_t>(std::lround(255.0 * x)));
            image.push_back(dataset_.held_out.pixels.own().back() / 255.0);
        }
        known_ = std::make_unique<LinearGaussian>(count, weights, biases, kKnownDeviation, image);
    }

    std::span<float> block(const std::string& name) {
        const model::ParameterView& view = model_.layout().view(name);
        return std::span(parameters_)
            .subspan(static_cast<std::size_t>(view.offset), static_cast<std::size_t>(view.size()));
    }
    // The encoder's answer, whatever it sees.
    void say(std::span<const double> mean, std::span<const double> variance) {
        for (std::size_t n = 0; n < mean.size(); ++n) {
            block("encoder.mean.bias")[n] = static_cast<float>(mean[n]);
            block("encoder.log_variance.bias")[n] = static_cast<float>(std::log(variance[n]));
        }
    }
    fused::FusedModel& model() { return model_; }
    model::Parameters parameters() const { return parameters_; }
    const data::Dataset& dataset() const { return dataset_; }
    const LinearGaussian& known() const { return *known_; }
    // log p(z|x) of the Gaussian.
    double log_posterior(std::span<const double> z) const {
        const std::size_t n = z.size();
        const std::vector<double> precision = known_->posterior_precision();
        const std::vector<double> mean = known_->posterior_mean(0);
        double sum = log_determinant(cholesky(precision, n), n) - static_cast<double>(n) * kLog2Pi;
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j < n; ++j)
                sum -= precision[i * n + j] * (z[i] - mean[i]) * (z[j] - mean[j]);
        }
        return 0.5 * sum;
    }

  private:
    fused::Architecture architecture_;
    fused::FusedModel model_;
    data::Dataset dataset_;
    std::vector<float> parameters_;
    std::unique_ptr<LinearGaussian> known_;
};

}  // namespace elbow::test
