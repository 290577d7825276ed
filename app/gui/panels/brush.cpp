#include "app/gui/panels/brush.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/charts/raster.h"

namespace elbow::gui {

namespace {

// Calls use(x, y, cover) for the pixels of the shape that the brush covers a part of.
template <class Use>
void for_each_covered(const data::ImageShape& shape, ImVec2 from, ImVec2 to, float radius,
                      const Use& use) {
    const float reach = radius + 0.5f;
    const auto first = [&](float a, float b) {
        return std::max(0, static_cast<int>(std::floor(std::min(a, b) - reach)));
    };
    const auto last = [&](float a, float b, int size) {
        return std::min(size - 1, static_cast<int>(std::ceil(std::max(a, b) + reach)));
    };
    for (int y = first(from.y, to.y); y <= last(from.y, to.y, shape.height); ++y) {
        for (int x = first(from.x, to.x); x <= last(from.x, to.x, shape.width); ++x) {
            const double away = charts::distance_to_segment(
                x + 0.5, y + 0.5, double{from.x}, double{from.y}, double{to.x}, double{to.y});
            use(x, y, std::clamp(double{reach} - away, 0.0, 1.0));
        }
    }
}

}  // namespace

void stroke(std::span<std::uint8_t> image, const data::ImageShape& shape, ImVec2 from, ImVec2 to,
            const Brush& brush) {
    for_each_covered(shape, from, to, brush.radius, [&](int x, int y, double cover) {
        for (int channel = 0; channel < shape.channels; ++channel) {
            std::uint8_t& value = *(image.begin() + (channel * shape.height + y) * shape.width + x);
            const double ink = brush.colour[static_cast<std::size_t>(channel) % 3];
            value = static_cast<std::uint8_t>(std::lround(value + cover * (ink - value)));
        }
    });
}

void mark(std::span<std::uint8_t> mask, const data::ImageShape& shape, ImVec2 from, ImVec2 to,
          float radius, bool on) {
    for_each_covered(shape, from, to, radius, [&](int x, int y, double cover) {
        if (cover >= 0.5) *(mask.begin() + y * shape.width + x) = on ? 1 : 0;
    });
}

void add_noise(std::span<std::uint8_t> image, float deviation, const Stream& stream) {
    std::vector<float> noise(image.size());
    stream.normals(0, noise);
    for (std::size_t i = 0; i < image.size(); ++i) {
        const float value = static_cast<float>(image[i]) + 255.0f * deviation * noise[i];
        image[i] = static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0f, 255.0f)));
    }
}

}  // namespace elbow::gui
