#pragma once

// Decoded images over a plane through the latent space: over a rectangle of the map, or over the
// unit square mapped through the inverse Gaussian CDF as in figure 4 of the paper. Pure functions.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/model/model.h"

namespace elbow::explore {

// A grid of cell centres over [x_min, x_max] x [y_min, y_max]; y grows upwards, row 0 is the top
// row. With `quantiles` these are probabilities, within [0, 1], and z = Phi^-1 of them along both
// axes.
struct ManifoldRequest {
    int columns = 20;
    int rows = 20;
    float x_min = -3, x_max = 3, y_min = -3, y_max = 3;
    int x_axis = 0;             // latent dimension along x
    int y_axis = 1;             // along y; with one latent, equal to x_axis and ignored
    std::vector<float> anchor;  // [N]: the other dimensions' values; empty: zeros
    int label = 0;              // that the decoder is told, where it is told one
    bool quantiles = false;
    bool operator==(const ManifoldRequest&) const = default;
};

// z of every cell, [rows * columns, N].
std::vector<float> manifold_latents(const ManifoldRequest&, int latents);

// The paper's figure 4: n x n, z = Phi^-1((i + 1/2) / n) along both axes. [n * n, N], row 0 at the
// top.
std::vector<float> quantile_latents(int n, int x_axis, int y_axis, std::span<const float> anchor,
                                    int latents);

// Phi^-1(p), p in (0, 1), to about 1e-9.
double inverse_normal_cdf(double p);
// Phi(z), the probability that a draw from N(0, 1) is less than z.
double normal_cdf(double z);

// Draws from the model's prior, [count, N]: the same for the same seed wherever prior samples are
// shown, exported or written.
std::vector<float> prior_latents(model::Model&, model::Parameters, std::uint64_t seed, int count);

// The labels that samples of the prior are decoded with in a sheet of so many columns, [count]:
// each row has one of its own, from the first on. Empty for a model that is told none.
std::vector<std::uint8_t> labels_of_samples(int count, int columns, const model::ModelSpec&);

// The means of p(x|z) for z [count, N], [count, D]. labels [count]: for a model that is told them;
// empty: each has label 0. The second form: all have the same.
std::vector<std::uint8_t> decode(model::Model&, model::Parameters, std::span<const float> z,
                                 std::span<const std::uint8_t> labels = {});
std::vector<std::uint8_t> decode(model::Model&, model::Parameters, std::span<const float> z,
                                 int label);
// The same as numbers from 0 to 1, for what is measured between images: images [count, D].
void decode_means(model::Model&, model::Parameters, std::span<const float> z, int label,
                  std::span<float> images);

}  // namespace elbow::explore
