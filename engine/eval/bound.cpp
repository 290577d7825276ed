#include "engine/eval/bound.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/clock.h"
#include "engine/core/error.h"
#include "engine/core/log_sum_exp.h"
#include "engine/core/rng.h"
#include "engine/model/vae.h"

namespace elbow::eval {
namespace {

// Images encoded and decoded at a time. Fixed, so that the work on an image does not depend on the
// team's size.
constexpr int kChunk = 250;

// Sums over one chunk's images, in nats.
struct ChunkSum {
    double reconstruction = 0.0;
    double importance_weighted = 0.0;
    std::vector<double> kl_per_latent;  // [N]
};

struct Request {
    std::span<const float> parameters;
    const data::ImageSet& images;
    float scale;
    int noise_samples;  // L
    Stream noise;
    BoundKind kind;
};

// One member's model and buffers.
class Evaluator {
  public:
    Evaluator(const model::Architecture& architecture, int noise_samples)
        : vae_(architecture),
          latents_(static_cast<std::size_t>(architecture.latents)),
          mean_(kChunk * latents_),
          log_variance_(kChunk * latents_),
          noise_(kChunk * latents_ * static_cast<std::size_t>(noise_samples)),
          z_(kChunk * latents_),
          outputs_(kChunk * static_cast<std::size_t>(architecture.outputs())),
          log_likelihood_(kChunk),
          kl_(latents_) {}

    // Images [first, first + count) of the set.
    ChunkSum sum(const Request& request, int first, int count) {
        const int dimensions = vae_.architecture().dimensions();
        const auto images = static_cast<std::size_t>(count);
        const auto pixels =
            std::span(request.images.pixels)
                .subspan(static_cast<std::size_t>(first) * dimensions, images * dimensions);
        const auto mean = std::span(mean_).first(images * latents_);
        const auto log_variance = std::span(log_variance_).first(images * latents_);
        vae_.encode(request.parameters, pixels, request.scale, count, mean, log_variance);

        ChunkSum sum;
        sum.kl_per_latent.assign(latents_, 0.0);
        for (std::size_t image = 0; image < images; ++image) {
            model::kl_per_latent(mean.subspan(image * latents_, latents_),
                                 log_variance.subspan(image * latents_, latents_), kl_);
            for (std::size_t n = 0; n < latents_; ++n) sum.kl_per_latent[n] += kl_[n];
        }

        // Numbered as in training: noise of image i, sample l, latent n is number (i L + l) N + n.
        const auto per_image = latents_ * static_cast<std::size_t>(request.noise_samples);
        request.noise.normals(static_cast<std::uint64_t>(first) * per_image,
                              std::span(noise_).first(images * per_image));
        const auto outputs = std::span(outputs_);
        const auto log_likelihood = std::span(log_likelihood_).first(images);
        if (request.kind == BoundKind::kAtTheMean) std::fill(noise_.begin(), noise_.end(), 0.0F);
        weights_.assign(images, {});
        for (int sample = 0; sample < request.noise_samples; ++sample) {
            draw_z(images, sample, request.noise_samples);
            vae_.decode(request.parameters, std::span(z_).first(images * latents_), count, outputs);
            vae_.log_likelihood(pixels, request.scale, outputs, count, log_likelihood);
            for (const double nats : log_likelihood) sum.reconstruction += nats;
            if (request.kind == BoundKind::kImportanceWeighted) {
                add_weights(images, sample, request.noise_samples);
            }
        }
        sum.reconstruction /= request.noise_samples;
        if (request.kind != BoundKind::kImportanceWeighted) return sum;
        for (std::size_t image = 0; image < images; ++image) {
            sum.importance_weighted += weights_[image].value() - std::log(request.noise_samples);
        }
        return sum;
    }

  private:
    // z = mu + sigma * epsilon (section 2.4), sigma = exp(log_variance / 2).
    void draw_z(std::size_t images, int sample, int noise_samples) {
        for (std::size_t image = 0; image < images; ++image) {
            const float* epsilon =
                noise_.data() +
                (image * noise_samples + static_cast<std::size_t>(sample)) * latents_;
            for (std::size_t n = 0; n < latents_; ++n) {
                const std::size_t i = image * latents_ + n;
                z_[i] = mean_[i] + std::exp(0.5F * log_variance_[i]) * epsilon[n];
            }
        }
    }

    // log w = log p(x|z) + log p(z) - log q(z|x) of one draw an image.
    void add_weights(std::size_t images, int sample, int noise_samples) {
        for (std::size_t image = 0; image < images; ++image) {
            const float* epsilon =
                noise_.data() +
                (image * noise_samples + static_cast<std::size_t>(sample)) * latents_;
            double log_w = log_likelihood_[image];
            for (std::size_t n = 0; n < latents_; ++n) {
                const double z = z_[image * latents_ + n];
                const double e = epsilon[n];
                log_w += 0.5 * (e * e + log_variance_[image * latents_ + n] - z * z);
            }
            weights_[image].add(log_w);
        }
    }

