#include "app/gui/map/colourings.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace elbow::gui {
namespace {

constexpr std::array<Colouring, 4> kColourings{{
    {"bound", "Bound", "nats",
     "The lower bound on log p(x) of each image, with one draw from q(z|x): how well the model "
     "knows it.",
     [](const explore::ImageScores& scores, std::size_t image) { return scores.bound(image); }},
    {"reconstruction", "Reconstr.", "nats",
     "The reconstruction term of each image, log p(x|z) at one draw from q(z|x).",
     [](const explore::ImageScores& scores, std::size_t image) {
         return scores.reconstruction[image];
     }},
    {"kl", "KL", "nats", "The KL of each image's q(z|x) from the prior: what its code costs.",
     [](const explore::ImageScores& scores, std::size_t image) { return scores.kl[image]; }},
    {"width", "Width", "of q(z|x)",
     "How wide each image's q(z|x) is: the geometric mean of its deviations.",
     [](const explore::ImageScores& scores, std::size_t image) { return scores.width[image]; }},
}};

}  // namespace

std::span<const Colouring> colourings() { return kColourings; }

const Colouring* find_colouring(std::string_view id) {
    const auto found = std::find_if(kColourings.begin(), kColourings.end(),
                                    [&](const Colouring& each) { return id == each.id; });
    return found == kColourings.end() ? nullptr : &*found;
}

std::uint8_t ColourScale::step(float value) const {
    const float part = (value - low) / (high - low);
    if (!(part > 0.0f)) return 0;
    return static_cast<std::uint8_t>(
        std::min(static_cast<int>(part * static_cast<float>(kColourSteps)), kColourSteps - 1));
}

ColourScale scale_of(std::vector<float> values) {
    std::erase_if(values, [](float value) { return !std::isfinite(value); });
    if (values.empty()) return {};
    const auto percentile = [&](double part) {
        const auto place =
            values.begin() +
            static_cast<std::ptrdiff_t>(std::lround(part * static_cast<double>(values.size() - 1)));
        std::nth_element(values.begin(), place, values.end());
        return *place;
    };
    ColourScale scale{percentile(0.01), percentile(0.99)};
    if (!(scale.high > scale.low)) {
        scale.low -= 0.5f;
        scale.high = scale.low + 1.0f;
    }
    return scale;
}

}  // namespace elbow::gui
