#include "engine/eval/bound.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "engine/core/clock.h"
#include "engine/core/error.h"
#include "engine/core/log_sum_exp.h"
#include "engine/core/rng.h"
#include "engine/model/model.h"

namespace elbow::eval {
namespace {

// Images encoded and decoded at a time. Fixed, so that the work on an image does not depend on the
// team's size.
constexpr int kChunk = 250;

// Sums over one chunk's images, in nats.
struct ChunkSum {
    double reconstruction = 0.0;
    bool closed_kl = true;
    double estimated_kl = 0.0;  // where it is not
    double importance_weighted = 0.0;
    std::vector<double> kl_per_latent;  // [N]
};

struct Request {
    model::Parameters parameters;
    data::Batch images;
    int noise_samples;  // L
    Stream noise;
    BoundKind kind;
};

// One member's model and buffers.
class Evaluator {
  public:
    Evaluator(const model::ModelSpec& spec, int noise_samples)
        : model_(model::make_model(spec)),
          latents_(static_cast<std::size_t>(spec.latents)),
          noise_(kChunk * latents_ * static_cast<std::size_t>(noise_samples)),
          epsilon_(kChunk * latents_),
          z_(kChunk * latents_),
          outputs_(kChunk * model_->outputs()),
          log_likelihood_(kChunk),
          log_ratio_(kChunk),
          log_prior_(kChunk),
          kl_(kChunk * latents_),
          rows_(kChunk) {
        std::iota(rows_.begin(), rows_.end(), 0U);
    }

    // Images [first, first + count) of the request.
    ChunkSum sum(const Request& request, int first, int count) {
        const data::Batch batch = data::part_of(request.images, first, count);
        const auto images = static_cast<std::size_t>(count);
        model_->encode(request.parameters, batch, posteriors_);
        ChunkSum sum;
        const bool closed = sum.closed_kl = add_closed_kl(images, sum);
        draw_noise(request, first, images);
        const auto log_likelihood = std::span(log_likelihood_).first(images);
        const bool weighs = request.kind == BoundKind::kImportanceWeighted;
        weights_.assign(images, {});
        for (int sample = 0; sample < request.noise_samples; ++sample) {
            draw_z(request, images, sample, weighs || !closed);
            const auto outputs = std::span(outputs_).first(images * model_->outputs());
            model_->decode(request.parameters, std::span(z_).first(images * latents_),
                           data::labels_of(batch), outputs);
            model_->log_likelihood(request.parameters, batch, outputs, log_likelihood);
            for (std::size_t image = 0; image < images; ++image) {
                sum.reconstruction += log_likelihood[image];
                if (!closed) sum.estimated_kl += log_ratio_[image] / request.noise_samples;
                if (weighs) weights_[image].add(log_likelihood[image] - log_ratio_[image]);
            }
        }
        sum.reconstruction /= request.noise_samples;
        for (std::size_t image = 0; weighs && image < images; ++image)
            sum.importance_weighted += weights_[image].value() - std::log(request.noise_samples);
        return sum;
    }

  private:
    // False where the KL has no closed form: then it is estimated from the draws.
    bool add_closed_kl(std::size_t images, ChunkSum& sum) {
        sum.kl_per_latent.assign(latents_, 0.0);
        const bool closed =
            model_->kl_per_latent(posteriors_, std::span(kl_).first(images * latents_));
        for (std::size_t n = 0; n < latents_; ++n) {
            double& of_latent = sum.kl_per_latent[n];
            for (std::size_t image = 0; closed && image < images; ++image)
                of_latent += kl_[image * latents_ + n];
            if (!closed) of_latent = std::numeric_limits<double>::quiet_NaN();
        }
        return closed;
    }

    // Numbered as in training: noise of image i, sample l, latent n is number (i L + l) N + n.
    void draw_noise(const Request& request, int first, std::size_t images) {
        const auto per_image = latents_ * static_cast<std::size_t>(request.noise_samples);
        request.noise.normals(static_cast<std::uint64_t>(first) * per_image,
                              std::span(noise_).first(images * per_image));
        if (request.kind == BoundKind::kAtTheMean) std::fill(noise_.begin(), noise_.end(), 0.0F);
    }

    // One draw an image and, where it is wanted, log q(z|x) - log p(z) of it.
    void draw_z(const Request& request, std::size_t images, int sample, bool with_ratio) {
        const auto samples = static_cast<std::size_t>(request.noise_samples);
        for (std::size_t image = 0; image < images; ++image) {
            const std::size_t draw = image * samples + static_cast<std::size_t>(sample);
            std::copy_n(noise_.begin() + static_cast<std::ptrdiff_t>(draw * latents_), latents_,
                        epsilon_.begin() + static_cast<std::ptrdiff_t>(image * latents_));
        }
        const auto z = std::span(z_).first(images * latents_);
        model_->draw(posteriors_, std::span(rows_).first(images),
                     std::span(epsilon_).first(images * latents_), z,
                     with_ratio ? std::span(log_ratio_).first(images) : std::span<double>());
        if (!with_ratio) return;
        model_->log_prior(request.parameters, z, std::span(log_prior_).first(images), {});
        for (std::size_t image = 0; image < images; ++image) log_ratio_[image] -= log_prior_[image];
    }

