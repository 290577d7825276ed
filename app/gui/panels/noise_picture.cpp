#include "app/gui/panels/noise_picture.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

constexpr float kLeastEnd = 4.0f;
constexpr float kNoiseDotPx = 3.0f, kNoiseStepPx = 2.0f;  // scale 1
constexpr int kMostBellSteps = 2000;
constexpr float kBellPart = 0.26f;  // of the height

// A place of the picture in pixels.
struct NoiseFrame {
    ImVec2 at, size;
    float end;  // of the axes

    float x(float value) const { return at.x + 0.5f * size.x * (1.0f + value / end); }
    float noise_y() const { return at.y + (kBellPart + 0.06f) * size.y; }
    float z_y() const { return at.y + 0.94f * size.y; }
    float bell() const { return kBellPart * size.y; }
};

// The bell of N(mean, deviation^2), as high as the frame has it, over a level.
void draw_bell(const NoiseFrame& frame, float mean, float deviation, float base, float step,
               const charts::Ink& line, const charts::Ink& fill, charts::Painter& painter) {
    std::vector<charts::Pixel> curve;
    const auto add = [&](float value) {
        const float away = (value - mean) / deviation;
        curve.push_back({frame.x(value), base - frame.bell() * std::exp(-0.5f * away * away)});
    };
    // As fine as the bell is narrow.
    const float unit = 2.0f * frame.end / frame.size.x;
    const float fine = std::min(step * unit, 0.2f * deviation);
    const float low = std::max(-frame.end, mean - 5.0f * deviation);
    const float high = std::min(frame.end, mean + 5.0f * deviation);
    if (!(high > low)) return;
    const auto steps = std::min(kMostBellSteps, static_cast<int>((high - low) / fine) + 1);
    for (int i = 0; i <= steps; ++i)
        add(low + (high - low) * static_cast<float>(i) / static_cast<float>(steps));
    painter.area(curve, base, fill);
    painter.polyline(curve, 1.5f, line);
}

}  // namespace

void draw_noise(Context& context, ImVec2 size, int latent, std::span<const float> epsilon,
                float mean, float deviation) {
    const Theme& theme = context.theme;
    const float scale = context.scale;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy(size);
    NoiseFrame frame{at, size, kLeastEnd};
    frame.end = std::max(kLeastEnd, std::abs(mean) + 2.0f * deviation);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->PushClipRect(at, {at.x + size.x, at.y + size.y}, true);
    ScreenPainter painter(list);
    const float step = kNoiseStepPx * scale;
    draw_bell(frame, 0.0f, 1.0f, frame.noise_y(), step, ink(theme.text_dim),
              ink(theme.text_dim, 0.15), painter);
    draw_bell(frame, 0.0f, 1.0f, frame.z_y(), step, ink(theme.text_dim, 0.5),
              ink(theme.text_dim, 0.0), painter);
    for (const float y : {frame.noise_y(), frame.z_y()})
        list->AddLine({at.x, y}, {at.x + size.x, y}, theme.axis_line);
    for (const float value : epsilon) {
        const charts::Pixel from{frame.x(value), frame.noise_y()};
        const charts::Pixel to{frame.x(mean + deviation * value), frame.z_y()};
        painter.line(from, to, 1.0f * scale, ink(theme.accent, 0.35));
        painter.disc(from, kNoiseDotPx * scale, ink(theme.text));
        painter.disc(to, kNoiseDotPx * scale, ink(theme.accent));
    }
    draw_bell(frame, mean, deviation, frame.z_y(), step, ink(theme.accent), ink(theme.accent, 0.2),
              painter);
    const std::string name = "z" + std::to_string(latent + 1);
    list->AddText({at.x + 4 * scale, at.y + 2 * scale}, theme.text_dim, "\u03B5 ~ N(0, 1)");
    list->AddText({at.x + 4 * scale, frame.z_y() - frame.bell()}, theme.text_dim, name.c_str());
    list->PopClipRect();
    hover(context,
          ("Above the noise \u03B5 of the draws, below " + name +
           " = \u03BC + \u03C3 \u03B5 that each becomes (section 2.4): the same noise wherever "
           "\u03BC and \u03C3 are, so that the draws move smoothly with them, and the gradient "
           "goes through. The faint bell is N(0, 1), the other one q(z|x).")
              .c_str());
}

}  // namespace elbow::gui
