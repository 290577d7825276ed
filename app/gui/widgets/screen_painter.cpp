#include "app/gui/widgets/screen_painter.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <numbers>
#include <vector>

namespace elbow::gui {
namespace {

constexpr double kRoundToPx = 0.15;  // a circle's corners lie no farther from it than its sides

ImVec2 im_place(charts::Pixel pixel) { return {pixel.x, pixel.y}; }

ImU32 im_colour(const charts::Ink& ink) {
    const auto byte = [](double part) {
        return static_cast<ImU32>(std::lround(255.0 * std::clamp(part, 0.0, 1.0)));
    };
    return IM_COL32(ink.rgb[0], ink.rgb[1], ink.rgb[2], byte(ink.alpha));
}

int circle_corners(float radius) {
    const double cosine = 1.0 - kRoundToPx / std::max(static_cast<double>(radius), 0.5);
    return static_cast<int>(std::ceil(std::numbers::pi / std::acos(cosine)));
}

}  // namespace

charts::Ink ink(ImU32 colour, double alpha) {
    const auto byte = [colour](int shift) { return static_cast<std::uint8_t>(colour >> shift); };
    return {{byte(IM_COL32_R_SHIFT), byte(IM_COL32_G_SHIFT), byte(IM_COL32_B_SHIFT)},
            alpha * byte(IM_COL32_A_SHIFT) / 255.0};
}

void ScreenPainter::rule(Pixel from, Pixel to, const Ink& ink) {
    list_->AddLine(im_place(from), im_place(to), im_colour(ink));
}

void ScreenPainter::frame(Pixel low, Pixel high, const Ink& ink) {
    list_->AddRect(im_place(low), im_place(high), im_colour(ink));
}

void ScreenPainter::line(Pixel from, Pixel to, float width, const Ink& ink) {
    list_->AddLine(im_place(from), im_place(to), im_colour(ink), width);
}

void ScreenPainter::polyline(std::span<const Pixel> points, float width, const Ink& ink) {
    std::vector<ImVec2> places(points.size());
    std::transform(points.begin(), points.end(), places.begin(), im_place);
    list_->AddPolyline(places.data(), static_cast<int>(places.size()), im_colour(ink), 0, width);
}

// ImGui's own mitres grow spikes where a slim shape turns back.
void ScreenPainter::outline(std::span<const Pixel> points, float width, const Ink& ink) {
    for (std::size_t i = 0; i < points.size(); ++i)
        line(points[i], points[(i + 1) % points.size()], width, ink);
}

void ScreenPainter::area(std::span<const Pixel> points, float base, const Ink& ink) {
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Pixel from = points[i - 1], to = points[i];
        list_->AddQuadFilled({from.x, base}, im_place(from), im_place(to), {to.x, base},
                             im_colour(ink));
    }
}

void ScreenPainter::box(Pixel low, Pixel high, const Ink& ink) {
    list_->AddRectFilled(im_place(low), im_place(high), im_colour(ink));
}

void ScreenPainter::disc(Pixel centre, float radius, const Ink& ink) {
    list_->AddCircleFilled(im_place(centre), radius, im_colour(ink), circle_corners(radius));
}

void ScreenPainter::circle(Pixel centre, float radius, float width, const Ink& ink) {
    list_->AddCircle(im_place(centre), radius, im_colour(ink), circle_corners(radius), width);
}

void ScreenPainter::text(Pixel at, const std::string& words, const Ink& ink) {
    list_->AddText(ImGui::GetFont(), text_px_ > 0.0f ? text_px_ : ImGui::GetFontSize(),
                   im_place(at), im_colour(ink), words.c_str());
}

float ScreenPainter::text_width(const std::string& words) const {
    if (text_px_ <= 0.0f) return ImGui::CalcTextSize(words.c_str()).x;
    return ImGui::GetFont()->CalcTextSizeA(text_px_, FLT_MAX, 0.0f, words.c_str()).x;
}

float ScreenPainter::line_height() const {
    return text_px_ > 0.0f ? text_px_ : ImGui::GetTextLineHeight();
}

void ScreenPainter::clip(Pixel low, Pixel high) {
    list_->PushClipRect(im_place(low), im_place(high), true);
}

void ScreenPainter::clip_nothing() { list_->PopClipRect(); }

}  // namespace elbow::gui
