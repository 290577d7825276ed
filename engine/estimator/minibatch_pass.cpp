#include "engine/estimator/minibatch_pass.h"

namespace elbow::estimator {

MinibatchPass::MinibatchPass(const EstimatorSetup& setup)
    : d_(setup.architecture.dimensions()),
      n_(setup.architecture.latents),
      l_(setup.noise_samples),
      team_(*setup.team),
      encoder_(setup.architecture, setup.factors),
      decoder_(setup.architecture, setup.factors),
      draws_(setup.architecture.latents, setup.noise_samples) {}

BoundSum MinibatchPass::run(const Minibatch& batch,
                            const std::function<void(const Share& rows, int member)>& work) {
    const auto rows = static_cast<std::int64_t>(batch.indices.size());
    encoder_.reserve(rows);
    decoder_.reserve(rows * l_);
    draws_.reserve(rows);
    terms_.assign(batch.indices.size(), {});
    team_.run([&](int member) { work(share_of(rows, member, team_.size()), member); });
    BoundSum sum;
    for (const BoundSum& term : terms_) {
        sum.reconstruction += term.reconstruction;
        sum.kl += term.kl;
        sum.gain += term.gain;
    }
    return sum;
}

void MinibatchPass::encode(const float* p, const Minibatch& batch, const Share& rows) {
    write_targets(batch, rows, d_, encoder_);
    encoder_.forward(p, rows);
}

void MinibatchPass::encode_and_decode(const float* p, const Minibatch& batch, const Share& rows) {
    encode(p, batch, rows);
    draws_.draw(batch, rows, encoder_, decoder_);
    decoder_.forward(p, draws_of(rows, l_));
}

void MinibatchPass::reconstruct(const float* p, std::int64_t row) {
    const float weight = 1.0f / static_cast<float>(l_);
    BoundSum& own = term(row);
    for (std::int64_t l = 0; l < l_; ++l) {
        own.reconstruction += decoder_.likelihood(p, row * l_ + l, encoder_.input(row), weight);
    }
    own.reconstruction /= static_cast<double>(l_);
    own.kl = kl_of(encoder_.heads(row), n_);
}

void MinibatchPass::collect_decoder(int member, std::span<float> gradients) const {
    decoder_.collect(static_cast<std::int64_t>(terms_.size()) * l_, member, team_.size(),
                     gradients.data());
}

void MinibatchPass::collect(int member, std::span<float> gradients) {
    wait_for_all();
    collect_decoder(member, gradients);
    collect_encoder(member, gradients);
}

void MinibatchPass::collect_encoder(int member, std::span<float> gradients) const {
    encoder_.collect(static_cast<std::int64_t>(terms_.size()), member, team_.size(),
                     gradients.data());
}

}  // namespace elbow::estimator
