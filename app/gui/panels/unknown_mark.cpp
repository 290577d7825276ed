#include "app/gui/panels/unknown_mark.h"

#include <algorithm>
#include <cmath>

#include "app/gui/theme.h"

namespace elbow::gui {
namespace {

// The mask on the screen.
struct MaskOnScreen {
    ImVec2 at;
    ImVec2 pixel;  // of the image
    int height, width;
    std::span<const std::uint8_t> unknown;

    bool is_unknown(int x, int y) const {
        return x >= 0 && x < width && y >= 0 && y < height &&
               unknown[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                       static_cast<std::size_t>(x)] != 0;
    }
    ImVec2 corner(int x, int y) const {
        return {at.x + static_cast<float>(x) * pixel.x, at.y + static_cast<float>(y) * pixel.y};
    }
};

void outline_mask(ImDrawList* list, const MaskOnScreen& mask, float thick, ImU32 colour) {
    for (int y = 0; y <= mask.height; ++y) {
        for (int x = 0; x <= mask.width; ++x) {
            const bool here = mask.is_unknown(x, y);
            if (here != mask.is_unknown(x, y - 1))
                list->AddLine(mask.corner(x, y), mask.corner(x + 1, y), colour, thick);
            if (here != mask.is_unknown(x - 1, y))
                list->AddLine(mask.corner(x, y), mask.corner(x, y + 1), colour, thick);
        }
    }
}

// Lines that rise to the right, cut where they leave what is unknown.
void hatch_mask(ImDrawList* list, const MaskOnScreen& mask, float apart, ImU32 colour) {
    const float wide = static_cast<float>(mask.width) * mask.pixel.x;
    const float high = static_cast<float>(mask.height) * mask.pixel.y;
    const float step = 0.5f * std::min(mask.pixel.x, mask.pixel.y);
    const auto lines = static_cast<int>((wide + high) / apart);
    for (int number = 1; number <= lines; ++number) {
        const float sum = static_cast<float>(number) * apart;
        const float first = std::max(0.0f, sum - high), last = std::min(wide, sum);
        float begun = -1.0f;
        const auto steps = static_cast<int>((last - first) / step) + 1;
        for (int i = 0; i <= steps; ++i) {
            const float x = first + static_cast<float>(i) * step;
            const auto column = static_cast<int>(std::floor(x / mask.pixel.x));
            const auto line = static_cast<int>(std::floor((sum - x) / mask.pixel.y));
            const bool inside = x <= last && mask.is_unknown(column, line);
            if (inside && begun < 0.0f) begun = x;
            if (inside || begun < 0.0f) continue;
            list->AddLine({mask.at.x + begun, mask.at.y + sum - begun},
                          {mask.at.x + x, mask.at.y + sum - x}, colour);
            begun = -1.0f;
        }
    }
}

}  // namespace

void draw_unknown(ImDrawList* list, ImVec2 at, ImVec2 end, const data::ImageShape& shape,
                  std::span<const std::uint8_t> unknown, bool hatched, float apart, ImU32 colour) {
    if (unknown.size() !=
        static_cast<std::size_t>(shape.height) * static_cast<std::size_t>(shape.width))
        return;
    const ImVec2 pixel{(end.x - at.x) / static_cast<float>(shape.width),
                       (end.y - at.y) / static_cast<float>(shape.height)};
    const MaskOnScreen mask{at, pixel, shape.height, shape.width, unknown};
    list->PushClipRect(at, end, true);
    if (hatched) hatch_mask(list, mask, apart, with_alpha(colour, 0.75f));
    outline_mask(list, mask, 0.25f * apart, colour);
    list->PopClipRect();
}

}  // namespace elbow::gui
