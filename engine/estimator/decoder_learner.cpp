#include "engine/estimator/decoder_learner.h"

#include <algorithm>
#include <numeric>

#include "engine/model/kernels.h"

namespace elbow::estimator {

DecoderLearner::DecoderLearner(const model::Architecture& architecture, Team& team)
    : layout_(architecture),
      d_(architecture.dimensions()),
      n_(architecture.latents),
      team_(team),
      decoder_(architecture) {}

double DecoderLearner::gradient(std::span<const float> parameters, const Minibatch& batch,
                                std::span<const float> z, std::span<float> gradients) {
    const auto rows = static_cast<std::int64_t>(batch.indices.size());
    decoder_.reserve(rows);
    x_.resize(static_cast<std::size_t>(rows * d_));
    reconstruction_.assign(batch.indices.size(), 0.0);
    std::fill(gradients.begin(), gradients.begin() + layout_.decoder_begin(), 0.0f);
    const float* p = parameters.data();
    team_.run([&](int member) {
        const Share share = share_of(rows, member, team_.size());
        if (share.size() > 0) {
            std::copy_n(z.data() + share.begin * n_, share.size() * n_, decoder_.z(share.begin));
            decoder_.forward(p, share);
        }
        for (std::int64_t row = share.begin; row < share.end; ++row) {
            float* x = x_.data() + row * d_;
            const std::int64_t image = batch.indices[static_cast<std::size_t>(row)];
            model::to_float(batch.pixels + image * d_, batch.scale, d_, x);
            reconstruction_[static_cast<std::size_t>(row)] = decoder_.likelihood(p, row, x, 1.0f);
        }
        decoder_.backward(p, share, false);
        team_.barrier();
        decoder_.collect(rows, member, team_.size(), gradients.data());
    });
    return std::accumulate(reconstruction_.begin(), reconstruction_.end(), 0.0);
}

}  // namespace elbow::estimator
