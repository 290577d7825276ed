#include "app/gui/map/ground.h"

#include <cmath>

namespace elbow::gui {

gl::Rgba rgba(ImU32 colour, float alpha) {
    const ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
    return {c.x, c.y, c.z, c.w * alpha};
}

charts::Ink rgba_ink(const gl::Rgba& colour) {
    const auto byte = [](float part) { return static_cast<std::uint8_t>(std::lround(255 * part)); };
    return {{byte(colour.r), byte(colour.g), byte(colour.b)}, colour.a};
}

gl::PlaneRect plane_rect(const PlaneView& view) {
    return {static_cast<float>(view.x_min()), static_cast<float>(view.x_max()),
            static_cast<float>(view.y_min()), static_cast<float>(view.y_max())};
}

}  // namespace elbow::gui
