#include "engine/explore/filling.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "engine/core/error.h"
#include "engine/explore/latent_map.h"

namespace elbow::explore {
namespace {

constexpr int kLeapfrogSteps = 8;
constexpr double kFirstStep = 0.1;
constexpr int kWarmUp = 120;       // iterations in which the step size is tuned
constexpr int kSettled = 60;       // the last of them, over whose steps it is averaged
constexpr int kPriorDraws = 1000;  // among which the chains look for where to begin
constexpr std::size_t kFewestChains = 2, kMostChains = 8;

std::uint8_t grey_of(float mean) {
    return static_cast<std::uint8_t>(std::lround(255.0f * std::clamp(mean, 0.0f, 1.0f)));
}

void check_filling(const data::Dataset& dataset, std::span<const std::uint8_t> unknown,
                   std::span<const std::uint8_t> ground) {
    const auto pixels =
        static_cast<std::size_t>(dataset.height) * static_cast<std::size_t>(dataset.width);
    if (dataset.held_out.count < 1 || unknown.size() != pixels ||
        ground.size() != static_cast<std::size_t>(dataset.channels)) {
        throw UsageError("Expected an image with a mark for each of its " + std::to_string(pixels) +
                         " pixels and a ground of " + std::to_string(dataset.channels) +
                         " values, and found " + std::to_string(dataset.held_out.count) +
                         " images, " + std::to_string(unknown.size()) + " marks and a ground of " +
                         std::to_string(ground.size()) + ".");
    }
}

}  // namespace

Filling::Filling(model::Model& model, model::Parameters parameters, const data::Dataset& dataset,
                 std::span<const std::uint8_t> unknown, std::span<const std::uint8_t> ground,
                 FillingMethod method, std::uint64_t seed)
    : parameters_(parameters),
      dataset_(dataset),
      method_(method),
      noise_(seed, "filling"),
      hmc_(kLeapfrogSteps),
      tuner_(kFirstStep) {
    check_images(model, dataset);
    check_filling(dataset, unknown, ground);
    const auto image = dataset.image(dataset.held_out, 0);
    pixels_.assign(image.begin(), image.end());
    for (std::size_t i = 0; i < pixels_.size(); ++i) {
        known_.push_back(unknown[i % unknown.size()] == 0 ? 1 : 0);
        if (known_[i] == 0) pixels_[i] = ground[i / unknown.size()];
        result_.means.push_back(static_cast<float>(pixels_[i]) * dataset.scale);
    }
    result_.image = result_.newest = pixels_;
    if (method != FillingMethod::kChains) return;
    result_.warms_up = true;
    chains_ = std::clamp(model.rows_at_once(), kFewestChains, kMostChains);
    joint_.emplace(model.spec(), team_);
    data::Batch batch = dataset.batch(dataset.held_out, 0, 1);
    batch.known = known_.data();
    joint_->look_at(parameters, batch);
    const auto latents = static_cast<std::size_t>(model.latents());
    start_.assign(chains_ * latents, 0.0f);
    best_.assign(chains_, -std::numeric_limits<double>::infinity());
    sum_.assign(pixels_.size(), 0.0);
}

void Filling::advance(model::Model& model) {
    if (result_.done) return;
    if (method_ != FillingMethod::kChains) return pass(model);
    if (looked_at_ < kPriorDraws) return look_for_starts(model);
    step_chains(model);
}

std::vector<std::uint8_t> Filling::labels(std::size_t rows) const {
    const auto& known = dataset_.held_out.labels;
    return known.empty() ? std::vector<std::uint8_t>{} : std::vector(rows, known.front());
}

void Filling::fill(std::span<const float> means) {
    for (std::size_t i = 0; i < means.size(); ++i) {
        if (known_[i] != 0) continue;
        result_.means[i] = means[i];
        result_.image[i] = grey_of(means[i]);
    }
}

void Filling::pass(model::Model& model) {
    data::Batch batch = dataset_.batch(dataset_.held_out, 0, 1);
    batch.pixels = pixels_.data();
    model::Posteriors q;
    model.encode(parameters_, batch, q);
    std::vector<float> outputs(model.outputs()), means(model.dimensions());
    model.decode(parameters_, q.mean, labels(1), outputs);
    model.means(parameters_, outputs, means);
    fill(means);
    const bool black_and_white = dataset_.targets != data::Targets::kGrey;
    result_.change = 0;
    for (std::size_t i = 0; i < pixels_.size(); ++i) {
        if (known_[i] != 0) continue;
        result_.change = std::max(result_.change, std::abs(result_.image[i] - result_.newest[i]));
        // As all images that such an encoder sees.
        pixels_[i] = !black_and_white ? result_.image[i] : result_.image[i] < 128 ? 0 : 255;
    }
    result_.newest = result_.image;
    result_.z = q.mean;
    ++result_.passes;
    result_.done = method_ == FillingMethod::kOnePass || result_.passes >= kMostPasses ||
                   (result_.passes > 1 && result_.change == 0);
}

// Each chain begins at one of the draws from the prior, drawn in proportion to p(known | z): the
// largest of log p(known | z) plus Gumbel noise, which is that very draw.
void Filling::look_for_starts(model::Model& model) {
    const auto latents = static_cast<std::size_t>(model.latents());
    const std::size_t rows =
        std::min(model.rows_at_once(), static_cast<std::size_t>(kPriorDraws - looked_at_));
    std::vector<float> z(rows * latents);
    model.sample_prior(parameters_, noise_, static_cast<std::uint64_t>(looked_at_), z);
    std::vector<double> joint(rows), prior(rows);
    joint_->evaluate(std::vector<std::uint32_t>(rows, 0), z, joint, {});
    model.log_prior(parameters_, z, prior, {});
    const Stream gumbel(noise_.bits(0), "filling's starts");
    for (std::size_t row = 0; row < rows; ++row, ++looked_at_) {
        for (std::size_t chain = 0; chain < chains_; ++chain) {
            const double unit =
                gumbel.uniform(static_cast<std::uint64_t>(looked_at_) * chains_ + chain);
            const double weight =
                joint[row] - prior[row] - std::log(-std::log(std::clamp(unit, 1e-12, 1.0 - 1e-12)));
            if (!(weight > best_[chain])) continue;
            best_[chain] = weight;
            std::copy_n(z.begin() + static_cast<std::ptrdiff_t>(row * latents), latents,
                        start_.begin() + static_cast<std::ptrdiff_t>(chain * latents));
        }
    }
    if (looked_at_ >= kPriorDraws) begin_chains();
}

void Filling::begin_chains() {
    if (!std::isfinite(*std::max_element(best_.begin(), best_.end()))) {
        throw Error(
            "The density of what is known of the image is nowhere a number under the "
            "prior. Go on training, or change the image.");
    }
    hmc_.start(*joint_, std::vector<std::uint32_t>(chains_, 0), start_);
}

void Filling::step_chains(model::Model& model) {
    const auto position = static_cast<std::uint64_t>(iterations_) * hmc_.numbers_per_step();
    const Stream momenta(noise_.bits(1), "filling's momenta");
    // After warming up it stays, so that what the chains draw from is p(z | what is known): the
    // geometric mean of those that the tuner went to and fro between.
    const double step = result_.warms_up ? tuner_.step_size() : std::exp(log_steps_ / kSettled);
    const infer::Acceptance now = hmc_.step(*joint_, step, momenta, position);
    ++iterations_;
    result_.z.assign(hmc_.z().begin(), hmc_.z().end());
    if (result_.warms_up) {
        if (iterations_ > kWarmUp - kSettled) log_steps_ += std::log(tuner_.step_size());
        tuner_.update(now.probability, static_cast<int>(chains_));
        result_.acceptance += (now.rate - result_.acceptance) / iterations_;
    } else {
        accepted_ += now.rate;
        result_.acceptance = accepted_ / (iterations_ - kWarmUp);
    }
    count_draws(model);
    result_.warms_up = iterations_ < kWarmUp;
}

void Filling::count_draws(model::Model& model) {
    std::vector<float> outputs(chains_ * model.outputs()), means(chains_ * model.dimensions());
    model.decode(parameters_, hmc_.z(), labels(chains_), outputs);
    model.means(parameters_, outputs, means);
    const std::size_t d = model.dimensions();
    for (std::size_t i = 0; i < d; ++i)
        if (known_[i] == 0) result_.newest[i] = grey_of(means[i]);
    if (result_.warms_up) return fill(std::span(means).first(d));
    for (std::size_t i = 0; i < means.size(); ++i) sum_[i % d] += static_cast<double>(means[i]);
    result_.draws += static_cast<int>(chains_);
    for (std::size_t i = 0; i < d; ++i) means[i] = static_cast<float>(sum_[i] / result_.draws);
    fill(std::span(means).first(d));
    result_.done = result_.draws >= kMostDraws;
}

}  // namespace elbow::explore
