// SGVB A and B (equations 6 and 7) where log p(x) and p(z|x) are known: a VAE whose tanh and
// sigmoid stay where they are all but straight is x = W z + b + noise.

#include "tests/engine/infer/linear_gaussian.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>

#include "engine/estimator/estimator.h"
#include "tests/engine/estimator/minibatch_fixture.h"

namespace elbow::estimator {
namespace {

using test::ReferenceVae;

constexpr std::size_t kPixels = 12;
constexpr std::size_t kLatents = 2;
constexpr std::size_t kImages = 6;
constexpr double kDeviation = 0.01;  // of the noise; W's entries are as small
constexpr double kStraight = 0.01;   // what tanh gets of its argument
constexpr double kBent = 0.01;       // nats, for what is not quite linear

constexpr std::array kEstimators = {"sgvb_a", "sgvb_b"};

const fused::Architecture kArchitecture = {.height = 3,
                                           .width = 4,
                                           .hidden = kLatents,
                                           .latents = kLatents,
                                           .likelihood = fused::Likelihood::kGaussian,
                                           .variance_floor = false};

// W's columns are orthogonal, so that p(z|x) is a diagonal Gaussian like q(z|x).
double weight(std::size_t pixel, std::size_t latent) {
    const double turn = 2.0 * std::numbers::pi * static_cast<double>(pixel) / kPixels;
    return latent == 0 ? 0.015 * std::cos(turn) : 0.0075 * std::sin(turn);
}
double bias(std::size_t pixel) { return 0.5 + 0.004 * (static_cast<double>(pixel % 3) - 1.0); }
double precision(std::size_t latent) {  // of p(z|x)
    double sum = 1.0;
    for (std::size_t d = 0; d < kPixels; ++d) sum += std::pow(weight(d, latent) / kDeviation, 2);
    return sum;
}

struct Mean {
    double value, error;  // standard error
};

Mean mean_of(std::span<const double> values) {
    const auto count = static_cast<double>(values.size());
    double sum = 0.0, squares = 0.0;
    for (const double value : values) sum += value;
    for (const double value : values) squares += std::pow(value - sum / count, 2);
    return {sum / count, std::sqrt(squares / (count - 1.0) / count)};
}

// The network, images drawn from its model, and q(z|x) with p(z|x)'s mean plus `shift` of its
// deviations and its variance times e^`wider`.
class NearlyLinear {
  public:
    explicit NearlyLinear(double shift = 0.0, double wider = 0.0)
        : shift_(shift), wider_(wider), layout_(kArchitecture), noise_(5, "noise") {
        parameters_.assign(static_cast<std::size_t>(layout_.size()), 0.0F);
        set_decoder();
        set_encoder();
        draw_images();
    }

    const model::ParameterLayout& layout() const { return layout_; }
    ReferenceVae reference() const { return {kArchitecture, parameters_}; }

    std::vector<double> image(std::size_t number) const {
        return test::targets(std::span(pixels_).subspan(number * kPixels, kPixels), test::kScale);
    }

    test::LinearGaussian known() const {
        std::vector<double> weights, biases, images;
        for (std::size_t d = 0; d < kPixels; ++d) {
            for (std::size_t n = 0; n < kLatents; ++n) weights.push_back(weight(d, n));
            biases.push_back(bias(d));
        }
        for (std::size_t i = 0; i < kImages; ++i) {
            for (const double x : image(i)) images.push_back(x);
        }
        return {kLatents, weights, biases, kDeviation, images};
    }

    // KL(q(z|x) || p(z|x)), the same for every image.
    double kl_from_posterior() const {
        return kLatents * 0.5 * (std::exp(wider_) + shift_ * shift_ - 1.0 - wider_);
    }

    // What the estimator says of `images` with L noise samples each, `repeats` times.
    void repeat(const char* name, std::span<const std::uint32_t> images, int noise_samples,
                int repeats,
                const std::function<void(const BoundSum&, std::span<const float>)>& take) const {
        Team team(1);
        const auto estimator = make_estimator(name, "fused", {kArchitecture, noise_samples, &team});
        std::vector<float> gradients(parameters_.size(), 0.0F);
        const std::size_t numbers = images.size() * static_cast<std::size_t>(noise_samples);
        for (int i = 0; i < repeats; ++i) {
            const std::uint64_t position = static_cast<std::uint64_t>(i) * numbers * kLatents;
            const BoundSum sum = estimator->gradient(
                parameters_,
                {{pixels_.data(), kArchitecture.dimensions(), test::kScale, images},
                 &noise_,
                 position},
                gradients);
            take(sum, gradients);
        }
    }