    std::unique_ptr<model::Model> model_;
    std::size_t latents_;  // N
    model::Posteriors posteriors_;
    std::vector<float> noise_;            // [kChunk, L, N]
    std::vector<float> epsilon_;          // [kChunk, N]
    std::vector<float> z_;                // [kChunk, N]
    std::vector<float> outputs_;          // [kChunk, O]
    std::vector<double> log_likelihood_;  // [kChunk]
    std::vector<double> log_ratio_;       // [kChunk]
    std::vector<double> log_prior_;       // [kChunk]
    std::vector<double> kl_;              // [kChunk, N]
    std::vector<LogSumExp> weights_;      // [kChunk]
    std::vector<std::uint32_t> rows_;     // [kChunk] 0, 1, 2, ...
};

void check_request(const model::ModelSpec& spec, const data::Batch& images, int noise_samples) {
    if (images.rows() < 1 || images.dimensions != spec.image.size()) {
        throw Error("The lower bound needs at least one image of " + text_of(spec.image) +
                    "; found " + std::to_string(images.rows()) + " images of " +
                    std::to_string(images.dimensions) +
                    " values each. Choose a data set that fits the model.");
    }
    if (noise_samples < 1) {
        throw UsageError("The lower bound needs at least 1 noise sample an image, found " +
                         std::to_string(noise_samples) + ".");
    }
}

}  // namespace

struct BoundWork::State {
    model::ModelSpec spec;
    Request request;
    std::vector<ChunkSum> sums;                               // of all chunks
    int done = 0;                                             // chunks
    std::vector<std::unique_ptr<Evaluator>> evaluators = {};  // each made by its member
};

BoundWork::BoundWork(const model::ModelSpec& spec, model::Parameters parameters,
                     const data::Batch& images, int noise_samples, std::uint64_t seed,
                     BoundKind kind) {
    if (kind == BoundKind::kAtTheMean) noise_samples = 1;
    check_request(spec, images, noise_samples);
    const Request request{parameters, images, noise_samples, Stream(seed, "evaluation"), kind};
    const auto chunks = static_cast<std::size_t>((images.rows() + kChunk - 1) / kChunk);
    state_ = std::make_unique<State>(State{spec, request, std::vector<ChunkSum>(chunks)});
}

BoundWork::~BoundWork() = default;
BoundWork::BoundWork(BoundWork&&) noexcept = default;
BoundWork& BoundWork::operator=(BoundWork&&) noexcept = default;

bool BoundWork::advance(Team& team, double seconds) {
    State& state = *state_;
    const Request& request = state.request;
    const auto all = static_cast<int>(state.sums.size());
    const auto count = static_cast<int>(request.images.rows());
    const double end_s = steady_now_s() + seconds;
    state.evaluators.resize(std::max<std::size_t>(state.evaluators.size(), team.size()));
    while (state.done < all) {
        const int chunks = std::min(all - state.done, team.size());
        team.run([&](int member) {
            if (member >= chunks) return;
            auto& evaluator = state.evaluators[static_cast<std::size_t>(member)];
            if (!evaluator)
                evaluator = std::make_unique<Evaluator>(state.spec, request.noise_samples);
            const int chunk = state.done + member;
            const int first = chunk * kChunk;
            state.sums[static_cast<std::size_t>(chunk)] =
                evaluator->sum(request, first, std::min(kChunk, count - first));
        });
        state.done += chunks;
        if (steady_now_s() >= end_s) break;
    }
    return state.done == all;
}

// Added in the chunks' order, whoever worked on them.
Bound BoundWork::result() const {
    const State& state = *state_;
    const int images = std::min(static_cast<int>(state.request.images.rows()), state.done * kChunk);
    Bound bound;
    bound.images = images;
    bound.kl_per_latent.assign(static_cast<std::size_t>(state.spec.latents), 0.0);
    const auto sums = std::span(state.sums).first(static_cast<std::size_t>(state.done));
    for (const ChunkSum& sum : sums) {
        bound.reconstruction += sum.reconstruction / images;
        bound.kl += sum.estimated_kl / images;
        for (std::size_t n = 0; n < bound.kl_per_latent.size(); ++n) {
            bound.kl_per_latent[n] += sum.kl_per_latent[n] / images;
        }
    }
    if (sums.empty() || sums.front().closed_kl)
        for (const double kl : bound.kl_per_latent) bound.kl += kl;
    if (state.request.kind == BoundKind::kImportanceWeighted) {
        double importance_weighted = 0.0;
        for (const ChunkSum& sum : sums) importance_weighted += sum.importance_weighted;
        bound.gain = importance_weighted / images - (bound.reconstruction - bound.kl);
    }
    return bound;
}

Bound lower_bound(const model::ModelSpec& spec, model::Parameters parameters,
                  const data::Batch& images, int noise_samples, std::uint64_t seed, Team& team,
                  BoundKind kind) {
    BoundWork work(spec, parameters, images, noise_samples, seed, kind);
    work.advance(team);
    return work.result();
}

}  // namespace elbow::eval
