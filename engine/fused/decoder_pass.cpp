#include "engine/fused/decoder_pass.h"

#include <algorithm>

#include "engine/fused/kernels.h"
#include "engine/fused/known_values.h"
#include "engine/fused/rounded_products.h"

namespace elbow::fused {

DecoderPass::DecoderPass(const Architecture& architecture, Precision precision)
    : architecture_(architecture),
      offsets_(architecture),
      precision_(precision_for(precision, std::min(architecture.hidden, architecture.outputs()))),
      hidden_precision_(
          precision_for(precision, std::min(architecture.hidden, architecture.latents))),
      h_(architecture.hidden),
      n_(architecture.latents),
      o_(architecture.outputs()) {}

void DecoderPass::reserve(std::int64_t rows) {
    if (rows <= reserved_) return;
    const auto size = [rows](std::int64_t columns) {
        return static_cast<std::size_t>(rows * columns);
    };
    z_.resize(size(n_));
    z_gradient_.resize(size(n_));
    hidden_.resize(size(h_));
    hidden_gradient_.resize(size(h_));
    outputs_.resize(size(o_));
    reserved_ = rows;  // last: where the memory did not suffice, the old promise stands
}

void DecoderPass::forward_hidden(const float* p, const Share& rows) {
    if (rows.size() <= 0) return;
    float* hidden = hidden_.data() + rows.begin * h_;
    multiply_nt(rows.size(), h_, n_, z(rows.begin), n_, p + offsets_.decoder_hidden_weight, n_,
                hidden, h_, hidden_precision_);
    add_bias_and_activate(architecture_.activation, p + offsets_.decoder_hidden_bias, rows.size(),
                          h_, h_, hidden);
}

void DecoderPass::forward_outputs(const float* p, const Share& rows, const Share& columns,
                                  float* out) {
    if (rows.size() <= 0 || columns.size() <= 0) return;
    multiply_nt(rows.size(), columns.size(), h_, hidden_.data() + rows.begin * h_, h_,
                p + offsets_.decoder_outputs_weight + columns.begin * h_, h_, out + columns.begin,
                o_, precision_);
}

double DecoderPass::likelihood(const float* p, std::int64_t row, const float* x, float weight) {
    return likelihood_of(x, p + offsets_.decoder_outputs_bias, weight, architecture_.dimensions(),
                         outputs(row));
}

double DecoderPass::likelihood_of(const float* x, const float* bias, float weight, std::int64_t d,
                                  float* out) const {
    return architecture_.likelihood == Likelihood::kBernoulli
               ? bernoulli_row_with_gradient(x, bias, weight, d, out)
               : gaussian_row_with_gradient(x, bias, weight, architecture_.variance_floor, d, out);
}

// As of a smaller image.
double DecoderPass::likelihood(const float* p, std::int64_t row, const float* x, float weight,
                               std::span<const std::int32_t> known) {
    const std::int64_t d = architecture_.dimensions();
    gather_values(x, known, d, d, known_targets_);
    gather_values(p + offsets_.decoder_outputs_bias, known, d, o_, known_bias_);
    gather_values(outputs(row), known, d, o_, known_outputs_);
    const double nats =
        likelihood_of(known_targets_.data(), known_bias_.data(), weight,
                      static_cast<std::int64_t>(known.size()), known_outputs_.data());
    std::fill_n(outputs(row), o_, 0.0F);
    for (std::int64_t part = 0; part < o_ / d; ++part) {
        const float* from = known_outputs_.data() + part * static_cast<std::int64_t>(known.size());
        for (std::size_t i = 0; i < known.size(); ++i) outputs(row)[part * d + known[i]] = from[i];
    }
    return nats;
}

void DecoderPass::scale_gradient(std::int64_t row, float factor) {
    float* gradient = outputs(row);
    for (std::int64_t i = 0; i < o_; ++i) gradient[i] *= factor;
}

void DecoderPass::finish_outputs(const float* p, std::int64_t row) {
    add_bias(p + offsets_.decoder_outputs_bias, 1, o_, outputs(row));
    if (architecture_.likelihood == Likelihood::kGaussian) {
        apply_variance_floor(architecture_.variance_floor, architecture_.dimensions(),
                             outputs(row));
    }
}

void DecoderPass::backward_hidden(const float* p, const Share& rows, const Share& units) {
    if (rows.size() <= 0 || units.size() <= 0) return;
    const std::int64_t first = rows.begin * h_ + units.begin;
    float* gradient = hidden_gradient_.data() + first;
    multiply_nn(rows.size(), units.size(), o_, outputs(rows.begin), o_,
                p + offsets_.decoder_outputs_weight + units.begin, h_, gradient, h_, precision_);
    multiply_by_slope(architecture_.activation, hidden_.data() + first, rows.size(), units.size(),
                      h_, gradient);
}

void DecoderPass::backward_z(const float* p, const Share& rows) {
    if (rows.size() <= 0) return;
    const float* gradient = hidden_gradient_.data() + rows.begin * h_;
    multiply_nn(rows.size(), n_, h_, gradient, h_, p + offsets_.decoder_hidden_weight, n_,
                z_gradient(rows.begin), n_, hidden_precision_);
}

void DecoderPass::weight_gradients(std::int64_t rows, int member, int team_size, float* g) const {
    const Share units = share_of(h_, member, team_size, 16);
    const Share outputs = share_of(o_, member, team_size, 16);
    if (outputs.size() > 0) {
        const float* gradient = outputs_.data() + outputs.begin;
        multiply_tn(outputs.size(), h_, rows, gradient, o_, hidden_.data(), h_,
                    g + offsets_.decoder_outputs_weight + outputs.begin * h_, h_, precision_);
        column_sums(gradient, rows, outputs.size(), o_,
                    g + offsets_.decoder_outputs_bias + outputs.begin);
    }
    if (units.size() > 0) {
        const float* gradient = hidden_gradient_.data() + units.begin;
        multiply_tn(units.size(), n_, rows, gradient, h_, z_.data(), n_,
                    g + offsets_.decoder_hidden_weight + units.begin * n_, n_, hidden_precision_);
        column_sums(gradient, rows, units.size(), h_,
                    g + offsets_.decoder_hidden_bias + units.begin);
    }
}

}  // namespace elbow::fused