  private:
    std::span<float> block(const char* name) {
        const model::ParameterView& view = layout_.view(name);
        return std::span(parameters_)
            .subspan(static_cast<std::size_t>(view.offset), static_cast<std::size_t>(view.size()));
    }

    void set_decoder() {
        for (std::size_t n = 0; n < kLatents; ++n)
            block("decoder.hidden.weight")[n * kLatents + n] = static_cast<float>(kStraight);
        for (std::size_t d = 0; d < kPixels; ++d) {
            const double slope = bias(d) * (1.0 - bias(d));  // of the sigmoid
            block("decoder.mean.bias")[d] = static_cast<float>(std::log(bias(d) / (1.0 - bias(d))));
            block("decoder.log_variance.bias")[d] = static_cast<float>(2.0 * std::log(kDeviation));
            for (std::size_t n = 0; n < kLatents; ++n) {
                block("decoder.mean.weight")[d * kLatents + n] =
                    static_cast<float>(weight(d, n) / (kStraight * slope));
            }
        }
    }

    void set_encoder() {
        for (std::size_t n = 0; n < kLatents; ++n) {
            double at_zero = 0.0;
            for (std::size_t d = 0; d < kPixels; ++d) {
                const double gain = weight(d, n) / (kDeviation * kDeviation * precision(n));
                at_zero -= gain * bias(d);
                block("encoder.hidden.weight")[n * kPixels + d] =
                    static_cast<float>(kStraight * gain);
            }
            block("encoder.hidden.bias")[n] = static_cast<float>(kStraight * at_zero);
            block("encoder.mean.weight")[n * kLatents + n] = static_cast<float>(1.0 / kStraight);
            block("encoder.mean.bias")[n] = static_cast<float>(shift_ / std::sqrt(precision(n)));
            block("encoder.log_variance.bias")[n] =
                static_cast<float>(wider_ - std::log(precision(n)));
        }
    }

    void draw_images() {
        std::vector<float> z(kImages * kLatents), noise(kImages * kPixels);
        Stream(3, "codes").normals(0, z);
        Stream(3, "pixels").normals(0, noise);
        for (std::size_t i = 0; i < kImages * kPixels; ++i) {
            const std::size_t d = i % kPixels;
            double x = bias(d) + kDeviation * noise[i];
            for (std::size_t n = 0; n < kLatents; ++n)
                x += weight(d, n) * z[i / kPixels * kLatents + n];
            pixels_.push_back(static_cast<std::uint8_t>(std::lround(255.0 * x)));
        }
    }

