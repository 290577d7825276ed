#include "engine/explore/prior_pictures.h"

#include <algorithm>
#include <cmath>

#include "engine/model/families.h"

namespace elbow::explore {

int count_of_prior_pictures(const model::ModelSpec& spec) {
    const auto pictures = model::pictures_of_prior(spec);
    if (!pictures) return 0;
    return static_cast<int>(model::ParameterLayout(spec).view(pictures->block).shape.front());
}

std::vector<std::uint8_t> prior_pictures(const model::ModelSpec& spec, model::Parameters parameters,
                                         int first, int count) {
    const auto pictures = model::pictures_of_prior(spec);
    const auto dimensions = static_cast<std::size_t>(spec.image.size());
    std::vector<std::uint8_t> pixels(pictures ? static_cast<std::size_t>(count) * dimensions : 0);
    if (pixels.empty()) return pixels;
    const model::ParameterLayout layout(spec);
    const auto begin = static_cast<std::size_t>(layout.view(pictures->block).offset) +
                       static_cast<std::size_t>(first) * dimensions;
    const auto block = parameters.subspan(begin, pixels.size());
    std::transform(block.begin(), block.end(), pixels.begin(), [&](float parameter) {
        const float value = pictures->pixel(parameter);  // not a number after a divergence
        return static_cast<std::uint8_t>(value > 0.0F ? std::lround(255.0F * value) : 0);
    });
    return pixels;
}

}  // namespace elbow::explore
