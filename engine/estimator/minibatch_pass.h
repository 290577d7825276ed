#pragma once

// One minibatch through encoder and decoder, shared out among a team: what the estimators that have
// an encoder are made of. Used by the Session's thread and its team.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/estimator/estimator.h"
#include "engine/estimator/posterior_draws.h"

namespace elbow::estimator {

class MinibatchPass {
  public:
    explicit MinibatchPass(const EstimatorSetup&);

    std::int64_t latents() const { return n_; }        // N
    std::int64_t noise_samples() const { return l_; }  // L
    fused::EncoderPass& encoder() { return encoder_; }
    fused::DecoderPass& decoder() { return decoder_; }
    const PosteriorDraws& draws() const { return draws_; }
    BoundSum& term(std::int64_t row) { return terms_[static_cast<std::size_t>(row)]; }

    // Makes room, sets every image's term to zero, calls work(rows, member) on the whole team, each
    // with its share of the images, and returns the sum of the terms.
    BoundSum run(const Minibatch&, const std::function<void(const Share& rows, int member)>& work);

    // Each by all members, for they wait for each other: what is large is shared out by hidden
    // units and outputs instead of images, so that a weight is read, and its gradient made, by the
    // one member that moves it, and stays in the caches of its core.
    // For the images of a member's share: targets into the encoder, and its heads.
    void encode(const float* parameters, const Minibatch&, const Share& rows, int member);
    // The latter alone, of what lies in the encoder already.
    void encode_inputs(const float* parameters, const Share& rows, int member);
    // The z of all images to the decoder's outputs.
    void decode(const float* parameters, const Share& rows, int member);
    // encode(), L draws of z, and decode().
    void encode_and_decode(const float* parameters, const Minibatch&, const Share& rows,
                           int member);
    // The gradient of all images' outputs to the decoder's hidden units, and to z where it is
    // wanted.
    void backward(const float* parameters, const Share& rows, int member, bool to_z = true);
    // An image's term with its KL in closed form; its draws' outputs become the gradient of the
    // mean of log p(x|z) over them.
    void reconstruct(const float* parameters, std::int64_t row);

    void wait_for_all() { team_.barrier(); }
    // This member's part of the weights' gradients. After all members' backward passes.
    void decoder_weight_gradients(int member, std::span<float> gradients) const;
    void encoder_weight_gradients(int member, std::span<float> gradients) const;
    // Both, once all members are there.
    void weight_gradients(int member, std::span<float> gradients);

  private:
    // A member's part of what a product makes, [rows, columns]: some columns of all rows, and where
    // those would be too narrow more columns of some rows.
    struct Product {
        Share rows, columns;
    };
    Product share_out(std::int64_t rows, std::int64_t columns, int member) const;
    // Rows of the decoder.
    std::int64_t draw_count() const { return static_cast<std::int64_t>(terms_.size()) * l_; }

    std::int64_t n_, l_;  // N, L
    Team& team_;
    fused::EncoderPass encoder_;
    fused::DecoderPass decoder_;
    PosteriorDraws draws_;
    std::vector<BoundSum> terms_;  // [M]
};

}  // namespace elbow::estimator
