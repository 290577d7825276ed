// Every estimator's gradient, with either likelihood, against central differences of its objective
// in double precision.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "engine/estimator/estimator.h"
#include "tests/engine/estimator/minibatch_fixture.h"

namespace elbow::estimator {
namespace {

using fused::Architecture;
using fused::Likelihood;
using test::Evaluated;
using test::Problem;
using test::ReferenceVae;

// One image's objective, from its targets and its draws' epsilon [L, N].
using Objective = std::function<double(const ReferenceVae&, std::span<const double> x,
                                       std::span<const double> epsilon)>;

struct Draw {
    double log_p;  // log p(x|z)
    double ratio;  // log q(z|x) - log p(z)
};

std::vector<Draw> draws_of(const ReferenceVae& vae, std::span<const double> x,
                           std::span<const double> epsilon) {
    const ReferenceVae::Posterior q = vae.encode(x);
    const std::size_t latents = q.mean.size();
    std::vector<Draw> draws;
    for (std::size_t at = 0; at < epsilon.size(); at += latents) {
        std::vector<double> z;
        double ratio = 0.0;
        for (std::size_t n = 0; n < latents; ++n) {
            const double e = epsilon[at + n];
            z.push_back(q.mean[n] + std::exp(0.5 * q.log_variance[n]) * e);
            ratio += 0.5 * (z[n] * z[n] - q.log_variance[n] - e * e);
        }
        draws.push_back({vae.log_likelihood(x, z), ratio});
    }
    return draws;
}

double log_mean_exp(const std::vector<double>& values) {
    const double most = *std::max_element(values.begin(), values.end());
    double sum = 0.0;
    for (const double value : values) sum += std::exp(value - most);
    return most + std::log(sum / static_cast<double>(values.size()));
}

double plain_objective(const ReferenceVae& vae, std::span<const double> x,
                       std::span<const double> epsilon, double kl_weight) {
    double sum = 0.0;
    const std::vector<Draw> draws = draws_of(vae, x, epsilon);
    for (const Draw& draw : draws) sum += draw.log_p - kl_weight * draw.ratio;
    return sum / static_cast<double>(draws.size());
}

double weighted_objective(const ReferenceVae& vae, std::span<const double> x,
                          std::span<const double> epsilon, double kl_weight) {
    std::vector<double> log_w;
    for (const Draw& draw : draws_of(vae, x, epsilon))
        log_w.push_back(draw.log_p - kl_weight * draw.ratio);
    return log_mean_exp(log_w);
}

Objective objective_of(const std::string& name, double kl_weight) {
    return [name, kl_weight](const ReferenceVae& vae, std::span<const double> x,
                             std::span<const double> epsilon) {
        if (name == "sgvb_a") return plain_objective(vae, x, epsilon, kl_weight);
        if (name == "iwae") return weighted_objective(vae, x, epsilon, kl_weight);
        if (name == "autoencoder") return vae.log_likelihood(x, vae.encode(x).mean);
        const auto latents = vae.encode(x).mean.size();
        const auto terms = vae.terms(x, epsilon, static_cast<int>(epsilon.size() / latents));
        return terms.reconstruction - kl_weight * terms.kl;
    };
}

double sum_over(const Problem& problem, const ReferenceVae& vae, const Objective& objective) {
    const auto dimensions = static_cast<std::size_t>(problem.architecture.dimensions());
    const std::size_t per_image =
        static_cast<std::size_t>(problem.noise_samples) * problem.architecture.latents;
    double sum = 0.0;
    for (std::size_t m = 0; m < problem.indices.size(); ++m) {
        std::vector<float> epsilon(per_image);
        problem.noise.normals(Problem::kNoisePosition + m * per_image, epsilon);
        const auto image =
            std::span(problem.pixels).subspan(problem.indices[m] * dimensions, dimensions);
        sum += objective(vae, test::targets(image, test::kScale), test::doubles(epsilon));
    }
    return sum;
}

std::vector<double> slopes_of(const Problem& problem, const Objective& objective) {
    constexpr double kStep = 1e-5;
    ReferenceVae vae(problem.architecture, problem.parameters);
    std::vector<double> slopes;
    for (double& parameter : vae.parameters) {
        const double at = parameter;
        parameter = at + kStep;
        const double above = sum_over(problem, vae, objective);
        parameter = at - kStep;
        const double below = sum_over(problem, vae, objective);
        parameter = at;
        slopes.push_back((above - below) / (2.0 * kStep));
    }
    return slopes;
}

Architecture tiny(Likelihood likelihood, bool floor) {
    return {.height = 5,
            .width = 4,
            .hidden = 11,
            .latents = 2,
            .likelihood = likelihood,
            .variance_floor = floor};
}

// Blocks that the objective leaves alone have to stay exactly zero.
void expect_slopes(const Architecture& architecture, const Evaluated& found,
                   const std::vector<double>& slopes, double relative) {
    const model::ParameterLayout layout(architecture);
    for (const model::ParameterView& view : layout.views()) {
        double difference = 0.0;
        double size = 0.0;
        for (auto i = static_cast<std::size_t>(view.offset);
             i < static_cast<std::size_t>(view.offset + view.size()); ++i) {
            difference += (found.gradients[i] - slopes[i]) * (found.gradients[i] - slopes[i]);
            size += slopes[i] * slopes[i];
        }
        EXPECT_LE(std::sqrt(difference), relative * std::sqrt(size)) << view.name;
    }
}

class Gradients : public testing::TestWithParam<const char*> {};

TEST_P(Gradients, AreTheSlopesOfTheObjectiveWithEitherLikelihood) {
    for (const Likelihood likelihood : {Likelihood::kBernoulli, Likelihood::kGaussian}) {
        for (const bool floor : {true, false}) {
            for (const double kl_weight : {1.0, 0.3}) {
                SCOPED_TRACE(testing::Message()
                             << (likelihood == Likelihood::kGaussian ? "Gaussian" : "Bernoulli")
                             << (floor ? ", floor" : "") << ", KL times " << kl_weight);
                Problem problem(tiny(likelihood, floor), 3, 3, 21);
                problem.name = GetParam();
                problem.kl_weight = kl_weight;
                const auto slopes =
                    slopes_of(problem, objective_of(problem.name, problem.kl_weight));
                for (const int team : {1, 2}) {
                    expect_slopes(problem.architecture, problem.evaluate("fused", team), slopes,
                                  2e-5);
                }
                expect_slopes(problem.architecture, problem.evaluate("autograd", 1), slopes, 2e-5);
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Estimators, Gradients,
                         testing::Values("sgvb_b", "sgvb_a", "iwae", "autoencoder"));

TEST(SgvbA, TellsTheBoundOfItsDraws) {
    Problem problem(tiny(Likelihood::kBernoulli, true), 5, 4, 3);
    const ReferenceVae vae(problem.architecture, problem.parameters);
    problem.name = "sgvb_a";
    const BoundSum plain = problem.evaluate("fused", 1).sum;
    EXPECT_NEAR(plain.bound(), sum_over(problem, vae, objective_of("sgvb_a", 1.0)), 1e-3);
    EXPECT_EQ(plain.gain, 0.0);
    problem.name = "iwae";
    const BoundSum weighted = problem.evaluate("fused", 1).sum;
    EXPECT_NEAR(weighted.bound(), sum_over(problem, vae, objective_of("iwae", 1.0)), 1e-3);
    EXPECT_GT(weighted.gain, 0.0);  // Jensen
    EXPECT_NEAR(weighted.reconstruction, plain.reconstruction, 1e-3);
}

TEST(SgvbA, AgreesWithSgvbBInExpectation) {
    Problem problem(tiny(Likelihood::kBernoulli, true), 4, 4000, 5);
    const BoundSum b = problem.evaluate("fused", 1).sum;
    problem.name = "sgvb_a";
    const Evaluated a = problem.evaluate("fused", 1);
    EXPECT_NEAR(a.sum.kl, b.kl, 0.03 * b.kl);
    EXPECT_NEAR(a.sum.reconstruction, b.reconstruction, 1e-9);  // the same draws
}

TEST(Iwae, WithOneDrawIsSgvbA) {
    Problem problem(tiny(Likelihood::kGaussian, true), 4, 1, 5);
    problem.name = "sgvb_a";
    const Evaluated a = problem.evaluate("fused", 1);
    problem.name = "iwae";
    const Evaluated weighted = problem.evaluate("fused", 1);
    EXPECT_EQ(a.gradients, weighted.gradients);
    EXPECT_NEAR(weighted.sum.gain, 0.0, 1e-9);
}

// Wake-sleep as two objectives with their draws held fast: the decoder's of what the encoder made
// of the images, the encoder's of what the decoder dreamt.
class Phases {
  public:
    explicit Phases(const Problem& problem)
        : problem_(problem), vae_(problem.architecture, problem.parameters) {
        const auto images = problem.indices.size();
        const auto dimensions = static_cast<std::size_t>(problem.architecture.dimensions());
        const auto latents = static_cast<std::size_t>(problem.architecture.latents);
        const auto draws = static_cast<std::size_t>(problem.noise_samples);
        for (std::size_t m = 0; m < images; ++m) {
            x_.push_back(test::targets(
                std::span(problem.pixels).subspan(problem.indices[m] * dimensions, dimensions),
                test::kScale));
            std::vector<float> epsilon(draws * latents);
            problem.noise.normals(Problem::kNoisePosition + m * epsilon.size(), epsilon);
            const auto q = vae_.encode(x_.back());
            for (std::size_t i = 0; i < epsilon.size(); ++i) {
                const std::size_t n = i % latents;
                if (n == 0) seen_codes_.emplace_back();
                seen_codes_.back().push_back(q.mean[n] +
                                             std::exp(0.5 * q.log_variance[n]) * epsilon[i]);
            }
            dream(Problem::kSeen + m);
        }
    }

    double objective() const {
        const auto draws = static_cast<std::size_t>(problem_.noise_samples);
        double sum = 0.0;
        for (std::size_t i = 0; i < seen_codes_.size(); ++i) {
            sum += vae_.log_likelihood(x_[i / draws], seen_codes_[i]) / static_cast<double>(draws);
        }
        for (std::size_t m = 0; m < dreams_.size(); ++m) {
            const auto q = vae_.encode(dreams_[m]);
            for (std::size_t n = 0; n < q.mean.size(); ++n) {
                const double error = dreamt_codes_[m][n] - q.mean[n];
                sum -= 0.5 * (q.log_variance[n] + error * error * std::exp(-q.log_variance[n]));
            }
        }
        return sum;
    }

    std::vector<double> slopes() {
        constexpr double kStep = 1e-5;
        std::vector<double> slopes;
        for (double& parameter : vae_.parameters) {
            const double at = parameter;
            parameter = at + kStep;
            const double above = objective();
            parameter = at - kStep;
            const double below = objective();
            parameter = at;
            slopes.push_back((above - below) / (2.0 * kStep));
        }
        return slopes;
    }

  private:
    void dream(std::uint64_t number) {
        const auto latents = static_cast<std::size_t>(problem_.architecture.latents);
        const auto dimensions = static_cast<std::size_t>(problem_.architecture.dimensions());
        std::vector<float> z(latents);
        Stream(Problem::kSeed, "sleep/codes").normals(number * latents, z);
        dreamt_codes_.push_back(test::doubles(z));
        const std::vector<double> outputs = vae_.decode(dreamt_codes_.back());
        const Stream images(Problem::kSeed, "sleep/images");
        std::vector<float> x(dimensions);
        for (std::size_t d = 0; d < dimensions; ++d)
            x[d] = static_cast<float>(1.0 / (1.0 + std::exp(-outputs[d])));
        if (problem_.architecture.likelihood == Likelihood::kBernoulli) {
            images.bernoullis(number * dimensions, x);
        } else {
            std::vector<float> noise(dimensions);
            images.normals(number * dimensions, noise);
            for (std::size_t d = 0; d < dimensions; ++d)
                x[d] += static_cast<float>(std::exp(0.5 * outputs[dimensions + d]) * noise[d]);
        }
        dreams_.push_back(test::doubles(x));
    }

    const Problem& problem_;
    ReferenceVae vae_;
    std::vector<std::vector<double>> x_, dreams_;                 // [M] of [D]
    std::vector<std::vector<double>> seen_codes_, dreamt_codes_;  // [M L], [M] of [N]
};

TEST(WakeSleep, EachPhasesGradientIsTheSlopeOfItsObjective) {
    for (const Likelihood likelihood : {Likelihood::kBernoulli, Likelihood::kGaussian}) {
        for (const int noise_samples : {1, 3}) {
            Problem problem(tiny(likelihood, true), 3, noise_samples, 21);
            problem.name = "wake_sleep";
            const std::vector<double> slopes = Phases(problem).slopes();
            for (const int team : {1, 2}) {
                test::expect_gradients_near(
                    problem.architecture, problem.evaluate("fused", team).gradients, slopes, 3e-5);
            }
            test::expect_gradients_near(problem.architecture,
                                        problem.evaluate("autograd", 1).gradients, slopes, 3e-5);
        }
    }
}

// What one network learns from does not depend on the other's gradient: the wake phase ignores the
// prior over dreams, the sleep phase the images.
TEST(WakeSleep, ThePhasesTouchOnlyTheirOwnNetwork) {
    Problem problem(tiny(Likelihood::kBernoulli, true), 6, 1, 9);
    problem.name = "wake_sleep";
    const Evaluated before = problem.evaluate("fused", 1);
    const model::ParameterLayout layout(problem.architecture);
    const auto decoder = static_cast<std::size_t>(layout.decoder_begin());
    std::reverse(problem.pixels.begin(), problem.pixels.end());
    const Evaluated other_images = problem.evaluate("fused", 1);
    const auto equal = [&](std::size_t from, std::size_t to) {
        for (const model::ParameterView& view : layout.views()) {
            const auto begin = static_cast<std::size_t>(view.offset);
            if (begin < from || begin >= to) continue;
            if (!std::equal(before.gradients.begin() + view.offset,
                            before.gradients.begin() + view.offset + view.size(),
                            other_images.gradients.begin() + view.offset)) {
                return false;
            }
        }
        return true;
    };
    EXPECT_TRUE(equal(0, decoder));
    EXPECT_FALSE(equal(decoder, before.gradients.size()));
}

TEST(Autoencoder, LeavesTheVariancesAlone) {
    Problem problem(tiny(Likelihood::kBernoulli, true), 4, 1, 9);
    problem.name = "autoencoder";
    const Evaluated found = problem.evaluate("fused", 1);
    const model::ParameterLayout layout(problem.architecture);
    for (const char* name : {"encoder.log_variance.weight", "encoder.log_variance.bias"}) {
        const model::ParameterView& view = layout.view(name);
        for (std::int64_t i = view.offset; i < view.offset + view.size(); ++i)
            EXPECT_EQ(found.gradients[static_cast<std::size_t>(i)], 0.0F) << name;
    }
    EXPECT_EQ(found.sum.kl, 0.0);
}

}  // namespace
}  // namespace elbow::estimator
