#include "engine/infer/decoder_joint.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/model/kernels.h"

namespace elbow::infer {
namespace {

// Enough for the matrix products to be efficient, little enough for the caches.
constexpr std::size_t kPiece = 512;

}  // namespace

DecoderJoint::DecoderJoint(const model::Architecture& architecture, Team& team)
    : d_(architecture.dimensions()),
      n_(architecture.latents),
      team_(team),
      decoder_(architecture) {}

void DecoderJoint::look_at(std::span<const float> parameters, const std::uint8_t* pixels,
                           float scale) {
    parameters_ = parameters.data();
    pixels_ = pixels;
    scale_ = scale;
}

void DecoderJoint::evaluate(std::span<const std::uint32_t> images, std::span<const float> z,
                            std::span<double> log_density, std::span<float> gradient) {
    const auto latents = static_cast<std::size_t>(n_);
    for (std::size_t first = 0; first < images.size(); first += kPiece) {
        const std::size_t rows = std::min(kPiece, images.size() - first);
        evaluate_piece(images.subspan(first, rows), z.data() + first * latents,
                       log_density.data() + first,
                       gradient.empty() ? nullptr : gradient.data() + first * latents);
    }
}

void DecoderJoint::evaluate_piece(std::span<const std::uint32_t> images, const float* z,
                                  double* log_density, float* gradient) {
    const auto rows = static_cast<std::int64_t>(images.size());
    decoder_.reserve(rows);
    const std::size_t targets = images.size() * static_cast<std::size_t>(d_);
    if (x_.size() < targets) x_.resize(targets);
    team_.run([&](int member) {
        work_on_rows(share_of(rows, member, team_.size()), images, z, log_density, gradient);
    });
}

void DecoderJoint::work_on_rows(const Share& rows, std::span<const std::uint32_t> images,
                                const float* z, double* log_density, float* gradient) {
    if (rows.size() <= 0) return;
    const double log_two_pi = std::log(2.0 * std::numbers::pi);
    std::copy_n(z + rows.begin * n_, rows.size() * n_, decoder_.z(rows.begin));
    decoder_.forward(parameters_, rows);
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
        float* x = x_.data() + row * d_;
        const std::int64_t image = images[static_cast<std::size_t>(row)];
        model::to_float(pixels_ + image * d_, scale_, d_, x);
        double sum = decoder_.likelihood(parameters_, row, x, 1.0f);
        for (int n = 0; n < n_; ++n) {
            const double at = z[row * n_ + n];
            sum -= 0.5 * (log_two_pi + at * at);
        }
        log_density[row] = sum;
    }
    if (gradient == nullptr) return;
    decoder_.backward(parameters_, rows);
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
        const float* slope = decoder_.z_gradient(row);
        for (int n = 0; n < n_; ++n) gradient[row * n_ + n] = slope[n] - z[row * n_ + n];
    }
}

}  // namespace elbow::infer