    double shift_, wider_;
    model::ParameterLayout layout_;
    Stream noise_;
    std::vector<float> parameters_;
    std::vector<std::uint8_t> pixels_;  // [kImages, D]
};

// Calls use(z [N], weight) so that the weighted sum is the expectation under q(z|x): Gauss and
// Hermite's three points in each latent, exact up to the fifth power.
void for_each_node(const ReferenceVae::Posterior& q,
                   const std::function<void(const std::vector<double>&, double)>& use) {
    constexpr std::array kNodes = {-std::numbers::sqrt3, 0.0, std::numbers::sqrt3};
    constexpr std::array kWeights = {1.0 / 6.0, 2.0 / 3.0, 1.0 / 6.0};
    for (std::size_t i = 0; i < kNodes.size() * kNodes.size(); ++i) {
        const std::array<std::size_t, kLatents> at = {i / kNodes.size(), i % kNodes.size()};
        std::vector<double> z;
        for (std::size_t n = 0; n < kLatents; ++n)
            z.push_back(q.mean[n] + std::exp(0.5 * q.log_variance[n]) * kNodes[at[n]]);
        use(z, kWeights[at[0]] * kWeights[at[1]]);
    }
}

// The expectation of both estimators.
double expected_bound(const ReferenceVae& vae, std::span<const double> x) {
    const ReferenceVae::Posterior q = vae.encode(x);
    double bound = 0.0;
    for_each_node(q, [&](const std::vector<double>& z, double share) {
        bound += share * vae.log_likelihood(x, z);
    });
    for (const double kl : test::kl_per_latent(q.mean, q.log_variance)) bound -= kl;
    return bound;
}

double log_normal(double x, double mean, double log_variance) {
    return -0.5 * (test::kLog2Pi + log_variance + std::pow(x - mean, 2) * std::exp(-log_variance));
}

// log p(x) of the network itself, by quadrature where q lies: q has to be near p(z|x).
double log_marginal(const ReferenceVae& vae, const ReferenceVae::Posterior& q,
                    std::span<const double> x) {
    const double bound = expected_bound(vae, x);
    double sum = 0.0;
    for_each_node(q, [&](const std::vector<double>& z, double share) {
        double log_ratio = vae.log_likelihood(x, z) - bound;
        for (std::size_t n = 0; n < kLatents; ++n)
            log_ratio +=
                log_normal(z[n], 0.0, 0.0) - log_normal(z[n], q.mean[n], q.log_variance[n]);
        sum += share * std::exp(log_ratio);
    });
    return bound + std::log(sum);
}

// Central differences of `objective` summed over the images, [layout.size()].
std::vector<double> slopes_of(
    const NearlyLinear& model,
    const std::function<double(const ReferenceVae&, std::size_t image)>& objective) {
    constexpr double kStep = 1e-5;
    ReferenceVae vae = model.reference();
    std::vector<double> slopes;
    const auto total = [&] {
        double sum = 0.0;
        for (std::size_t i = 0; i < kImages; ++i) sum += objective(vae, i);
        return sum;
    };
    for (double& parameter : vae.parameters) {
        const double at = parameter;
        parameter = at + kStep;
        const double above = total();
        parameter = at - kStep;
        const double below = total();
        parameter = at;
        slopes.push_back((above - below) / (2.0 * kStep));
    }
    return slopes;
}

// The gradient summed over all images, again and again: of each parameter its values.
std::vector<std::vector<double>> gradients_of(const NearlyLinear& model, const char* name) {
    constexpr int kRepeats = 400;
    const auto images = model.known().all_images();
    std::vector<std::vector<double>> values(static_cast<std::size_t>(model.layout().size()));
    model.repeat(name, images, 16, kRepeats, [&](const BoundSum&, std::span<const float> gradient) {
        for (std::size_t i = 0; i < values.size(); ++i) values[i].push_back(gradient[i]);
    });
    return values;
}

// Within five standard errors and a ten thousandth of the block's largest slope, for float32.
void expect_slopes(const model::ParameterLayout& layout,
                   const std::vector<std::vector<double>>& found, const std::vector<double>& slopes,
                   std::int64_t from = 0) {
    for (const model::ParameterView& view : layout.views()) {
        if (view.offset < from) continue;
        double largest = 0.0;
        for (std::int64_t i = view.offset; i < view.offset + view.size(); ++i)
            largest = std::max(largest, std::abs(slopes[static_cast<std::size_t>(i)]));
        for (std::int64_t i = view.offset; i < view.offset + view.size(); ++i) {
            const Mean mean = mean_of(found[static_cast<std::size_t>(i)]);
            EXPECT_NEAR(mean.value, slopes[static_cast<std::size_t>(i)],
                        5.0 * mean.error + 1e-4 * largest)
                << view.name << "[" << i - view.offset << "]";
        }
    }
}

TEST(NearlyLinear, IsTheModelWhoseLogMarginalAndPosteriorAreKnown) {
    const NearlyLinear model;
    const ReferenceVae vae = model.reference();
    const test::LinearGaussian known = model.known();
    const std::vector<double> variance = known.posterior_variance();
    for (const std::uint32_t i : known.all_images()) {
        const std::vector<double> x = model.image(i);
        const ReferenceVae::Posterior q = vae.encode(x);
        EXPECT_NEAR(log_marginal(vae, q, x), known.log_marginal(i), kBent);
        for (std::size_t n = 0; n < kLatents; ++n) {
            EXPECT_NEAR(q.mean[n], known.posterior_mean(i)[n], 0.01 * std::sqrt(variance[n]));
            EXPECT_NEAR(std::exp(q.log_variance[n]), variance[n], 1e-5);
        }
    }
}

// log p(x, z) - log q(z|x) is then log p(x), whatever z.
TEST(SgvbA, EveryDrawFromTheTruePosteriorTellsTheLogMarginal) {
    const NearlyLinear model;
    const test::LinearGaussian known = model.known();
    for (const std::uint32_t i : known.all_images()) {
        model.repeat("sgvb_a", {&i, 1}, 1, 50, [&](const BoundSum& sum, std::span<const float>) {
            EXPECT_NEAR(sum.bound(), known.log_marginal(i), 3.0 * kBent);
        });
    }
}

TEST(Sgvb, TheBoundLiesBelowTheLogMarginalByTheKlFromTheTruePosterior) {
    for (const char* name : kEstimators) {
        for (const auto& [shift, wider] : {std::pair(0.0, 0.0), std::pair(0.5, 0.0),
                                           std::pair(0.0, -1.0), std::pair(-1.0, 0.7)}) {
            SCOPED_TRACE(testing::Message() << name << ", " << shift << ", " << wider);
            const NearlyLinear model(shift, wider);
            const test::LinearGaussian known = model.known();
            for (const std::uint32_t i : known.all_images()) {
                std::vector<double> bounds;
                model.repeat(name, {&i, 1}, 64, 400,
                             [&](const BoundSum& sum, std::span<const float>) {
                                 bounds.push_back(sum.bound());
                             });
                const Mean bound = mean_of(bounds);
                ASSERT_LT(bound.error, 0.02);
                EXPECT_LE(bound.value, known.log_marginal(i) + 4.0 * bound.error + kBent);
                EXPECT_NEAR(bound.value, known.log_marginal(i) - model.kl_from_posterior(),
                            4.0 * bound.error + kBent);
            }
        }
    }
}

TEST(Sgvb, BothEstimatorsGradientsAreThatOfTheExpectedBoundInExpectation) {
    for (const auto& [shift, wider] : {std::pair(0.0, 0.0), std::pair(-1.0, 0.7)}) {
        const NearlyLinear model(shift, wider);
        const std::vector<double> slopes =
            slopes_of(model, [&](const ReferenceVae& vae, std::size_t image) {
                return expected_bound(vae, model.image(image));
            });
        for (const char* name : kEstimators) {
            SCOPED_TRACE(testing::Message() << name << ", " << shift << ", " << wider);
            expect_slopes(model.layout(), gradients_of(model, name), slopes);
        }
    }
}

// From the same noise, so that little of it is left in the difference.
TEST(Sgvb, TheEstimatorsAgreeInExpectation) {
    const NearlyLinear model(-1.0, 0.7);
    auto differences = gradients_of(model, "sgvb_a");
    const auto of_b = gradients_of(model, "sgvb_b");
    for (std::size_t i = 0; i < differences.size(); ++i) {
        for (std::size_t r = 0; r < of_b[i].size(); ++r) differences[i][r] -= of_b[i][r];
    }
    expect_slopes(model.layout(), differences, std::vector<double>(differences.size(), 0.0));

    std::vector<double> bounds;
    model.repeat(
        "sgvb_a", model.known().all_images(), 16, 400,
        [&](const BoundSum& sum, std::span<const float>) { bounds.push_back(sum.bound()); });
    std::size_t at = 0;
    model.repeat("sgvb_b", model.known().all_images(), 16, 400,
                 [&](const BoundSum& sum, std::span<const float>) { bounds[at++] -= sum.bound(); });
    const Mean difference = mean_of(bounds);
    EXPECT_NEAR(difference.value, 0.0, 4.0 * difference.error);
}

// The bound touches log p(x) there, so the decoder's slopes are the same.
TEST(Sgvb, AtTheTruePosteriorTheDecoderClimbsTheLogMarginal) {
    const NearlyLinear model;
    const ReferenceVae start = model.reference();
    const std::vector<double> slopes =
        slopes_of(model, [&](const ReferenceVae& vae, std::size_t image) {
            const std::vector<double> x = model.image(image);
            return log_marginal(vae, start.encode(x), x);
        });
    for (const char* name : kEstimators) {
        SCOPED_TRACE(name);
        expect_slopes(model.layout(), gradients_of(model, name), slopes,
                      model.layout().decoder_begin());
    }
}

}  // namespace
}  // namespace elbow::estimator
