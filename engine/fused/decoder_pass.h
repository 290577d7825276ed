#pragma once

// The decoder's forward and backward pass over rows of z, with the likelihood of their images: the
// fast path of training and of every inference that needs the decoder's gradient. As EncoderPass.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/team.h"
#include "engine/fused/architecture.h"
#include "engine/fused/matrix.h"

namespace elbow::fused {

class DecoderPass {
  public:
    explicit DecoderPass(const Architecture&, Precision = Precision::kFloat32);

    // Room for so many rows; what was in the buffers is lost when they grow.
    void reserve(std::int64_t rows);

    float* z(std::int64_t row) { return z_.data() + row * n_; }                    // [N]
    float* z_gradient(std::int64_t row) { return z_gradient_.data() + row * n_; }  // [N]
    float* outputs(std::int64_t row) { return outputs_.data() + row * o_; }        // [O]

    // z -> outputs, to which the bias has yet to be added, for the rows of the share.
    void forward(const float* parameters, const Share& rows) {
        forward(parameters, rows, outputs(rows.begin));
    }
    // The same into memory of the caller's, [rows.size(), O].
    void forward(const float* parameters, const Share& rows, float* outputs) {
        forward_hidden(parameters, rows);
        forward_outputs(parameters, rows, {0, o_}, outputs);
    }
    // The two halves of it. Each output is computed for itself, so that members may share them out
    // instead of the rows; `outputs`: as above, of all of them.
    void forward_hidden(const float* parameters, const Share& rows);
    void forward_outputs(const float* parameters, const Share& rows, const Share& columns,
                         float* outputs);
    std::int64_t hidden() const { return h_; }        // H
    std::int64_t output_count() const { return o_; }  // O
    // log p(x|z) of one row in nats, x [D]; outputs(row) become the gradient of weight * log
    // p(x|z).
    double likelihood(const float* parameters, std::int64_t row, const float* x, float weight);
    // The same of some of the values alone, whose numbers these are, [K], in rising order: the
    // gradient of the others is zero.
    double likelihood(const float* parameters, std::int64_t row, const float* x, float weight,
                      std::span<const std::int32_t> known);
    // outputs(row), holding a gradient, times the factor.
    void scale_gradient(std::int64_t row, float factor);
    // Instead of likelihood(): the bias added, the floor applied, so that outputs(row) parametrise
    // p(x|z).
    void finish_outputs(const float* parameters, std::int64_t row);

    // outputs' gradient -> the hidden units', and z's where it is wanted.
    void backward(const float* parameters, const Share& rows, bool to_z = true) {
        backward_hidden(parameters, rows, {0, h_});
        if (to_z) backward_z(parameters, rows);
    }
    // The two halves of it; members may share out the hidden units instead of the rows.
    void backward_hidden(const float* parameters, const Share& rows, const Share& units);
    void backward_z(const float* parameters, const Share& rows);
    // The weights' gradients summed over rows [0, rows), this member's part of them. After all
    // members' backward().
    void weight_gradients(std::int64_t rows, int member, int team_size, float* gradients) const;

  private:
    // Of d values and as many of each part of what the decoder puts out.
    double likelihood_of(const float* x, const float* bias, float weight, std::int64_t d,
                         float* outputs) const;

    Architecture architecture_;
    Offsets offsets_;
    Precision precision_;         // of products with the outputs' weights
    Precision hidden_precision_;  // with the hidden layer's
    std::int64_t h_, n_, o_;      // H, N, O
    std::int64_t reserved_ = 0;
    AlignedFloats z_;                // [B, N]
    AlignedFloats z_gradient_;       // [B, N]
    AlignedFloats hidden_;           // [B, H] activated
    AlignedFloats hidden_gradient_;  // [B, H] before the activation
    AlignedFloats outputs_;          // [B, O], then their gradient
    // Of the known values of a row, close together: targets [K], bias and outputs [O / D * K].
    std::vector<float> known_targets_, known_bias_, known_outputs_;
};

}  // namespace elbow::fused
