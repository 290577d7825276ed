#pragma once

// Random images, parameters and noise for an estimator to work on, and a comparison of two
// gradients.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "engine/estimator/estimator.h"
#include "tests/engine/fused/reference_vae.h"

namespace elbow::test {

inline constexpr float kScale = 1.0F / 255.0F;

// The gradient and the bound of one minibatch.
struct Evaluated {
    std::vector<float> gradients;  // [layout.size()]
    estimator::BoundSum sum;
};

struct Problem {
    // M rows of a set of 150 grey images, some of them more than once.
    Problem(const fused::Architecture& shape, int images, int samples, std::uint64_t seed)
        : architecture(shape),
          noise_samples(samples),
          parameters(random_parameters(shape, seed)),
          pixels(random_pixels(kImages * static_cast<std::size_t>(shape.dimensions()), seed)),
          noise(seed, "noise") {
        const Stream order(seed, "order");
        for (int m = 0; m < images; ++m) {
            indices.push_back(
                static_cast<std::uint32_t>(order.below(static_cast<std::uint64_t>(m), kImages)));
        }
    }

    estimator::Minibatch minibatch() const {
        estimator::Minibatch batch{
            {pixels.data(), architecture.dimensions(), kScale, indices, seen, redraw},
            &noise,
            kNoisePosition,
            kl_weight};
        batch.augmentation = augmentation;
        return batch;
    }

    // As images of digits are.
    void blacken_four_pixels_in_five() {
        for (std::size_t i = 0; i < pixels.size(); ++i)
            if (noise.below(i, 5) != 0) pixels[i] = 0;
    }

    // What is decoded, too.
    void darken_dreams() {
        const model::ParameterLayout layout(architecture);
        const model::ParameterView& biases = layout.view("decoder.logits.bias");
        std::fill_n(parameters.begin() + biases.offset, biases.size(), -2.5F);
    }

    // What an estimator says; its buffer starts out as not-a-number, so that what it leaves out
    // shows.
    Evaluated evaluate(estimator::Estimator& estimator) const {
        Evaluated result;
        const model::ParameterLayout layout(architecture);
        result.gradients.assign(parameters.size(), 0.0F);
        for (const model::ParameterView& view : layout.views()) {
            std::fill_n(result.gradients.begin() + view.offset, view.size(),
                        std::numeric_limits<float>::quiet_NaN());
        }
        result.sum = estimator.gradient(parameters, minibatch(), result.gradients);
        return result;
    }

    Evaluated evaluate(const std::string& gradients, int team_size) const {
        Team team(team_size);
        const auto estimator = estimator::make_estimator(
            name, gradients, {architecture, noise_samples, &team, kSeed, kImages});
        return evaluate(*estimator);
    }

    // The same sums in double precision, with the noise as Minibatch numbers it.
    ReferenceVae::Terms reference_sum(const ReferenceVae& reference) const {
        const auto dimensions = static_cast<std::size_t>(architecture.dimensions());
        const std::size_t per_image =
            static_cast<std::size_t>(noise_samples) * architecture.latents;
        ReferenceVae::Terms sum{0.0, 0.0};
        for (std::size_t m = 0; m < indices.size(); ++m) {
            std::vector<float> epsilon(per_image);
            noise.normals(kNoisePosition + m * per_image, epsilon);
            const auto image = std::span(pixels).subspan(indices[m] * dimensions, dimensions);
            const auto terms =
                reference.terms(targets(image, kScale), doubles(epsilon), noise_samples);
            sum.reconstruction += terms.reconstruction;
            sum.kl += terms.kl;
        }
        return sum;
    }

    static constexpr std::uint32_t kImages = 150;
    static constexpr std::uint64_t kNoisePosition = 1001;
    static constexpr std::uint64_t kSeen = 300;
    static constexpr std::uint64_t kSeed = 17;

    std::string name = "sgvb_b";
    double kl_weight = 1.0;
    std::uint64_t seen = kSeen;
    const Stream* redraw = nullptr;
    const data::Augmentation* augmentation = nullptr;
    fused::Architecture architecture;
    int noise_samples;
    std::vector<float> parameters;
    std::vector<std::uint8_t> pixels;
    std::vector<std::uint32_t> indices;
    Stream noise;
};

// |a - b| / |b| over each named block, so that no small block hides behind a large one.
inline void expect_gradients_near(const fused::Architecture& architecture,
                                  std::span<const float> found, std::span<const double> expected,
                                  double relative) {
    const model::ParameterLayout layout(architecture);
    int blocks = 0;
    for (const model::ParameterView& view : layout.views()) {
        double difference = 0.0;
        double size = 0.0;
        for (auto i = static_cast<std::size_t>(view.offset);
             i < static_cast<std::size_t>(view.offset + view.size()); ++i) {
            difference += (found[i] - expected[i]) * (found[i] - expected[i]);
            size += expected[i] * expected[i];
        }
        // What takes no part has no gradient, exactly.
        EXPECT_LE(std::sqrt(difference), relative * std::sqrt(size)) << view.name;
        blocks += size > 0.0;
    }
    EXPECT_GE(blocks, 4) << "hardly anything has a gradient";
}

}  // namespace elbow::test
