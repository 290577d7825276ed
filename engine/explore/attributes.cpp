#include "engine/explore/attributes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/explore/vectors.h"

namespace elbow::explore {
namespace {

struct Sum {
    std::vector<double> values;  // [N]
    int count = 0;
};

// Calls use(image) for each of the map's images that is in the list, or is not.
template <class Use>
void for_images(const LatentMap& map, std::span<const int> images, bool in_list, const Use& use) {
    if (in_list) {
        for (const int image : images)
            if (image >= 0 && image < map.count) use(image);
        return;
    }
    for (int image = 0; image < map.count; ++image)
        if (!std::binary_search(images.begin(), images.end(), image)) use(image);
}

std::vector<float> mean_of_codes(const LatentMap& map, std::span<const int> images, bool in_list) {
    const auto latents = static_cast<std::size_t>(map.latents);
    Sum sum{std::vector<double>(latents, 0.0)};
    for_images(map, images, in_list, [&](int image) {
        const auto code =
            std::span(map.mean).subspan(static_cast<std::size_t>(image) * latents, latents);
        if (!std::all_of(code.begin(), code.end(), [](float z) { return std::isfinite(z); }))
            return;
        for (std::size_t i = 0; i < latents; ++i) sum.values[i] += double{code[i]};
        ++sum.count;
    });
    std::vector<float> mean;
    if (sum.count == 0) return mean;
    for (const double value : sum.values) mean.push_back(static_cast<float>(value / sum.count));
    return mean;
}

}  // namespace

std::vector<float> mean_code(const LatentMap& map, std::span<const int> images) {
    return mean_of_codes(map, images, true);
}

double Direction::amount(std::span<const float> z) const {
    double along = 0.0;
    for (std::size_t i = 0; i < step.size(); ++i) along += (double{z[i]} - from[i]) * step[i];
    return along / dot(step, step);
}

std::vector<float> Direction::with_amount(std::span<const float> z, double amount) const {
    const double change = amount - this->amount(z);
    std::vector<float> moved(z.begin(), z.end());
    for (std::size_t i = 0; i < step.size(); ++i)
        moved[i] = static_cast<float>(moved[i] + change * step[i]);
    return moved;
}

Direction direction_of(const LatentMap& map, const Attribute& attribute) {
    const bool others = attribute.without.empty();
    Direction direction{mean_of_codes(map, others ? attribute.with : attribute.without, !others),
                        {}};
    const std::vector<float> to = mean_code(map, attribute.with);
    if (to.empty() || direction.from.empty()) return direction;
    for (std::size_t i = 0; i < to.size(); ++i) direction.step.push_back(to[i] - direction.from[i]);
    if (!(dot(direction.step, direction.step) > 0.0)) direction.step.clear();
    return direction;
}

std::vector<float> analogous(std::span<const float> a, std::span<const float> b,
                             std::span<const float> c) {
    std::vector<float> z(c.begin(), c.end());
    for (std::size_t i = 0; i < z.size(); ++i) z[i] += b[i] - a[i];
    return z;
}

}  // namespace elbow::explore
