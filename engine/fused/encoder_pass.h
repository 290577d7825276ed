#pragma once

// The encoder's forward and backward pass over a minibatch, by kernels, for a team whose members
// share the rows: the fast path of training. Buffers are reserved once and used again. Used by the
// Session's thread and its team.

#include <cstdint>

#include "engine/core/aligned.h"
#include "engine/core/team.h"
#include "engine/fused/architecture.h"
#include "engine/fused/matrix.h"
#include "engine/fused/sparse_inputs.h"

namespace elbow::fused {

class EncoderPass {
  public:
    explicit EncoderPass(const Architecture&, Precision = Precision::kFloat32);

    // A minibatch of so many rows begins: room for it, with nothing in it.
    void begin(std::int64_t rows);
    // Once a share's inputs are written; all of them before any forward pass.
    void note_inputs(const Share& rows) { sparse_.list_rows(inputs_.data(), rows); }

    float* input(std::int64_t row) { return inputs_.data() + row * d_; }     // [D]
    float* heads(std::int64_t row) { return heads_.data() + row * 2 * n_; }  // [2N] mu, v
    float* heads_gradient(std::int64_t row) {                                // [2N]
        return heads_gradient_.data() + row * 2 * n_;
    }

    // inputs -> heads, for the rows of the share.
    void forward(const float* parameters, const Share& rows) {
        forward_hidden(parameters, rows, {0, h_});
        forward_heads(parameters, rows);
    }
    // The two halves of it. Each hidden unit is computed for itself, so that members may share
    // them out instead of the rows.
    void forward_hidden(const float* parameters, const Share& rows, const Share& units);
    void forward_heads(const float* parameters, const Share& rows);
    std::int64_t hidden() const { return h_; }  // H
    // heads' gradient -> the hidden units'.
    void backward(const float* parameters, const Share& rows);
    // This member's part of what weight_gradients() needs of the inputs; once all are noted.
    void list_pixels(int member, int team_size) { sparse_.list_pixels(member, team_size); }
    // The weights' gradients summed over all rows, this member's part of them. After all members'
    // list_pixels() and backward().
    void weight_gradients(int member, int team_size, float* gradients) const;

  private:
    Offsets offsets_;
    Precision precision_;        // of products with the hidden layer's weights
    Precision heads_precision_;  // with the heads'
    Activation activation_;
    std::int64_t d_, h_, n_;  // D, H, N
    std::int64_t rows_ = 0, reserved_ = 0;
    SparseInputs sparse_;
    AlignedFloats inputs_;           // [B, D] in [0, 1]
    AlignedFloats hidden_;           // [B, H] activated
    AlignedFloats hidden_gradient_;  // [B, H] before the activation
    AlignedFloats heads_;            // [B, 2N]
    AlignedFloats heads_gradient_;   // [B, 2N]
};

}  // namespace elbow::fused
