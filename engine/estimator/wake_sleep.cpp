// Wake-sleep (Hinton et al. 1995) with the networks of the VAE, as the paper compares against.
// Wake: z ~ q(z|x) of real images, and the decoder ascends log p(x|z). Sleep: z ~ N(0, I), an image
// drawn from p(x|z), and the encoder ascends log q(z|x). No gradient passes through a draw, so each
// phase moves its own network; an optimiser that treats every parameter by itself, as all of ours
// do, has separate state for the two.

#include <algorithm>

#include "engine/core/clones.h"
#include "engine/core/fast_math.h"
#include "engine/estimator/makers.h"
#include "engine/estimator/minibatch_pass.h"
#include "engine/model/gaussian.h"

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
        : architecture_(fused::needed_kernel_form(setup.spec)),
          d_(architecture_.dimensions()),
          pass_(setup),
          dreamt_codes_(setup.seed, "sleep/codes"),
          dreamt_images_(setup.seed, "sleep/images") {}

    BoundSum gradient(std::span<const float> parameters, const Minibatch& batch,
                      std::span<float> gradients) override {
        return pass_.run(batch, [&](const Share& rows, int member) {
            wake(parameters.data(), batch, rows, member);
            pass_.wait_for_all();
            pass_.decoder_weight_gradients(member, gradients);
            pass_.wait_for_all();
            sleep(parameters.data(), batch, rows, member);
            pass_.wait_for_all();
            pass_.encoder_weight_gradients(member, gradients);
        });
    }

  private:
    void wake(const float* p, const Minibatch& batch, const Share& rows, int member) {
        pass_.encode_and_decode(p, batch, rows, member);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) pass_.reconstruct(p, row);
        pass_.backward(p, rows, member, false);
    }

    // As many dreams as there are images, one in the place of each.
    void sleep(const float* p, const Minibatch& batch, const Share& rows, int member) {
        const std::int64_t n = pass_.latents();
        fused::EncoderPass& encoder = pass_.encoder();
        fused::DecoderPass& decoder = pass_.decoder();
        const auto first = batch.seen + static_cast<std::uint64_t>(rows.begin);
        model::draw_prior(dreamt_codes_, first * static_cast<std::uint64_t>(n),
                          {decoder.z(rows.begin), static_cast<std::size_t>(rows.size() * n)});
        decoder.forward(p, rows);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            decoder.finish_outputs(p, row);
            dream(batch.seen + static_cast<std::uint64_t>(row), decoder.outputs(row),
                  encoder.input(row));
        }
        pass_.encode_inputs(p, rows, member);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            head_gradient(encoder.heads(row), decoder.z(row), n, encoder.heads_gradient(row));
        }
        encoder.backward(p, rows);
    }

    // An image drawn from p(x|z) with these outputs. [O] -> x [D]
    void dream(std::uint64_t number, float* outputs, float* x) const {
        const auto size = static_cast<std::size_t>(d_);
        const std::uint64_t position = number * static_cast<std::uint64_t>(d_);
        if (architecture_.likelihood == fused::Likelihood::kBernoulli) {
            std::copy_n(outputs, d_, x);
            squash(d_, x);
            dreamt_images_.bernoullis(position, {x, size});
        } else {
            dreamt_images_.normals(position, {x, size});
            draw_gaussian(outputs, outputs + d_, d_, x);
        }
    }

    fused::Architecture architecture_;
    std::int64_t d_;  // D
    MinibatchPass pass_;
    Stream dreamt_codes_, dreamt_images_;
};

}  // namespace

std::unique_ptr<Estimator> make_wake_sleep(const EstimatorSetup& setup) {
    return std::make_unique<WakeSleep>(setup);
}

}  // namespace elbow::estimator