    model::Vae vae_;
    std::size_t latents_;                 // N
    std::vector<float> mean_;             // [kChunk, N]
    std::vector<float> log_variance_;     // [kChunk, N]
    std::vector<float> noise_;            // [kChunk, L, N]
    std::vector<float> z_;                // [kChunk, N]
    std::vector<float> outputs_;          // [kChunk, O]
    std::vector<double> log_likelihood_;  // [kChunk]
    std::vector<double> kl_;              // [N]
    std::vector<LogSumExp> weights_;      // [kChunk]
};

void check_request(const model::Architecture& architecture, const data::ImageSet& images,
                   int noise_samples) {
    const auto expected =
        static_cast<std::size_t>(std::max(images.count, 0)) * architecture.dimensions();
    if (images.count < 1 || images.pixels.size() != expected) {
        throw Error(
            "The lower bound needs at least one image of " + std::to_string(architecture.height) +
            " x " + std::to_string(architecture.width) + " pixels; found " +
            std::to_string(images.count) + " images with " + std::to_string(images.pixels.size()) +
            " pixels in all. Choose a data set that fits the model.");
    }
    if (noise_samples < 1) {
        throw UsageError("The lower bound needs at least 1 noise sample an image, found " +
                         std::to_string(noise_samples) + ".");
    }
}

}  // namespace

struct BoundWork::State {
    model::Architecture architecture;
    Request request;
    std::vector<ChunkSum> sums;                               // of all chunks
    int done = 0;                                             // chunks
    std::vector<std::unique_ptr<Evaluator>> evaluators = {};  // each made by its member
};

BoundWork::BoundWork(const model::Architecture& architecture, std::span<const float> parameters,
                     const data::ImageSet& images, float scale, int noise_samples,
                     std::uint64_t seed, BoundKind kind) {
    if (kind == BoundKind::kAtTheMean) noise_samples = 1;
    check_request(architecture, images, noise_samples);
    const Request request{parameters, images, scale, noise_samples, Stream(seed, "evaluation"),
                          kind};
    const int chunks = (images.count + kChunk - 1) / kChunk;
    state_ = std::make_unique<State>(
        State{architecture, request, std::vector<ChunkSum>(static_cast<std::size_t>(chunks))});
}

BoundWork::~BoundWork() = default;
BoundWork::BoundWork(BoundWork&&) noexcept = default;
BoundWork& BoundWork::operator=(BoundWork&&) noexcept = default;

bool BoundWork::advance(Team& team, double seconds) {
    State& state = *state_;
    const Request& request = state.request;
    const auto all = static_cast<int>(state.sums.size());
    const double end_s = steady_now_s() + seconds;
    state.evaluators.resize(std::max<std::size_t>(state.evaluators.size(), team.size()));
    while (state.done < all) {
        const int chunks = std::min(all - state.done, team.size());
        team.run([&](int member) {
            if (member >= chunks) return;
            auto& evaluator = state.evaluators[static_cast<std::size_t>(member)];
            if (!evaluator)
                evaluator = std::make_unique<Evaluator>(state.architecture, request.noise_samples);
            const int chunk = state.done + member;
            const int first = chunk * kChunk;
            state.sums[static_cast<std::size_t>(chunk)] =
                evaluator->sum(request, first, std::min(kChunk, request.images.count - first));
        });
        state.done += chunks;
        if (steady_now_s() >= end_s) break;
    }
    return state.done == all;
}

// Added in the chunks' order, whoever worked on them.
Bound BoundWork::result() const {
    const State& state = *state_;
    const int images = std::min(state.request.images.count, state.done * kChunk);
    Bound bound;
    bound.images = images;
    bound.kl_per_latent.assign(static_cast<std::size_t>(state.architecture.latents), 0.0);
    const auto sums = std::span(state.sums).first(static_cast<std::size_t>(state.done));
    for (const ChunkSum& sum : sums) {
        bound.reconstruction += sum.reconstruction / images;
        for (std::size_t n = 0; n < bound.kl_per_latent.size(); ++n) {
            bound.kl_per_latent[n] += sum.kl_per_latent[n] / images;
        }
    }
    for (const double kl : bound.kl_per_latent) bound.kl += kl;
    if (state.request.kind == BoundKind::kImportanceWeighted) {
        double importance_weighted = 0.0;
        for (const ChunkSum& sum : sums) importance_weighted += sum.importance_weighted;
        bound.gain = importance_weighted / images - (bound.reconstruction - bound.kl);
    }
    return bound;
}

Bound lower_bound(const model::Architecture& architecture, std::span<const float> parameters,
                  const data::ImageSet& images, float scale, int noise_samples, std::uint64_t seed,
                  Team& team, BoundKind kind) {
    BoundWork work(architecture, parameters, images, scale, noise_samples, seed, kind);
    work.advance(team);
    return work.result();
}

}  // namespace elbow::eval
