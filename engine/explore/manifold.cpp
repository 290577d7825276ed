#include "engine/explore/manifold.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "engine/core/error.h"
#include "engine/core/rng.h"

namespace elbow::explore {

namespace {

constexpr std::size_t kPiece = 128;  // images decoded at a time

// A plane through the latent space: two axes, and an anchor that holds the others.
struct Plane {
    int x_axis;
    int y_axis;
    std::span<const float> anchor;  // [N] or empty
    int latents;
};

void check(const Plane& plane) {
    for (const int axis : {plane.x_axis, plane.y_axis}) {
        if (axis < 0 || axis >= plane.latents) {
            throw UsageError("z" + std::to_string(axis + 1) +
                             " was chosen as an axis, but the model has z1 to z" +
                             std::to_string(plane.latents) + "; choose one of those.");
        }
    }
    if (!plane.anchor.empty() && plane.anchor.size() != static_cast<std::size_t>(plane.latents)) {
        throw UsageError("The anchor has " + std::to_string(plane.anchor.size()) +
                         " values, but the model has " + std::to_string(plane.latents) +
                         " latents; give one value for each.");
    }
}

// [ys.size() * xs.size(), N], rows in the order of ys.
std::vector<float> grid(const Plane& plane, std::span<const float> xs, std::span<const float> ys) {
    check(plane);
    const auto latents = static_cast<std::size_t>(plane.latents);
    std::vector<float> z(xs.size() * ys.size() * latents, 0.0f);
    float* cell = z.data();
    for (const float y : ys) {
        for (const float x : xs) {
            std::copy(plane.anchor.begin(), plane.anchor.end(), cell);
            // y first: with one latent both axes are the same dimension, and x is the one that
            // counts.
            cell[plane.y_axis] = y;
            cell[plane.x_axis] = x;
            cell += latents;
        }
    }
    return z;
}

// The centres of `count` equal cells over [from, to], in that order.
std::vector<float> centres(int count, float from, float to) {
    std::vector<float> values(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const double t = (i + 0.5) / count;
        values[static_cast<std::size_t>(i)] = static_cast<float>(from + t * (double{to} - from));
    }
    return values;
}

void check_size(int columns, int rows) {
    if (columns < 1 || rows < 1) {
        throw UsageError("A manifold needs at least one column and one row; " +
                         std::to_string(columns) + " x " + std::to_string(rows) +
                         " was asked for.");
    }
}

// A start within 5e-4 of Phi^-1(p) for p <= 1/2: Hastings' rational function of sqrt(-2 ln p)
// (Abramowitz and Stegun 26.2.23).
double rough_lower_quantile(double p) {
    const double t = std::sqrt(-2.0 * std::log(p));
    const double numerator = 2.515517 + t * (0.802853 + t * 0.010328);
    const double denominator = 1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    return numerator / denominator - t;
}

// Of points z [count, N].
std::size_t count_of(const model::Model& model, std::span<const float> z) {
    const auto latents = static_cast<std::size_t>(model.latents());
    if (z.size() % latents != 0) {
        throw Error("Points of " + std::to_string(latents) + " latents were expected, but " +
                    std::to_string(z.size()) + " values are no whole number of them.");
    }
    return z.size() / latents;
}

std::vector<std::uint8_t> all_of(int label, std::size_t count) {
    return std::vector<std::uint8_t>(count, static_cast<std::uint8_t>(label));
}

// Calls use(first, outputs [rows, O]) for a piece after the other. Empty labels: each has label 0.
template <class Use>
void in_pieces(model::Model& model, model::Parameters parameters, std::span<const float> z,
               std::span<const std::uint8_t> labels, const Use& use) {
    const auto latents = static_cast<std::size_t>(model.latents());
    const std::size_t count = count_of(model, z);
    std::vector<float> outputs(std::min(count, kPiece) * model.outputs());
    const std::vector<std::uint8_t> first_label =
        all_of(0, labels.empty() ? std::min(count, kPiece) : 0);
    for (std::size_t begin = 0; begin < count; begin += kPiece) {
        const std::size_t rows = std::min(kPiece, count - begin);
        const auto decoded = std::span(outputs).first(rows * model.outputs());
        model.decode(
            parameters, z.subspan(begin * latents, rows * latents),
            labels.empty() ? std::span(first_label).first(rows) : labels.subspan(begin, rows),
            decoded);
        use(begin, std::span<const float>(decoded));
    }
}

}  // namespace

std::vector<float> manifold_latents(const ManifoldRequest& request, int latents) {
    check_size(request.columns, request.rows);
    std::vector<float> x = centres(request.columns, request.x_min, request.x_max);
    std::vector<float> y = centres(request.rows, request.y_max, request.y_min);
    if (request.quantiles) {
        for (std::vector<float>* values : {&x, &y})
            for (float& each : *values)
                each = static_cast<float>(inverse_normal_cdf(static_cast<double>(each)));
    }
    return grid({request.x_axis, request.y_axis, request.anchor, latents}, x, y);
}

std::vector<float> quantile_latents(int n, int x_axis, int y_axis, std::span<const float> anchor,
                                    int latents) {
    check_size(n, n);
    std::vector<float> quantiles(static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i) {
        quantiles[static_cast<std::size_t>(i)] =
            static_cast<float>(inverse_normal_cdf((i + 0.5) / n));
    }
    const std::vector<float> from_the_top(quantiles.rbegin(), quantiles.rend());
    return grid({x_axis, y_axis, anchor, latents}, quantiles, from_the_top);
}

double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double inverse_normal_cdf(double p) {
    if (!(p > 0.0 && p < 1.0)) {
        throw UsageError(
            "The inverse Gaussian CDF takes a probability between 0 and 1, both "
            "excluded; " +
            std::to_string(p) + " was given.");
    }
    // Only the lower half is computed, where erfc keeps its relative precision; 1 - p is exact for
    // p >= 1/2.
    if (p > 0.5) return -inverse_normal_cdf(1.0 - p);
    if (p == 0.5) return 0.0;  // exactly: the middle of an odd grid is the origin
    double z = rough_lower_quantile(p);
    for (int i = 0; i < 2; ++i) {
        const double cdf = normal_cdf(z);
        const double density =
            std::exp(-0.5 * z * z) * (std::numbers::inv_sqrtpi / std::numbers::sqrt2);
        if (density <= 0.0) break;  // p is denormal: the start is all there is
        const double newton = (cdf - p) / density;
        z -= newton / (1.0 + 0.5 * z * newton);  // Halley: the density's slope is -z times itself
    }
    return z;
}

std::vector<std::uint8_t> decode(model::Model& model, model::Parameters parameters,
                                 std::span<const float> z, std::span<const std::uint8_t> labels) {
    const std::size_t count = count_of(model, z), dimensions = model.dimensions();
    std::vector<std::uint8_t> images(count * dimensions);
    in_pieces(model, parameters, z, labels, [&](std::size_t begin, std::span<const float> decoded) {
        const std::size_t rows = decoded.size() / model.outputs();
        model.pictures(parameters, decoded,
                       std::span(images).subspan(begin * dimensions, rows * dimensions));
    });
    return images;
}

std::vector<std::uint8_t> decode(model::Model& model, model::Parameters parameters,
                                 std::span<const float> z, int label) {
    return decode(model, parameters, z, all_of(label, count_of(model, z)));
}

void decode_means(model::Model& model, model::Parameters parameters, std::span<const float> z,
                  int label, std::span<float> images) {
    const std::size_t dimensions = model.dimensions();
    const std::vector<std::uint8_t> labels = all_of(label, count_of(model, z));
    in_pieces(model, parameters, z, labels, [&](std::size_t begin, std::span<const float> decoded) {
        const std::size_t rows = decoded.size() / model.outputs();
        model.means(parameters, decoded, images.subspan(begin * dimensions, rows * dimensions));
    });
}

std::vector<std::uint8_t> labels_of_samples(int count, int columns, const model::ModelSpec& spec) {
    std::vector<std::uint8_t> labels(static_cast<std::size_t>(spec.classes > 0 ? count : 0));
    for (std::size_t sample = 0; sample < labels.size(); ++sample) {
        const std::size_t row = sample / static_cast<std::size_t>(std::max(columns, 1));
        labels[sample] = static_cast<std::uint8_t>(row % static_cast<std::size_t>(spec.classes));
    }
    return labels;
}

std::vector<float> prior_latents(model::Model& model, model::Parameters parameters,
                                 std::uint64_t seed, int count) {
    std::vector<float> z(static_cast<std::size_t>(count) *
                         static_cast<std::size_t>(model.latents()));
    model.sample_prior(parameters, Stream(seed, "prior samples"), 0, z);
    return z;
}

}  // namespace elbow::explore
