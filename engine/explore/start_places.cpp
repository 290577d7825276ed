#include "engine/explore/start_places.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace elbow::explore {
namespace {

constexpr std::size_t kSample = 2000;  // images that are considered
// A and B should lie this many deviations from the middle of the cloud, along x and along y...
constexpr double kAcross = 1.2, kUp = 0.8;
// ... and are chosen again if two of A, B and the dot come nearer to each other than this.
constexpr double kApart = 0.6;

struct MapPlace {
    double x = 0.0, y = 0.0;
};

double distance(MapPlace a, MapPlace b) { return std::hypot(a.x - b.x, a.y - b.y); }

std::vector<int> sample_of(const LatentMap& map, std::span<const std::uint32_t> order) {
    const auto count = static_cast<std::size_t>(map.count);
    const bool ordered = order.size() == count;
    std::vector<int> sample(std::min(count, kSample));
    for (std::size_t i = 0; i < sample.size(); ++i)
        sample[i] = static_cast<int>(ordered ? order[i] : i);
    return sample;
}

// The value at this part of the way from the smallest to the largest; reorders them.
double quantile(std::vector<float>& values, double part) {
    const auto place =
        values.begin() +
        static_cast<std::ptrdiff_t>(std::lround(part * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), place, values.end());
    return static_cast<double>(*place);
}

// One component of the finite codes.
std::vector<float> values_along(const LatentMap& map, const std::vector<int>& sample, int latent) {
    std::vector<float> values;
    values.reserve(sample.size());
    for (const int image : sample) {
        const float value = code_of(map, image)[static_cast<std::size_t>(latent)];
        if (std::isfinite(value)) values.push_back(value);
    }
    return values;
}

// Measures places on the plane from the middle of the cloud, in its deviations.
class Cloud {
  public:
    Cloud(const LatentMap& map, const std::vector<int>& sample, MapPlane plane)
        : plane_(plane), flat_(map.latents < 2 || plane.x_axis == plane.y_axis) {
        measure(map, sample, plane.x_axis, middle_.x, deviation_.x);
        if (!flat_) measure(map, sample, plane.y_axis, middle_.y, deviation_.y);
    }
    MapPlace place(std::span<const float> z) const {
        const auto along = [&](int axis, double middle, double deviation) {
            return (static_cast<double>(z[static_cast<std::size_t>(axis)]) - middle) / deviation;
        };
        return {along(plane_.x_axis, middle_.x, deviation_.x),
                flat_ ? 0.0 : along(plane_.y_axis, middle_.y, deviation_.y)};
    }

  private:
    // The middle two thirds tell of the cloud without its outliers.
    static void measure(const LatentMap& map, const std::vector<int>& sample, int axis,
                        double& middle, double& deviation) {
        std::vector<float> values = values_along(map, sample, axis);
        if (values.empty()) return;
        middle = quantile(values, 0.5);
        deviation = 0.5 * (quantile(values, 0.84) - quantile(values, 0.16));
        if (!(deviation > 0.0)) deviation = 1.0;
    }

    MapPlane plane_;
    bool flat_;
    MapPlace middle_{}, deviation_{1.0, 1.0};
};

struct Search {
    const LatentMap& map;
    std::span<const std::uint8_t> labels;
    const std::vector<int>& sample;
    const Cloud& cloud;

    bool of_one_label(int a, int b) const {
        return labels.size() == static_cast<std::size_t>(map.count) &&
               labels[static_cast<std::size_t>(a)] == labels[static_cast<std::size_t>(b)];
    }
    MapPlace place(int image) const { return cloud.place(code_of(map, image)); }

    // The image nearest to the target; -1: none.
    template <class Accept>
    int nearest(MapPlace target, Accept accept) const {
        int best = -1;
        double least = std::numeric_limits<double>::infinity();
        for (const int image : sample) {
            if (!accept(image)) continue;
            const double away = distance(place(image), target);
            if (!(away < least)) continue;  // also where a code is not a number
            best = image;
            least = away;
        }
        return best;
    }
    // Of another label than the other end where there is one.
    int nearest_beside(MapPlace target, int other) const {
        const int found = nearest(
            target, [&](int image) { return image != other && !of_one_label(image, other); });
        return found >= 0 ? found : nearest(target, [&](int image) { return image != other; });
    }

    double gap(const PathImages& images, const std::optional<MapPlace>& dot) const {
        const MapPlace a = place(images.a), b = place(images.b);
        const double apart = distance(a, b);
        return dot ? std::min({apart, distance(a, *dot), distance(b, *dot)}) : apart;
    }
};

}  // namespace

std::span<const float> code_of(const LatentMap& map, int image) {
    const auto latents = static_cast<std::size_t>(map.latents);
    return std::span(map.mean).subspan(static_cast<std::size_t>(image) * latents, latents);
}

std::optional<PathImages> path_images(const LatentMap& map, std::span<const std::uint8_t> labels,
                                      std::span<const std::uint32_t> order, MapPlane plane,
                                      std::span<const float> dot,
                                      const std::optional<PathImages>& before) {
    const std::vector<int> sample = sample_of(map, order);
    const Cloud cloud(map, sample, plane);
    const Search search{map, labels, sample, cloud};
    const std::optional<MapPlace> at =
        dot.empty() ? std::nullopt : std::optional<MapPlace>(cloud.place(dot));
    if (before && before->a >= 0 && before->b >= 0 && std::max(before->a, before->b) < map.count &&
        search.gap(*before, at) >= kApart)
        return before;
    // On one diagonal of the cloud, or on the other where the first runs over the dot.
    std::optional<PathImages> best;
    double widest = -1.0;
    for (const double up : {kUp, -kUp}) {
        PathImages images;
        images.a = search.nearest({-kAcross, -up}, [](int) { return true; });
        if (images.a < 0) return std::nullopt;
        images.b = search.nearest_beside({kAcross, up}, images.a);
        if (images.b < 0) return std::nullopt;
        const double gap = search.gap(images, at);
        if (gap > widest) {
            best = images;
            widest = gap;
        }
        if (gap >= kApart) break;
    }
    return best;
}

std::vector<float> middle_of_codes(const LatentMap& map, std::span<const std::uint32_t> order) {
    const std::vector<int> sample = sample_of(map, order);
    std::vector<float> middle(static_cast<std::size_t>(map.latents), 0.0f);
    for (int latent = 0; latent < map.latents; ++latent) {
        std::vector<float> values = values_along(map, sample, latent);
        if (!values.empty())
            middle[static_cast<std::size_t>(latent)] = static_cast<float>(quantile(values, 0.5));
    }
    return middle;
}

}  // namespace elbow::explore
