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

void draw_ellipses(const gl::EllipseRenderer& renderer, const PlaneView& view, float pixels,
                   const gl::EllipseStyle& style) {
    const ImVec2 size = view.size_px();
    renderer.draw(plane_rect(view), static_cast<int>(std::lround(size.x * pixels)),
                  static_cast<int>(std::lround(size.y * pixels)), style);
}

}  // namespace elbow::gui
