#include "engine/explore/prior_pictures.h"

#include <algorithm>
#include <cmath>

#include "engine/model/families.h"

namespace elbow::explore {

int count_of_prior_pictures(const model::Model& model) {
    const auto pictures = model::pictures_of_prior(model.spec());
    return pictures ? static_cast<int>(model.layout().view(pictures->block).shape.front()) : 0;
}

std::vector<std::uint8_t> prior_pictures(const model::Model& model, model::Parameters parameters,
                                         int first, int count) {
    const auto pictures = model::pictures_of_prior(model.spec());
    std::vector<std::uint8_t> pixels(pictures ? static_cast<std::size_t>(count) * model.dimensions()
                                              : 0);
    if (pixels.empty()) return pixels;
    const auto begin = static_cast<std::size_t>(model.layout().view(pictures->block).offset) +
                       static_cast<std::size_t>(first) * model.dimensions();
    const auto block = parameters.subspan(begin, pixels.size());
    std::transform(block.begin(), block.end(), pixels.begin(), [&](float parameter) {
        const float value = pictures->pixel(parameter);  // not a number after a divergence
        return static_cast<std::uint8_t>(value > 0.0F ? std::lround(255.0F * value) : 0);
    });
    return pixels;
}

}  // namespace elbow::explore
