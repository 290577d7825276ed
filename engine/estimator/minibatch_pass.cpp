#include "engine/estimator/minibatch_pass.h"

#include <algorithm>

#include "engine/model/gaussian.h"

namespace elbow::estimator {
namespace {

// Of narrower and of lower products oneDNN sums some in another order, and the weights would depend
// on the number of threads.
constexpr std::int64_t kLeastWidth = 112, kLeastHeight = 16;
constexpr std::int64_t kGrain = 16;  // columns that stay together

// The number of parts, of kLeastHeight rows at least, and no more than there are members.
int parts_of_rows(std::int64_t rows, int members) {
    return static_cast<int>(std::clamp<std::int64_t>(rows / kLeastHeight, 1, members));
}

// Of the shares of the columns, which are whole grains but for the last one.
std::int64_t narrowest(std::int64_t columns, int parts) {
    const std::int64_t grains = (columns + kGrain - 1) / kGrain;
    return std::min(grains / parts * kGrain, share_of(columns, parts - 1, parts, kGrain).size());
}

// A member's; nothing where there are fewer than members.
Share part_of_rows(std::int64_t rows, int member, int members) {
    const int parts = parts_of_rows(rows, members);
    return member < parts ? share_of(rows, member, parts) : Share{rows, rows};
}

}  // namespace

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
    encoder_.begin(rows);
    decoder_.reserve(rows * l_);
    draws_.reserve(rows);
    terms_.assign(batch.indices.size(), {});
    team_.run([&](int member) { work(part_of_rows(rows, member, team_.size()), member); });
    BoundSum sum;
    for (const BoundSum& term : terms_) {
        sum.reconstruction += term.reconstruction;
        sum.kl += term.kl;
        sum.gain += term.gain;
    }
    return sum;
}

// Keeps as many members busy as possible; of equal splits the one with more parts of the columns.
MinibatchPass::Product MinibatchPass::share_out(std::int64_t rows, std::int64_t columns,
                                                int member) const {
    const int members = team_.size();
    int across = 1, down = 1;
    for (int more = 1; more <= members; ++more) {
        if (more > 1 && narrowest(columns, more) < kLeastWidth) break;
        const int rest = parts_of_rows(rows, members / more);
        if (more * rest < across * down) continue;
        across = more;
        down = rest;
    }
    if (member >= across * down) return {{rows, rows}, {columns, columns}};
    return {share_of(rows, member % down, down), share_of(columns, member / down, across, kGrain)};
}

void MinibatchPass::encode(const float* p, const Minibatch& batch, const Share& rows, int member) {
    data::write_targets(batch, rows.begin, rows.end, encoder_.input(rows.begin));
    encode_inputs(p, rows, member);
}

void MinibatchPass::encode_inputs(const float* p, const Share& rows, int member) {
    encoder_.note_inputs(rows);
    wait_for_all();
    encoder_.list_pixels(member, team_.size());
    const Product shared =
        share_out(static_cast<std::int64_t>(terms_.size()), encoder_.hidden(), member);
    encoder_.forward_hidden(p, shared.rows, shared.columns);
    wait_for_all();
    encoder_.forward_heads(p, rows);
}

void MinibatchPass::decode(const float* p, const Share& rows, int member) {
    decoder_.forward_hidden(p, draws_of(rows, l_));
    wait_for_all();
    const Product shared = share_out(draw_count(), decoder_.output_count(), member);
    decoder_.forward_outputs(p, shared.rows, shared.columns, decoder_.outputs(shared.rows.begin));
    wait_for_all();
}

void MinibatchPass::encode_and_decode(const float* p, const Minibatch& batch, const Share& rows,
                                      int member) {
    encode(p, batch, rows, member);
    draws_.draw(batch, rows, encoder_, decoder_);
    decode(p, rows, member);
}

void MinibatchPass::backward(const float* p, const Share& rows, int member, bool to_z) {
    wait_for_all();
    const Product shared = share_out(draw_count(), decoder_.hidden(), member);
    decoder_.backward_hidden(p, shared.rows, shared.columns);
    if (!to_z) return;
    wait_for_all();
    decoder_.backward_z(p, draws_of(rows, l_));
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
    decoder_.weight_gradients(draw_count(), member, team_.size(), gradients.data());
}

void MinibatchPass::weight_gradients(int member, std::span<float> gradients) {
    wait_for_all();
    decoder_weight_gradients(member, gradients);
    encoder_weight_gradients(member, gradients);
}

void MinibatchPass::encoder_weight_gradients(int member, std::span<float> gradients) const {
    encoder_.weight_gradients(member, team_.size(), gradients.data());
}

}  // namespace elbow::estimator
