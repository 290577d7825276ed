#include "engine/explore/estimates.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"
#include "engine/core/rng.h"
#include "engine/explore/point.h"
#include "engine/model/families.h"
#include "engine/model/gaussian.h"

namespace elbow::explore {
namespace {

// Mean and variance over the draws of values [S, 2 N].
GradientNoise noise_of(const std::vector<double>& gradients, std::size_t values) {
    const std::size_t count = gradients.size() / values;
    const auto draws = static_cast<double>(count);
    GradientNoise noise;
    noise.mean.assign(values, 0.0);
    for (std::size_t i = 0; i < gradients.size(); ++i)
        noise.mean[i % values] += gradients[i] / draws;
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        const double away = gradients[i] - noise.mean[i % values];
        noise.variance += away * away / (draws - 1.0);
    }
    return noise;
}

}  // namespace

EstimatesWork::EstimatesWork(model::Model& model, model::Parameters parameters,
                             const data::Dataset& dataset, int held_out_index,
                             std::span<const float> mean, std::span<const float> log_variance,
                             std::uint64_t seed)
    : parameters_(parameters) {
    check_point(model, dataset, held_out_index);
    if (!model::is_diagonal(model.spec())) {
        throw UsageError(
            "The gradient is taken by the mean and the log variance of each latent, and this "
            "posterior has more than those. Choose a run with a diagonal posterior.");
    }
    const auto latents = static_cast<std::size_t>(model.latents());
    image_ = dataset.batch(dataset.held_out, held_out_index, held_out_index + 1);
    result_.index = held_out_index;
    model::Posteriors q;
    model.encode(parameters_, image_, q);
    result_.mean = q.mean;
    for (const float deviation : q.deviation)
        result_.log_variance.push_back(2.0f * std::log(deviation));
    if (mean.size() == latents) result_.mean.assign(mean.begin(), mean.end());
    if (log_variance.size() == latents)
        result_.log_variance.assign(log_variance.begin(), log_variance.end());
    result_.epsilon.resize(kEstimateDraws * latents);
    result_.z.resize(result_.epsilon.size());
    slope_.resize(result_.epsilon.size());
    result_.log_weights.resize(kEstimateDraws);
    Stream(seed, "estimates").normals(0, result_.epsilon);
    for (std::size_t s = 0; s < kEstimateDraws; ++s) {
        const auto own = std::span(result_.epsilon).subspan(s * latents, latents);
        model::draw_posterior(result_.mean, result_.log_variance, own,
                              std::span(result_.z).subspan(s * latents, latents));
    }
}

bool EstimatesWork::advance(model::Model& model, int draws) {
    const std::size_t latents = result_.mean.size();
    const std::size_t count =
        std::min(static_cast<std::size_t>(std::max(draws, 1)), kEstimateDraws - done_);
    const std::vector<std::uint32_t> of_the_image(count, 0);
    data::Batch repeated = image_;
    repeated.indices = of_the_image;
    model.log_joint(parameters_, repeated,
                    std::span(result_.z).subspan(done_ * latents, count * latents),
                    std::span(result_.log_weights).subspan(done_, count),
                    std::span(slope_).subspan(done_ * latents, count * latents));
    done_ += count;
    if (done_ < kEstimateDraws) return false;
    finish();
    return true;
}

void EstimatesWork::finish() {
    const std::size_t n = result_.mean.size();
    std::vector<double> path, score;
    for (std::size_t s = 0; s < kEstimateDraws; ++s) {
        const auto epsilon = std::span(result_.epsilon).subspan(s * n, n);
        result_.log_weights[s] -= model::log_posterior(result_.log_variance, epsilon);
        const double weight = result_.log_weights[s];
        const auto deviation = [&](std::size_t i) {
            return std::exp(0.5 * static_cast<double>(result_.log_variance[i]));
        };
        // z = mu + e^(v/2) epsilon, and log q(z|x) = -sum v / 2 + what epsilon alone says.
        for (std::size_t i = 0; i < n; ++i) path.push_back(slope_[s * n + i]);
        for (std::size_t i = 0; i < n; ++i)
            path.push_back(0.5 * deviation(i) * epsilon[i] * slope_[s * n + i] + 0.5);
        // d log q / d mu = epsilon e^(-v/2), d log q / dv = (epsilon^2 - 1) / 2.
        for (std::size_t i = 0; i < n; ++i) score.push_back(weight * epsilon[i] / deviation(i));
        for (std::size_t i = 0; i < n; ++i)
            score.push_back(weight * 0.5 * (double{epsilon[i]} * epsilon[i] - 1.0));
    }
    result_.by_path = noise_of(path, 2 * n);
    result_.by_score = noise_of(score, 2 * n);
    weigh();
}

void EstimatesWork::weigh() {
    result_.by_draws = weighted_draws(result_.log_weights);
    if (!std::isfinite(result_.by_draws.bound)) refuse_draws_of(result_.index);
}

}  // namespace elbow::explore
