#include "engine/eval/marginal_likelihood.h"

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/log_sum_exp.h"
#include "engine/core/rng.h"
#include "engine/eval/full_gaussian.h"
#include "engine/infer/hmc.h"

namespace elbow::eval {
namespace {

void check(int latents, const MarginalSettings& settings) {
    if (latents > kMostMarginalLatents) {
        throw UsageError(
            "The estimator of appendix D fits a density to samples of p(z|x), which is "
            "reliable for at most " +
            std::to_string(kMostMarginalLatents) + " latents; this model has " +
            std::to_string(latents) +
            ". Use the importance-weighted estimate of log p(x) instead.");
    }
    // Half the samples have to span the latents, with some to spare.
    const int fewest = 2 * (latents + 2);
    if (settings.samples < fewest || settings.samples % 2 != 0) {
        throw UsageError("Appendix D with " + std::to_string(latents) +
                         " latents needs an even number of samples, at least " +
                         std::to_string(fewest) + "; " + std::to_string(settings.samples) +
                         " were asked for. The paper takes 50.");
    }
    if (settings.burn_in < 0 || settings.iterations_per_sample < 1) {
        throw UsageError(
            "Appendix D expected a burn-in of 0 or more iterations and 1 or more "
            "iterations a sample; found " +
            std::to_string(settings.burn_in) + " and " +
            std::to_string(settings.iterations_per_sample) + ". Choose 200 and 1.");
    }
}

// The chains of all images and the samples that they leave behind.
class Sampler {
  public:
    Sampler(infer::LogJoint& joint, const MarginalSettings& settings, std::uint64_t seed,
            const std::function<void(double fraction)>& progress)
        : joint_(joint),
          settings_(settings),
          progress_(progress),
          noise_(seed, "marginal likelihood"),
          hmc_(settings.leapfrog_steps) {}

    void start(std::span<const std::uint32_t> images, std::span<const float> z) {
        hmc_.start(joint_, images, z);
    }

    // Returns the step size to sample with: the geometric mean of the second half's, because a
    // single one is up to 25 % off.
    double burn_in() {
        infer::StepSizeTuner tuner(settings_.step_size, settings_.target_acceptance);
        const auto chains = static_cast<int>(hmc_.log_density().size());
        double log_sum = 0.0;
        const int first = settings_.burn_in / 2;
        for (int i = 0; i < settings_.burn_in; ++i) {
            if (i >= first) log_sum += std::log(tuner.step_size());
            tuner.update(advance(tuner.step_size()).probability, chains);
        }
        if (settings_.burn_in == 0) return settings_.step_size;
        return std::exp(log_sum / (settings_.burn_in - first));
    }

    // Sample number `sample` of each image into z [count, samples, N], log_joint [count, samples];
    // returns the part of the proposals that was taken.
    double keep_sample(double step_size, std::size_t sample, std::span<float> z,
                       std::span<double> log_joint) {
        double acceptance = 0.0;
        for (int i = 0; i < settings_.iterations_per_sample; ++i) {
            acceptance += advance(step_size).rate / settings_.iterations_per_sample;
        }
        const auto latents = static_cast<std::size_t>(joint_.latents());
        const auto samples = static_cast<std::size_t>(settings_.samples);
        for (std::size_t image = 0; image < hmc_.log_density().size(); ++image) {
            const std::size_t row = image * samples + sample;
            log_joint[row] = hmc_.log_density()[image];
            for (std::size_t n = 0; n < latents; ++n) {
                z[row * latents + n] = hmc_.z()[image * latents + n];
            }
        }
        return acceptance;
    }

  private:
    infer::Acceptance advance(double step_size) {
        const std::uint64_t position = iterations_ * hmc_.numbers_per_step();
        const infer::Acceptance acceptance = hmc_.step(joint_, step_size, noise_, position);
        ++iterations_;
        const int all = settings_.burn_in + settings_.samples * settings_.iterations_per_sample;
        if (progress_) progress_(static_cast<double>(iterations_) / all);
        return acceptance;
    }

    infer::LogJoint& joint_;
    const MarginalSettings& settings_;
    const std::function<void(double)>& progress_;
    Stream noise_;
    infer::Hmc hmc_;
    std::uint64_t iterations_ = 0;
};

// Appendix D for one image: z [samples, N], log_joint [samples].
double estimate(std::span<const float> z, std::span<const double> log_joint, std::size_t latents) {
    const std::size_t half = log_joint.size() / 2;
    const auto q = FullGaussian::fit(z.first(half * latents), latents);
    if (!q) return std::numeric_limits<double>::quiet_NaN();
    // 1 / p(x) = E_p(z|x)[q(z) / p(x, z)], whatever the density q
    LogSumExp sum;
    for (std::size_t l = half; l < log_joint.size(); ++l) {
        sum.add(q->log_density(z.subspan(l * latents, latents)) - log_joint[l]);
    }
    return -(sum.value() - std::log(static_cast<double>(log_joint.size() - half)));
}

}  // namespace

MarginalLikelihood marginal_likelihood(infer::LogJoint& joint,
                                       std::span<const std::uint32_t> images,
                                       std::span<const float> start,
                                       const MarginalSettings& settings, std::uint64_t seed,
                                       const std::function<void(double fraction)>& progress) {
    check(joint.latents(), settings);
    Sampler sampler(joint, settings, seed, progress);
    sampler.start(images, start);
    MarginalLikelihood result;
    result.step_size = sampler.burn_in();

    const auto latents = static_cast<std::size_t>(joint.latents());
    const auto samples = static_cast<std::size_t>(settings.samples);
    std::vector<float> z(images.size() * samples * latents);  // [count, samples, N]
    std::vector<double> log_joint(images.size() * samples);   // [count, samples]
    for (std::size_t sample = 0; sample < samples; ++sample) {
        result.acceptance += sampler.keep_sample(result.step_size, sample, z, log_joint) /
                             static_cast<double>(samples);
    }
    std::vector<double> values(images.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = estimate(std::span(z).subspan(i * samples * latents, samples * latents),
                             std::span(log_joint).subspan(i * samples, samples), latents);
    }
    result.log_marginal = mean_of(std::move(values));
    return result;
}

}  // namespace elbow::eval
