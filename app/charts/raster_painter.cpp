#include "app/charts/raster_painter.h"

#include <algorithm>
#include <cmath>

namespace elbow::charts {

void RasterPainter::rule(Pixel from, Pixel to, const Ink& ink) {
    const double width = std::max(1.0, std::round(scale_));
    raster_.fill(from.x, from.y, from.x == to.x ? from.x + width : to.x,
                 from.y == to.y ? from.y + width : to.y, ink.rgb, ink.alpha);
}

void RasterPainter::frame(Pixel low, Pixel high, const Ink& ink) {
    rule(low, {high.x, low.y}, ink);
    rule({low.x, high.y}, high, ink);
    rule(low, {low.x, high.y}, ink);
    rule({high.x, low.y}, high, ink);
}

void RasterPainter::line(Pixel from, Pixel to, float width, const Ink& ink) {
    raster_.line(from.x, from.y, to.x, to.y, width, ink.rgb, ink.alpha);
}

void RasterPainter::polyline(std::span<const Pixel> points, float width, const Ink& ink) {
    raster_.stroke(points, width, ink.rgb, ink.alpha);
}

void RasterPainter::outline(std::span<const Pixel> points, float width, const Ink& ink) {
    if (points.empty()) return;
    std::vector<Pixel> closed(points.begin(), points.end());
    closed.push_back(points.front());
    raster_.stroke(closed, width, ink.rgb, ink.alpha);
}

void RasterPainter::area(std::span<const Pixel> points, float base, const Ink& ink) {
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Pixel from = points[i - 1], to = points[i];
        // The columns whose middles lie between the two.
        for (double x = std::ceil(from.x - 0.5); x + 0.5 < to.x; ++x) {
            const double part = (x + 0.5 - from.x) / (to.x - from.x);
            raster_.fill(x, from.y + part * (to.y - from.y), x + 1.0, base, ink.rgb, ink.alpha);
        }
    }
}

void RasterPainter::box(Pixel low, Pixel high, const Ink& ink) {
    raster_.fill(low.x, low.y, high.x, high.y, ink.rgb, ink.alpha);
}

void RasterPainter::disc(Pixel centre, float radius, const Ink& ink) {
    line(centre, centre, 2.0f * radius, ink);
}

void RasterPainter::circle(Pixel centre, float radius, float width, const Ink& ink) {
    const double reach = radius + width / 2 + 1.0;
    const auto last_row = static_cast<int>(std::ceil(centre.y + reach));
    const auto last_column = static_cast<int>(std::ceil(centre.x + reach));
    for (auto y = static_cast<int>(std::floor(centre.y - reach)); y <= last_row; ++y) {
        for (auto x = static_cast<int>(std::floor(centre.x - reach)); x <= last_column; ++x) {
            const double away =
                std::abs(std::hypot(x + 0.5 - centre.x, y + 0.5 - centre.y) - radius);
            raster_.blend(x, y, ink.rgb, ink.alpha * std::clamp(width / 2 + 0.5 - away, 0.0, 1.0));
        }
    }
}

void RasterPainter::text(Pixel at, const std::string& words, const Ink& ink) {
    letters_.write(raster_, at.x, at.y, words, ink.rgb);
}

float RasterPainter::text_width(const std::string& words) const {
    return static_cast<float>(letters_.width(words));
}

float RasterPainter::line_height() const { return static_cast<float>(letters_.size()); }

void RasterPainter::clip(Pixel low, Pixel high) { raster_.clip(low.x, low.y, high.x, high.y); }

void RasterPainter::clip_nothing() { raster_.clip_nothing(); }

}  // namespace elbow::charts
