#include "app/gui/widgets/plot_legend.h"

#include <algorithm>
#include <limits>

#include "app/gui/panels/picture.h"

namespace elbow::gui {
namespace {

constexpr float kWidestInside = 0.75f;  // of the plot's width
constexpr float kTallestAbove = 0.4f;   // of its height
// Sizes at scale 1.
constexpr float kSamplePx = 18.0f, kBesideSamplePx = 6.0f, kBetweenEntriesPx = 14.0f;

float row_px(const PlotFrame& frame) { return frame.text + 4.0f * frame.context.scale; }

// The corner in which a legend of this size hides least of the lines: its upper left end.
ImVec2 legend_place(const PlotFrame& frame, const std::vector<PlotSeries>& series, ImVec2 size) {
    const float off = 6.0f * frame.context.scale;
    const float left = frame.area_min.x + off, right = frame.area_max.x - off - size.x;
    const float high = frame.area_min.y + off, low = frame.area_max.y - off - size.y;
    const std::vector<LineView> lines = visible_lines(series);
    ImVec2 best{right, low};
    int least = std::numeric_limits<int>::max();
    for (const ImVec2 at : {best, ImVec2{right, high}, ImVec2{left, low}, ImVec2{left, high}}) {
        const auto across = [&](float x) { return double{x - frame.area_min.x} / frame.width(); };
        const auto up = [&](float y) { return double{frame.area_max.y - y} / frame.height(); };
        const int covered =
            places_covered(lines, frame.x, frame.y,
                           {across(at.x), across(at.x + size.x), up(at.y + size.y), up(at.y)});
        if (covered >= least) continue;
        best = at;
        least = covered;
    }
    return best;
}

// One line's sample and words; says whether the mouse is on it. A click hides the line.
bool draw_entry(const PlotFrame& frame, PlotSeries& one, const std::string& words, ImVec2 at,
                float width, bool hovered) {
    const Theme& theme = frame.context.theme;
    const float scale = frame.context.scale, row = row_px(frame);
    const bool over = hovered && ImGui::IsMouseHoveringRect(at, {at.x + width, at.y + row});
    if (over && ImGui::IsMouseClicked(0)) one.visible = !one.visible;
    const ImU32 colour = one.visible ? one.colour : with_alpha(theme.text_dim, 0.4f);
    ScreenPainter painter(frame.draw, frame.text);
    const charts::Pixel from{at.x, at.y + row / 2}, to{from.x + kSamplePx * scale, from.y};
    if (one.dashed) {
        draw_dashes(painter, {from, to}, kDashPx * scale, 2.0f * scale, ink(colour));
    } else {
        painter.line(from, to, 2.0f * scale, ink(colour));
    }
    frame.write({at.x + (kSamplePx + kBesideSamplePx) * scale, at.y + 2.0f * scale},
                one.visible ? (over ? theme.accent : theme.text) : theme.text_dim, words);
    return over;
}

}  // namespace

std::vector<LineView> visible_lines(const std::vector<PlotSeries>& series) {
    std::vector<LineView> lines;
    for (const PlotSeries& one : series) {
        if (one.visible) lines.push_back({one.x, one.y});
    }
    return lines;
}

PlotLegend::PlotLegend(PlotFrame& frame, const std::vector<PlotSeries>& series) {
    const float scale = frame.context.scale, row = row_px(frame);
    float widest = 0.0f;
    for (const PlotSeries& one : series) widest = std::max(widest, frame.measure(one.name).x);
    size_ = {widest + (kSamplePx + 18.0f) * scale,
             row * static_cast<float>(series.size()) + 6.0f * scale};
    if (size_.x <= kWidestInside * frame.width() && size_.y + 6.0f * scale <= frame.height()) {
        place_ = Place::kCorner;
        return;
    }
    ImVec2 at{};
    for (const PlotSeries& one : series) {
        const float width = frame.measure(one.short_name).x + (kSamplePx + kBesideSamplePx) * scale;
        if (at.x > 0.0f && at.x + width > frame.width()) at = {0.0f, at.y + row};
        entries_.push_back({at, width});
        at.x += width + kBetweenEntriesPx * scale;
    }
    const float tall = at.y + row;
    if (tall > kTallestAbove * frame.height() || frame.height() - tall < frame.least_px()) return;
    place_ = Place::kAbove;
    above_ = frame.area_min;
    frame.area_min.y += tall;
}

bool PlotLegend::draw(const PlotFrame& frame, std::vector<PlotSeries>& series, bool hovered) const {
    if (place_ == Place::kCorner) return draw_in_corner(frame, series, hovered);
    return place_ == Place::kAbove && draw_above(frame, series, hovered);
}

bool PlotLegend::draw_in_corner(const PlotFrame& frame, std::vector<PlotSeries>& series,
                                bool hovered) const {
    const float scale = frame.context.scale, row = row_px(frame);
    const ImVec2 min = legend_place(frame, series, size_);
    const ImVec2 max{min.x + size_.x, min.y + size_.y};
    frame.draw->AddRectFilled(min, max, with_alpha(frame.context.theme.panel, 0.85f), 4.0f * scale);
    frame.context.layout.mark("plot.legend", min, max, "in a corner");
    ImVec2 at{min.x + 6.0f * scale, min.y + 3.0f * scale};
    for (PlotSeries& one : series) {
        draw_entry(frame, one, one.name, at, size_.x - 6.0f * scale, hovered);
        at.y += row;
    }
    return hovered && ImGui::IsMouseHoveringRect(min, max);
}

bool PlotLegend::draw_above(const PlotFrame& frame, std::vector<PlotSeries>& series,
                            bool hovered) const {
    const ImVec2 max{frame.area_max.x, frame.area_min.y};
    frame.context.layout.mark("plot.legend", above_, max, "above");
    for (std::size_t i = 0; i < series.size(); ++i) {
        const ImVec2 at{above_.x + entries_[i].at.x, above_.y + entries_[i].at.y};
        if (draw_entry(frame, series[i], series[i].short_name, at, entries_[i].width, hovered))
            tip(frame.context, (series[i].name + ". Click to hide or show it.").c_str());
    }
    return hovered && ImGui::IsMouseHoveringRect(above_, max);
}

}  // namespace elbow::gui
