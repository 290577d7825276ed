// Wake-sleep (Hinton et al. 1995) with the networks of the VAE, as the paper compares against.
// Wake: z ~ q(z|x) of real images, and the decoder ascends log p(x|z). Sleep: z ~ N(0, I), an image
// drawn from p(x|z), and the encoder ascends log q(z|x). No gradient passes through a draw, so each
// phase moves its own network; an optimiser that treats every parameter by itself, as all of ours
// do, has separate state for the two.

#include <algorithm>
#include <vector>

#include "engine/core/clones.h"
#include "engine/core/fast_math.h"
#include "engine/estimator/makers.h"
#include "engine/estimator/posterior_draws.h"

namespace elbow::estimator {
namespace {

// values = sigmoid(values)
ELBOW_CLONES void squash(std::int64_t count, float* values) {
    for (std::int64_t i = 0; i < count; ++i) values[i] = 1.0f / (1.0f + fast::exp(-values[i]));
}

// x = sigmoid(a) + e^(w/2) epsilon, with epsilon in x before.
ELBOW_CLONES void draw_gaussian(const float* __restrict a, const float* __restrict w,
                                std::int64_t count, float* __restrict x) {
    for (std::int64_t i = 0; i < count; ++i)
        x[i] = 1.0f / (1.0f + fast::exp(-a[i])) + fast::exp(0.5f * w[i]) * x[i];
}

// Gradient of log N(z; mu, e^v) by the heads (mu, v).
ELBOW_CLONES void head_gradient(const float* __restrict heads, const float* __restrict z,
                                std::int64_t n, float* __restrict gradient) {
    for (std::int64_t j = 0; j < n; ++j) {
        const float error = z[j] - heads[j];
        const float precision = fast::exp(-heads[n + j]);
        gradient[j] = error * precision;
        gradient[n + j] = 0.5f * (error * error * precision - 1.0f);
    }
}

class WakeSleep final : public Estimator {
  public:
    explicit WakeSleep(const EstimatorSetup& setup)
        : architecture_(setup.architecture),
          d_(setup.architecture.dimensions()),
          n_(setup.architecture.latents),
          l_(setup.noise_samples),
          team_(*setup.team),
          dreamt_codes_(setup.seed, "sleep/codes"),
          dreamt_images_(setup.seed, "sleep/images"),
          encoder_(setup.architecture),
          decoder_(setup.architecture),
          draws_(setup.architecture.latents, setup.noise_samples) {}

    BoundSum gradient(std::span<const float> parameters, const Minibatch& batch,
                      std::span<float> gradients) override {
        const auto rows = static_cast<std::int64_t>(batch.indices.size());
        encoder_.reserve(rows);
        decoder_.reserve(rows * l_);
        draws_.reserve(rows);
        terms_.assign(batch.indices.size(), {});
        team_.run([&](int member) {
            const Share share = share_of(rows, member, team_.size());
            wake(parameters.data(), batch, share);
            team_.barrier();
            decoder_.collect(rows * l_, member, team_.size(), gradients.data());
            team_.barrier();
            sleep(parameters.data(), batch, share);
            team_.barrier();
            encoder_.collect(rows, member, team_.size(), gradients.data());
        });
        BoundSum sum;
        for (const BoundSum& term : terms_) {
            sum.reconstruction += term.reconstruction;
            sum.kl += term.kl;
        }
        return sum;
    }

  private:
    void wake(const float* p, const Minibatch& batch, const Share& rows) {
        const Share draws = draws_of(rows, l_);
        write_targets(batch, rows, d_, encoder_);
        encoder_.forward(p, rows);
        draws_.draw(batch, rows, encoder_, decoder_);
        decoder_.forward(p, draws);
        const float weight = 1.0f / static_cast<float>(l_);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            BoundSum& term = terms_[static_cast<std::size_t>(row)];
            for (std::int64_t l = 0; l < l_; ++l) {
                term.reconstruction +=
                    decoder_.likelihood(p, row * l_ + l, encoder_.input(row), weight);
            }
            term.reconstruction /= static_cast<double>(l_);
            term.kl = kl_of(encoder_.heads(row), n_);
        }
        decoder_.backward(p, draws, false);
    }

    // As many dreams as there are images, one in the place of each.
    void sleep(const float* p, const Minibatch& batch, const Share& rows) {
        if (rows.size() <= 0) return;
        const auto first = batch.seen + static_cast<std::uint64_t>(rows.begin);
        dreamt_codes_.normals(first * static_cast<std::uint64_t>(n_),
                              {decoder_.z(rows.begin), static_cast<std::size_t>(rows.size() * n_)});
        decoder_.forward(p, rows);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            decoder_.finish_outputs(p, row);
            dream(batch.seen + static_cast<std::uint64_t>(row), decoder_.outputs(row),
                  encoder_.input(row));
        }
        encoder_.forward(p, rows);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            head_gradient(encoder_.heads(row), decoder_.z(row), n_, encoder_.heads_gradient(row));
        }
        encoder_.backward(p, rows);
    }

    // An image drawn from p(x|z) with these outputs. [O] -> x [D]
    void dream(std::uint64_t number, float* outputs, float* x) const {
        const auto size = static_cast<std::size_t>(d_);
        const std::uint64_t position = number * static_cast<std::uint64_t>(d_);
        if (architecture_.likelihood == model::Likelihood::kBernoulli) {
            std::copy_n(outputs, d_, x);
            squash(d_, x);
            dreamt_images_.bernoullis(position, {x, size});
        } else {
            dreamt_images_.normals(position, {x, size});
            draw_gaussian(outputs, outputs + d_, d_, x);
        }
    }

    model::Architecture architecture_;
    std::int64_t d_, n_, l_;  // D, N, L
    Team& team_;
    Stream dreamt_codes_, dreamt_images_;
    model::EncoderPass encoder_;
    model::DecoderPass decoder_;
    PosteriorDraws draws_;
    std::vector<BoundSum> terms_;  // [M]
};

}  // namespace

std::unique_ptr<Estimator> make_wake_sleep(const EstimatorSetup& setup) {
    return std::make_unique<WakeSleep>(setup);
}

}  // namespace elbow::estimator
