#include "engine/fused/encoder_pass.h"

#include <algorithm>

#include "engine/fused/kernels.h"
#include "engine/fused/rounded_products.h"

namespace elbow::fused {

EncoderPass::EncoderPass(const Architecture& architecture, Precision precision)
    : offsets_(architecture),
      precision_(
          precision_for(precision, std::min(architecture.hidden, architecture.dimensions()))),
      heads_precision_(
          precision_for(precision, std::min(architecture.hidden, 2 * architecture.latents))),
      activation_(architecture.activation),
      d_(architecture.dimensions()),
      h_(architecture.hidden),
      n_(architecture.latents),
      sparse_(architecture.dimensions()) {}

void EncoderPass::begin(std::int64_t rows) {
    sparse_.begin(wants_sparse_products(precision_) ? rows : 0);
    rows_ = rows;
    if (rows <= reserved_) return;
    const auto size = [rows](std::int64_t columns) {
        return static_cast<std::size_t>(rows * columns);
    };
    inputs_.resize(size(d_));
    hidden_.resize(size(h_));
    hidden_gradient_.resize(size(h_));
    heads_.resize(size(2 * n_));
    heads_gradient_.resize(size(2 * n_));
    reserved_ = rows;  // last: where the memory did not suffice, the old promise stands
}

void EncoderPass::forward_hidden(const float* p, const Share& rows, const Share& units) {
    if (rows.size() <= 0 || units.size() <= 0) return;
    const float* weights = p + offsets_.encoder_hidden_weight;
    float* hidden = hidden_.data() + rows.begin * h_ + units.begin;
    if (sparse_.is_faster()) {
        sparse_.multiply(weights, rows, units, h_, hidden_.data());
    } else {
        multiply_nt(rows.size(), units.size(), d_, input(rows.begin), d_,
                    weights + units.begin * d_, d_, hidden, h_, precision_);
    }
    add_bias_and_activate(activation_, p + offsets_.encoder_hidden_bias + units.begin, rows.size(),
                          units.size(), h_, hidden);
}

void EncoderPass::forward_heads(const float* p, const Share& rows) {
    if (rows.size() <= 0) return;
    const float* hidden = hidden_.data() + rows.begin * h_;
    multiply_nt(rows.size(), 2 * n_, h_, hidden, h_, p + offsets_.encoder_heads_weight, h_,
                heads(rows.begin), 2 * n_, heads_precision_);
    add_bias(p + offsets_.encoder_heads_bias, rows.size(), 2 * n_, heads(rows.begin));
}

void EncoderPass::backward(const float* p, const Share& rows) {
    if (rows.size() <= 0) return;
    float* gradient = hidden_gradient_.data() + rows.begin * h_;
    multiply_nn(rows.size(), h_, 2 * n_, heads_gradient(rows.begin), 2 * n_,
                p + offsets_.encoder_heads_weight, h_, gradient, h_, heads_precision_);
    multiply_by_slope(activation_, hidden_.data() + rows.begin * h_, rows.size(), h_, h_, gradient);
}

void EncoderPass::weight_gradients(int member, int team_size, float* g) const {
    const Share units = share_of(h_, member, team_size, 16);
    if (units.size() > 0) {
        const float* gradient = hidden_gradient_.data() + units.begin;
        float* of_weights = g + offsets_.encoder_hidden_weight;
        if (sparse_.is_faster()) {
            sparse_.weight_gradient(hidden_gradient_.data(), units, h_, of_weights);
        } else {
            multiply_tn(units.size(), d_, rows_, gradient, h_, inputs_.data(), d_,
                        of_weights + units.begin * d_, d_, precision_);
        }
        column_sums(gradient, rows_, units.size(), h_,
                    g + offsets_.encoder_hidden_bias + units.begin);
        multiply_tn(2 * n_, units.size(), rows_, heads_gradient_.data(), 2 * n_,
                    hidden_.data() + units.begin, h_,
                    g + offsets_.encoder_heads_weight + units.begin, h_, heads_precision_);
    }
    if (member == 0) {
        column_sums(heads_gradient_.data(), rows_, 2 * n_, 2 * n_, g + offsets_.encoder_heads_bias);
    }
}

}  // namespace elbow::fused
