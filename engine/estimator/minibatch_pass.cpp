#include "engine/estimator/minibatch_pass.h"

#include "engine/model/gaussian.h"

namespace elbow::estimator {

MinibatchPass::MinibatchPass(const EstimatorSetup& setup)
    : n_(setup.spec.latents),
      l_(setup.noise_samples),
      team_(*setup.team),
      encoder_(fused::needed_kernel_form(setup.spec), setup.precision),
      decoder_(fused::needed_kernel_form(setup.spec), setup.precision),
      draws_(setup.spec.latents, setup.noise_samples) {}

BoundSum MinibatchPass::run(const Minibatch& batch,
                            const std::function<void(const Share& rows, int member)>& work) {
    const auto rows = batch.rows();
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
    data::write_targets(batch, rows.begin, rows.end, encoder_.input(rows.begin));
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
    const auto latents = static_cast<std::size_t>(n_);
    const float* heads = encoder_.heads(row);
    own.kl = model::kl_in_training({heads, latents}, {heads + n_, latents});
}

void MinibatchPass::decoder_weight_gradients(int member, std::span<float> gradients) const {
    decoder_.weight_gradients(static_cast<std::int64_t>(terms_.size()) * l_, member, team_.size(),
                              gradients.data());
}

void MinibatchPass::weight_gradients(int member, std::span<float> gradients) {
    wait_for_all();
    decoder_weight_gradients(member, gradients);
    encoder_weight_gradients(member, gradients);
}

void MinibatchPass::encoder_weight_gradients(int member, std::span<float> gradients) const {
    encoder_.weight_gradients(static_cast<std::int64_t>(terms_.size()), member, team_.size(),
                              gradients.data());
}

}  // namespace elbow::estimator
