#pragma once

// Where a plot lies on the screen, and its scales. GUI thread, within one frame.

#include <cfloat>
#include <cmath>
#include <string>

#include "app/gui/context.h"
#include "app/gui/widgets/chart.h"
#include "app/gui/widgets/plot_scale.h"
#include "app/gui/widgets/screen_painter.h"
#include "imgui.h"

namespace elbow::gui {

inline constexpr float kDashPx = 5.0f;  // scale 1

struct PlotFrame {
    Context& context;
    ImDrawList* draw;
    ImVec2 min, max;            // everything
    ImVec2 area_min, area_max;  // between the axes
    float text;                 // pixels
    AxisScale x, y;
    bool low = false;  // it has no room for the title of its horizontal axis

    float width() const { return area_max.x - area_min.x; }
    float height() const { return area_max.y - area_min.y; }
    // Less than that shows nothing.
    float least_px() const { return 20.0f * context.scale; }
    bool has_room() const { return width() >= least_px() && height() >= least_px(); }
    float px(double fraction) const { return area_min.x + static_cast<float>(fraction) * width(); }
    float py(double fraction) const { return area_max.y - static_cast<float>(fraction) * height(); }
    bool inside(ImVec2 point) const {
        return point.x >= area_min.x && point.x < area_max.x && point.y >= area_min.y &&
               point.y < area_max.y;
    }
    ImVec2 measure(const std::string& words) const {
        return ImGui::GetFont()->CalcTextSizeA(text, FLT_MAX, 0.0f, words.c_str());
    }
    // The same for what is drawn in pictures, too.
    ChartArea chart(charts::Painter& painter) const {
        const float scale = context.scale;
        const Theme& theme = context.theme;
        const auto pixel = [](ImVec2 at) { return charts::Pixel{at.x, at.y}; };
        return {painter,
                {.grid = ink(theme.grid_line),
                 .axis = ink(theme.axis_line),
                 .words = ink(theme.text_dim),
                 .axis_width = 1.0f,
                 .line_width = 1.6f * scale,
                 .dot_radius = 2.5f * scale,
                 .dash = kDashPx * scale,
                 .gap_left = 4.0f * scale,
                 .gap_below = 4.0f * scale,
                 .tick_room = 4.2f * text,
                 .widest_bar = 70.0f * scale},
                pixel(min),
                pixel(max),
                pixel(area_min),
                pixel(area_max),
                x,
                y};
    }
    void write(ImVec2 at, ImU32 colour, const std::string& words) const {
        const ImVec2 whole{std::floor(at.x), std::floor(at.y)};
        draw->AddText(ImGui::GetFont(), text, whole, colour, words.c_str());
    }
};

}  // namespace elbow::gui
