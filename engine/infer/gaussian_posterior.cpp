#include "engine/infer/gaussian_posterior.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "engine/core/error.h"
#include "engine/model/gaussian.h"

namespace elbow::infer {
namespace {

// The second decay is much shorter than usual: gradients fall by orders of magnitude within a run
// of a few hundred steps, and a long memory of the first ones would hold the ascent back.
struct Decays {
    static constexpr double kFirst = 0.9;
    static constexpr double kSecond = 0.9;
    // Nats a unit of latent or log-variance: what is flatter than this is not climbed at full
    // speed, so that rounding errors at the top do not shake a finished answer.
    static constexpr float kEpsilon = 1e-3F;
};

void check(const LogJoint& joint, std::span<const std::uint32_t> images,
           std::span<const float> mean, std::span<const float> log_variance, int noise_samples) {
    const std::size_t expected = images.size() * static_cast<std::size_t>(joint.latents());
    if (mean.size() != expected || log_variance.size() != expected) {
        throw Error("Expected " + std::to_string(expected) + " starting means and log-variances " +
                    "and found " + std::to_string(mean.size()) + " and " +
                    std::to_string(log_variance.size()) + ". Give one of each a latent and image.");
    }
    if (noise_samples < 1) {
        throw UsageError("A step of per-image inference needs at least one noise sample; " +
                         std::to_string(noise_samples) + " were asked for. Choose 1 or more.");
    }
}

}  // namespace

PosteriorAscent::PosteriorAscent(LogJoint& joint, std::span<const std::uint32_t> images,
                                 std::span<const float> mean, std::span<const float> log_variance,
                                 int noise_samples, std::uint64_t seed)
    : joint_(joint),
      latents_(static_cast<std::size_t>(joint.latents())),
      noise_samples_(static_cast<std::size_t>(std::max(noise_samples, 1))),
      noise_(seed, "ascent of a posterior"),
      mean_(mean.begin(), mean.end()),
      log_variance_(log_variance.begin(), log_variance.end()),
      gradient_(2 * latents_) {
    check(joint, images, mean, log_variance, noise_samples);
    const std::size_t rows = images.size() * noise_samples_;
    row_images_.resize(rows);
    for (std::size_t row = 0; row < rows; ++row) row_images_[row] = images[row / noise_samples_];
    for (auto* values : {&epsilon_, &z_, &slope_}) values->resize(rows * latents_);
    log_joint_.resize(rows);
    for (auto* moment : {&first_, &second_}) moment->assign(images.size() * 2 * latents_, 0.0F);
}

void PosteriorAscent::step(double step_size) {
    draw();
    joint_.evaluate(row_images_, z_, log_joint_, slope_);
    ++steps_;
    // Both corrections in the rate: epsilon is of moments as they are, not corrected.
    const auto t = static_cast<double>(steps_);
    const optim::AdamRates rates{
        static_cast<float>(step_size * std::sqrt(1.0 - std::pow(Decays::kSecond, t)) /
                           (1.0 - std::pow(Decays::kFirst, t))),
        1.0F};
    for (std::size_t image = 0; image < row_images_.size() / noise_samples_; ++image) {
        if (estimate_gradient(image)) climb(image, rates);
    }
}

// z = mean + e^(log_variance / 2) epsilon, the reparameterisation.
void PosteriorAscent::draw() {
    noise_.normals(steps_ * epsilon_.size(), epsilon_);
    for (std::size_t row = 0; row < row_images_.size(); ++row) {
        const std::size_t image = row / noise_samples_;
        model::draw_posterior(std::span(mean_).subspan(image * latents_, latents_),
                              std::span(log_variance_).subspan(image * latents_, latents_),
                              std::span(epsilon_).subspan(row * latents_, latents_),
                              std::span(z_).subspan(row * latents_, latents_));
    }
}

// The gradient of log p(x, z) - log q(z|x) along the path of z alone; what it leaves out, the slope
// of log q in its own parameters, has expectation zero (Roeder et al. 2017). Its noise vanishes as
// q becomes the posterior, so the ascent ends where it should. False where it is not finite.
bool PosteriorAscent::estimate_gradient(std::size_t image) {
    const auto samples = static_cast<float>(noise_samples_);
    bool finite = true;
    for (std::size_t n = 0; n < latents_; ++n) {
        const float deviation = std::exp(0.5F * log_variance_[image * latents_ + n]);
        float by_mean = 0.0F;
        float by_log_variance = 0.0F;
        for (std::size_t l = 0; l < noise_samples_; ++l) {
            const std::size_t k = (image * noise_samples_ + l) * latents_ + n;
            // -d log q / dz = epsilon / deviation
            const float by_z = slope_[k] + epsilon_[k] / deviation;
            by_mean += by_z / samples;
            by_log_variance += 0.5F * by_z * epsilon_[k] * deviation / samples;
        }
        finite = finite && std::isfinite(by_mean) && std::isfinite(by_log_variance);
        gradient_[n] = by_mean;
        gradient_[latents_ + n] = by_log_variance;
    }
    return finite;
}

void PosteriorAscent::climb(std::size_t image, const optim::AdamRates& rates) {
    for (std::size_t k = 0; k < 2 * latents_; ++k) {
        float& first = first_[image * 2 * latents_ + k];
        float& second = second_[image * 2 * latents_ + k];
        float& value = k < latents_ ? mean_[image * latents_ + k]
                                    : log_variance_[image * latents_ + k - latents_];
        value += optim::adam_move<Decays>(gradient_[k], rates, first, second);
    }
}

PosteriorRefinement::PosteriorRefinement(LogJoint& joint, std::span<const std::uint32_t> images,
                                         std::span<const float> mean,
                                         std::span<const float> log_variance,
                                         const RefinementSettings& settings, std::uint64_t seed)
    : joint_(joint),
      settings_(settings),
      seed_(seed),
      images_(images.begin(), images.end()),
      mean_(mean.begin(), mean.end()),
      log_variance_(log_variance.begin(), log_variance.end()),
      ascent_(joint, images, mean, log_variance, settings.noise_samples, seed) {
    if (settings.steps < 0 || !(settings.step_size > 0.0)) {
        throw UsageError(
            "Per-image inference expected a number of steps and a step size above 0; " +
            std::to_string(settings.steps) + " steps of " + std::to_string(settings.step_size) +
            " were asked for. Choose about 300 of 0.1.");
    }
}

// The bound of each image, [count] in nats: the mean of log p(x, z) - log q(z|x) (SGVB A), whose
// noise vanishes as q comes near the posterior. Always from the same noise.
std::vector<double> PosteriorRefinement::bounds(DiagonalGaussians q) const {
    const int samples = settings_.evaluation_samples;
    std::vector<double> result(images_.size(), 0.0);
    for_each_log_weight(
        joint_, images_, draws_from(q, images_.size(), joint_.latents()), samples,
        Stream(seed_, "bound of a posterior"),
        [&](std::size_t image, double log_weight) { result[image] += log_weight / samples; });
    return result;
}

bool PosteriorRefinement::advance(int steps) {
    if (result_.bound_before.empty()) result_.bound_before = bounds({mean_, log_variance_});
    for (; steps > 0 && steps_made_ < settings_.steps; --steps) {
        const double done = static_cast<double>(steps_made_) / settings_.steps;
        ascent_.step(settings_.step_size * 0.5 * (1.0 + std::cos(std::numbers::pi * done)));
        ++steps_made_;
    }
    if (steps_made_ < settings_.steps) return false;
    if (!result_.bound_after.empty()) return true;
    result_.bound_after = bounds({ascent_.mean(), ascent_.log_variance()});
    result_.mean.assign(ascent_.mean().begin(), ascent_.mean().end());
    result_.log_variance.assign(ascent_.log_variance().begin(), ascent_.log_variance().end());
    keep_what_did_not_rise();
    return true;
}

void PosteriorRefinement::keep_what_did_not_rise() {
    const auto latents = static_cast<std::size_t>(joint_.latents());
    for (std::size_t image = 0; image < images_.size(); ++image) {
        // Written so that a bound that is not a number counts as fallen.
        if (result_.bound_after[image] >= result_.bound_before[image]) continue;
        result_.bound_after[image] = result_.bound_before[image];
        const auto first = static_cast<std::ptrdiff_t>(image * latents);
        std::copy_n(mean_.begin() + first, latents, result_.mean.begin() + first);
        std::copy_n(log_variance_.begin() + first, latents, result_.log_variance.begin() + first);
    }
}

RefinedPosterior refine_posterior(LogJoint& joint, std::span<const std::uint32_t> images,
                                  std::span<const float> mean, std::span<const float> log_variance,
                                  const RefinementSettings& settings, std::uint64_t seed,
                                  const std::function<void(double fraction)>& progress) {
    PosteriorRefinement refinement(joint, images, mean, log_variance, settings, seed);
    while (!refinement.advance(1)) {
        if (progress) {
            progress(static_cast<double>(refinement.steps_made()) / settings.steps);
        }
    }
    if (progress && settings.steps > 0) progress(1.0);
    return refinement.result();
}

}  // namespace elbow::infer
