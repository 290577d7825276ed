#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "app/gui/map_painter.h"
#include "app/gui/panels/map_overlay.h"
#include "engine/explore/interpolation.h"

namespace elbow::gui {
namespace {

// Design pixels.
constexpr double kRow = 22.0;  // of the legend
constexpr int kPicturePathPoints = 129;
constexpr int kEllipsePoints = 96;

void disc(MapPaint& paint, ImVec2 at, double radius, const Ink& colour) {
    paint.raster.line(at.x, at.y, at.x, at.y, 2.0 * radius * paint.scale, colour.rgb, colour.alpha);
}

// Corner to corner. Where it is not opaque, the corners would be seen.
void polyline(MapPaint& paint, std::span<const ImVec2> points, double width, ImU32 colour) {
    for (std::size_t i = 1; i < points.size(); ++i) {
        paint.raster.line(points[i - 1].x, points[i - 1].y, points[i].x, points[i].y,
                          width * paint.scale, ink(colour).rgb);
    }
}

// A thin line along an axis, on whole pixels.
void grid_line(MapPaint& paint, ImVec2 from, ImVec2 to, ImU32 colour) {
    const double width = std::max(1.0, std::round(paint.scale));
    paint.raster.fill(from.x, from.y, from.x == to.x ? from.x + width : to.x,
                      from.y == to.y ? from.y + width : to.y, ink(colour).rgb, ink(colour).alpha);
}

void paint_lines(MapPaint& paint, const MapAxes& axes) {
    const Theme& theme = paint.map.theme;
    const ImVec2 low = paint.view.min_px(), high = paint.view.max_px();
    const bool grid = paint.map.backdrop != Backdrop::kManifold;
    const auto tick_px = static_cast<float>(kAxisTickPx * paint.scale);
    const auto colour = [&](const AxisTick& tick) {
        return std::abs(tick.at) < 1e-9 ? theme.axis_line : theme.grid_line;
    };
    for (const AxisTick& x : axes.x_ticks) {
        const float at = std::round(paint.view.to_pixel({x.at, 0}).x);
        if (grid) grid_line(paint, {at, low.y}, {at, high.y}, colour(x));
        grid_line(paint, {at, high.y}, {at, high.y + tick_px}, theme.axis_line);
    }
    for (const AxisTick& y : axes.y_ticks) {
        const float at = std::round(paint.view.to_pixel({0, y.at}).y);
        if (at < low.y || at > high.y) continue;
        if (grid && !paint.map.words.has_rows)
            grid_line(paint, {low.x, at}, {high.x, at}, colour(y));
        grid_line(paint, {low.x - tick_px, at}, {low.x, at}, theme.axis_line);
    }
}

void handle(MapPaint& paint, const std::vector<float>& z, const char* name, ImU32 colour) {
    const ImVec2 at = paint.view.to_pixel(projected(paint.map.exploration, z));
    const Ink ground = ink(paint.map.theme.map_background);
    disc(paint, at, kHandleRadiusPx + 2, ground);
    disc(paint, at, kHandleRadiusPx, ink(colour));
    paint.letters.write(paint.raster, at.x - paint.letters.width(name) / 2,
                        at.y - paint.letters.size() / 2, name, ground.rgb);
}

// Of one latent: brackets at one and two standard deviations on either side. `weight`: of the
// lines.
void paint_spread_along(MapPaint& paint, ImVec2 at, double deviation_px, ImU32 colour,
                        double weight) {
    const Ink text = ink(colour);
    for (int sigmas = 1; sigmas <= 2; ++sigmas) {
        const double width = (sigmas == 1 ? 2.0 : 1.2) * weight * paint.scale;
        const double tall = (sigmas == 1 ? 8.0 : 5.0) * paint.scale;
        const double left = at.x - sigmas * deviation_px, right = at.x + sigmas * deviation_px;
        paint.raster.line(left, at.y, right, at.y, width, text.rgb, text.alpha);
        for (const double x : {left, right})
            paint.raster.line(x, at.y - tall, x, at.y + tall, width, text.rgb, text.alpha);
    }
}

// One and two standard deviations of a Gaussian, log_variance [N], about its place on the map.
void paint_spread(MapPaint& paint, ImVec2 at, std::span<const float> log_variance, ImU32 colour,
                  double weight) {
    const auto deviation = [&](int axis) {
        return std::exp(0.5 * log_variance[static_cast<std::size_t>(axis)]) *
               paint.view.pixels_per_unit();
    };
    const Exploration& exploration = paint.map.exploration;
    const double rx = deviation(exploration.x_axis);
    if (log_variance.size() == 1) return paint_spread_along(paint, at, rx, colour, weight);
    const double ry = deviation(exploration.y_axis);
    for (int sigmas = 1; sigmas <= 2; ++sigmas) {
        std::array<ImVec2, kEllipsePoints + 1> outline;
        for (std::size_t i = 0; i < outline.size(); ++i) {
            const double angle = 2.0 * std::numbers::pi * static_cast<double>(i) / kEllipsePoints;
            outline[i] = {at.x + static_cast<float>(sigmas * rx * std::cos(angle)),
                          at.y + static_cast<float>(sigmas * ry * std::sin(angle))};
        }
        const double width = (sigmas == 1 ? 2.0 : 1.2) * weight;
        polyline(paint, outline, width + 2.0, paint.map.theme.map_background);
        polyline(paint, outline, width, colour);
    }
}

// q(z|x) of the image at this place, over the best q(z) of it where that is known.
void paint_posteriors(MapPaint& paint, int index, ImVec2 at) {
    const explore::LatentMap& codes = *paint.contents.codes;
    const auto latents = static_cast<std::size_t>(codes.latents);
    const auto& refined = paint.map.refined;
    if (refined && refined->index == index && refined->mean.size() == latents) {
        const PlanePoint best = projected(paint.map.exploration, refined->mean);
        const ImVec2 place = paint.view.to_pixel(best);
        paint_spread(paint, {place.x, latents > 1 ? place.y : at.y}, refined->log_variance,
                     paint.map.theme.accent, 0.6);
    }
    paint_spread(
        paint, at,
        std::span(codes.log_variance).subspan(static_cast<std::size_t>(index) * latents, latents),
        paint.map.theme.text, 1.0);
}

}  // namespace

void paint_axes(MapPaint& paint) {
    const TextSizes sizes{
        [&](const std::string& text) { return static_cast<float>(paint.letters.width(text)); },
        static_cast<float>(paint.letters.size())};
    const MapAxes axes = lay_out_axes(paint.view, {paint.view.min_px().x, 0.0f, 0.0f},
                                      paint.map.words, static_cast<float>(paint.scale), sizes);
    paint_lines(paint, axes);
    const auto write = [&](const AxisLabel& label, ImU32 colour) {
        paint.letters.write(paint.raster, label.min.x, label.min.y, label.text, ink(colour).rgb);
    };
    const Theme& theme = paint.map.theme;
    for (const AxisLabel& label : axes.x_labels) write(label, theme.text_dim);
    for (const AxisLabel& label : axes.y_labels) write(label, theme.text_dim);
    write(axes.x_title, theme.text);
    write(axes.y_title, theme.text);
    const ImVec2 low = paint.view.min_px(), high = paint.view.max_px();
    const ImU32 border = theme.border;
    grid_line(paint, low, {high.x, low.y}, border);
    grid_line(paint, {low.x, high.y}, high, border);
    grid_line(paint, low, {low.x, high.y}, border);
    grid_line(paint, {high.x, low.y}, high, border);
}

void paint_prior_curve(MapPaint& paint) {
    const ImVec2 low = paint.view.min_px(), high = paint.view.max_px();
    const Ink area = ink(paint.map.theme.accent, 0.18);
    std::vector<ImVec2> line;
    const auto columns = static_cast<int>(std::ceil(high.x - low.x));
    line.reserve(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column) {
        const float x = low.x + static_cast<float>(column);
        const double z = paint.view.to_plane({x + 0.5f, 0}).x;
        const float y = high.y - 0.5f * (high.y - low.y) * static_cast<float>(std::exp(-z * z / 2));
        paint.raster.fill(x, y, x + 1.0f, high.y, area.rgb, area.alpha);
        line.push_back({x + 0.5f, y});
    }
    polyline(paint, line, 1.5, paint.map.theme.accent);
}

void paint_selected(MapPaint& paint) {
    const std::optional<int>& point = paint.map.exploration.point;
    if (!point || *point < 0 || *point >= paint.points.count()) return;
    const ImVec2 at = paint.view.to_pixel(paint.points.at(*point));
    if (!std::isfinite(at.x) || !std::isfinite(at.y)) return;
    if (paint.map.spread_known) paint_posteriors(paint, *point, at);
    const Theme& theme = paint.map.theme;
    disc(paint, at, 6.5, ink(theme.text));
    disc(paint, at, 4.5,
         ink(paint.points.labels.empty() ? theme.unlabelled
                                         : theme.label(paint.points.label(*point))));
}

void paint_path(MapPaint& paint) {
    const Exploration& exploration = paint.map.exploration;
    const explore::PathRequest path{.from = exploration.path_from,
                                    .to = exploration.path_to,
                                    .frames = kPicturePathPoints,
                                    .kind = exploration.path_kind};
    const auto at = [&](double t) {
        return paint.view.to_pixel(projected(exploration, explore::path_point(path, t)));
    };
    std::vector<ImVec2> line;
    line.reserve(kPicturePathPoints);
    for (int i = 0; i < kPicturePathPoints; ++i) line.push_back(at(i / (kPicturePathPoints - 1.0)));
    polyline(paint, line, 5.0, paint.map.theme.map_background);
    polyline(paint, line, 2.0, paint.map.theme.path);
    for (int frame = 1; frame + 1 < exploration.path_frames; ++frame) {
        const ImVec2 place = at(frame / (exploration.path_frames - 1.0));
        disc(paint, place, 3.5, ink(paint.map.theme.map_background));
        disc(paint, place, 2.5, ink(paint.map.theme.path));
    }
}

void paint_handles(MapPaint& paint) {
    handle(paint, paint.map.exploration.path_to, "B", paint.map.theme.handle_b);
    handle(paint, paint.map.exploration.path_from, "A", paint.map.theme.handle_a);
}

void paint_dot(MapPaint& paint) {
    const Exploration& exploration = paint.map.exploration;
    const Theme& theme = paint.map.theme;
    const ImVec2 at = paint.view.to_pixel(projected(exploration, exploration.cursor));
    if (exploration.cursor.size() < 2) {
        const Ink line = ink(theme.cursor, 0.7);
        paint.raster.line(at.x, paint.view.min_px().y, at.x, paint.view.max_px().y,
                          1.5 * paint.scale, line.rgb, line.alpha);
    }
    disc(paint, at, kDotRadiusPx + 2.5, ink(theme.map_background));
    disc(paint, at, kDotRadiusPx, ink(theme.cursor));
    if (off_plane(exploration, exploration.cursor) > 1e-3)  // hollow
        disc(paint, at, kDotRadiusPx - 3.0, ink(theme.map_background));
}

void paint_legend(MapPaint& paint) {
    const Theme& theme = paint.map.theme;
    const std::vector<std::string>& names = paint.map.legend;
    if (names.empty()) return;
    const ImVec2 low = paint.view.min_px(), high = paint.view.max_px();
    const double room = (high.y - low.y) / static_cast<double>(names.size());
    const double row = std::min(kRow * paint.scale, room);
    for (std::size_t label = 0; label < names.size(); ++label) {
        const double middle = low.y + (static_cast<double>(label) + 0.5) * row;
        const bool shown = !is_hidden(paint.map.exploration.hidden_labels, static_cast<int>(label));
        const bool shared =
            label + 1 == static_cast<std::size_t>(kLabelBits) && paint.map.classes > kLabelBits;
        const ImU32 colour = shared ? theme.text_dim : theme.label(static_cast<int>(label));
        const ImVec2 at{static_cast<float>(high.x + 19.0 * paint.scale),
                        static_cast<float>(middle)};
        disc(paint, at, 5.0, ink(colour));
        if (!shown) disc(paint, at, 3.8, ink(theme.panel));
        paint.letters.write(paint.raster, high.x + 30.0 * paint.scale,
                            middle - paint.letters.size() / 2, names[label],
                            ink(shown ? theme.text : theme.text_dim).rgb);
    }
}

}  // namespace elbow::gui
