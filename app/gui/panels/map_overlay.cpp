#include "app/gui/panels/map_overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "engine/train/held_out.h"

namespace elbow::gui {

namespace {

constexpr int kScreenPathPoints = 65;
constexpr int kEllipseSegments = 72;

void draw_ellipse(ImDrawList* list, ImVec2 centre, ImVec2 radii, ImU32 colour, float thickness) {
    std::array<ImVec2, kEllipseSegments> outline;
    for (int i = 0; i < kEllipseSegments; ++i) {
        const double angle = 2.0 * std::numbers::pi * i / kEllipseSegments;
        outline[static_cast<std::size_t>(i)] = {
            centre.x + radii.x * static_cast<float>(std::cos(angle)),
            centre.y + radii.y * static_cast<float>(std::sin(angle))};
    }
    for (std::size_t i = 0; i < outline.size(); ++i)
        list->AddLine(outline[i], outline[(i + 1) % outline.size()], colour, thickness);
}

// A Gaussian's part in the plane.
struct Spread {
    PlanePoint centre;
    double x_deviation, y_deviation;
};

// With one latent the point stays on its row.
Spread spread_of(const Exploration& exploration, const std::vector<float>& mean,
                 const std::vector<float>& log_variance, double row) {
    const auto deviation = [&](int axis) {
        return std::exp(0.5 * log_variance[static_cast<std::size_t>(axis)]);
    };
    const bool plane = mean.size() > 1;
    const PlanePoint at = projected(exploration, mean);
    return {{at.x, plane ? at.y : row},
            deviation(exploration.x_axis),
            plane ? deviation(exploration.y_axis) : 0.0};
}

// At one and two standard deviations; with one latent, two brackets on the point's row. `weight`:
// 1 for the lines of q(z|x).
void draw_spread(const Context& context, ImDrawList* list, const PlaneView& view,
                 const Spread& spread, ImU32 colour, float weight) {
    const auto& [centre, x_deviation, y_deviation] = spread;
    const ImVec2 at = view.to_pixel(centre);
    const float scale = context.scale;
    for (int sigmas = 1; sigmas <= 2; ++sigmas) {
        const auto rx = static_cast<float>(sigmas * x_deviation * view.pixels_per_unit());
        const auto ry = static_cast<float>(sigmas * y_deviation * view.pixels_per_unit());
        const float thickness = (sigmas == 1 ? 2.0f : 1.2f) * weight * scale;
        if (context.latents() > 1) {
            draw_ellipse(list, at, {rx, ry}, with_alpha(context.theme.map_background, 0.7f),
                         thickness + 2 * scale);
            draw_ellipse(list, at, {rx, ry}, colour, thickness);
            continue;
        }
        const float tall = (sigmas == 1 ? 8.0f : 5.0f) * scale;
        list->AddLine({at.x - rx, at.y}, {at.x + rx, at.y}, colour, thickness);
        list->AddLine({at.x - rx, at.y - tall}, {at.x - rx, at.y + tall}, colour, thickness);
        list->AddLine({at.x + rx, at.y - tall}, {at.x + rx, at.y + tall}, colour, thickness);
    }
}

ImU32 label_colour(const Context& context, const PlacedPoints& points, int index) {
    return points.labels.empty() ? context.theme.unlabelled
                                 : context.theme.label(points.label(index));
}

void draw_handle(Context& context, ImDrawList* list, ImVec2 at, const char* name, ImU32 colour,
                 bool hot) {
    const float radius = (hot ? 1.2f : 1.0f) * kHandleRadiusPx * context.scale;
    list->AddCircleFilled(at, radius + 2 * context.scale, context.theme.map_background, 24);
    list->AddCircleFilled(at, radius, colour, 24);
    const ImVec2 size = ImGui::CalcTextSize(name);
    // Both handle colours are bright or dark with the theme: the ground's colour reads on either.
    list->AddText({std::round(at.x - 0.5f * size.x), std::round(at.y - 0.5f * size.y)},
                  context.theme.map_background, name);
}

void mark_disc(Context& context, const char* name, ImVec2 at, float radius,
               const std::vector<float>& z) {
    if (!context.layout.enabled()) return;
    context.layout.mark(name, {at.x - radius, at.y - radius}, {at.x + radius, at.y + radius},
                        list_text(z, 1000, 4));
}

}  // namespace

void draw_prior_curve(const Context& context, ImDrawList* list, const PlaneView& view) {
    const float base = view.max_px().y;
    const float height = 0.5f * view.size_px().y;
    const float step = 3.0f * context.scale;
    ImVec2 before{};
    const int steps = static_cast<int>(view.size_px().x / step);
    for (int i = 0; i <= steps; ++i) {
        const float x = view.min_px().x + static_cast<float>(i) * step;
        const double z = view.to_plane({x, 0}).x;
        const ImVec2 now{x, base - height * static_cast<float>(std::exp(-0.5 * z * z))};
        if (i > 0) {
            list->AddQuadFilled({before.x, base}, before, now, {now.x, base},
                                with_alpha(context.theme.accent, 0.18f));
            list->AddLine(before, now, with_alpha(context.theme.accent, 0.8f),
                          1.5f * context.scale);
        }
        before = now;
    }
}

void draw_path(const Context& context, ImDrawList* list, const PlaneView& view) {
    const Exploration& exploration = context.exploration;
    const explore::PathRequest path{.from = exploration.path_from,
                                    .to = exploration.path_to,
                                    .frames = kScreenPathPoints,
                                    .kind = exploration.path_kind};
    const std::vector<float> z = explore::path_latents(path);
    const std::size_t latents = exploration.path_from.size();
    std::array<ImVec2, kScreenPathPoints> line;
    for (std::size_t i = 0; i < line.size(); ++i)
        line[i] = view.to_pixel(projected(exploration, std::span(z).subspan(i * latents, latents)));
    const float scale = context.scale;
    list->AddPolyline(line.data(), kScreenPathPoints,
                      with_alpha(context.theme.map_background, 0.75f), 0, 5 * scale);
    list->AddPolyline(line.data(), kScreenPathPoints, context.theme.path, 0, 2 * scale);
    // Where the frames of the strip are taken.
    for (int frame = 1; frame + 1 < exploration.path_frames; ++frame) {
        const double t = static_cast<double>(frame) / (exploration.path_frames - 1);
        const ImVec2 at = view.to_pixel(projected(exploration, explore::path_point(path, t)));
        list->AddCircleFilled(at, 3.5f * scale, context.theme.map_background, 12);
        list->AddCircleFilled(at, 2.5f * scale, context.theme.path, 12);
    }
}

void draw_posterior(const Context& context, ImDrawList* list, const PlaneView& view,
                    const PlacedPoints& points) {
    const Exploration& exploration = context.exploration;
    if (!exploration.point || *exploration.point >= points.count()) return;
    const int index = *exploration.point;
    PlanePoint centre = points.at(index);
    if (context.views.point && context.views.point->detail.index == index) {
        const explore::PointDetail& detail = context.views.point->detail;
        const Spread spread = spread_of(exploration, detail.mean, detail.log_variance, centre.y);
        if (train::has_bound(context.trainer->config)) {  // else its variances are not trained
            if (const explore::RefinedPoint* refined = context.refined(index)) {
                draw_spread(context, list, view,
                            spread_of(exploration, refined->mean, refined->log_variance, centre.y),
                            context.theme.accent, 0.6f);
            }
            draw_spread(context, list, view, spread, context.theme.text, 1.0f);
        }
        centre = spread.centre;
    }
    const ImVec2 at = view.to_pixel(centre);
    list->AddCircleFilled(at, 6.5f * context.scale, context.theme.text, 20);
    list->AddCircleFilled(at, 4.5f * context.scale, label_colour(context, points, index), 20);
}

void draw_hovered_point(const Context& context, ImDrawList* list, const PlaneView& view,
                        const PlacedPoints& points, const OverlayState& state) {
    const float scale = context.scale;
    if (state.hovered_point && *state.hovered_point < points.count()) {
        const ImVec2 at = view.to_pixel(points.at(*state.hovered_point));
        list->AddCircle(at, 6 * scale, context.theme.text, 20, 1.5f * scale);
        list->AddCircleFilled(at, 4 * scale, label_colour(context, points, *state.hovered_point),
                              20);
    }
    if (state.snap)
        list->AddCircle(view.to_pixel(*state.snap), (kHandleRadiusPx + 5) * scale,
                        context.theme.text, 24, 2 * scale);
}

void draw_handles(Context& context, ImDrawList* list, const PlaneView& view,
                  const OverlayState& state) {
    const Exploration& exploration = context.exploration;
    const ImVec2 a = view.to_pixel(projected(exploration, exploration.path_from));
    const ImVec2 b = view.to_pixel(projected(exploration, exploration.path_to));
    draw_handle(context, list, b, "B", context.theme.handle_b, state.b_hot);
    draw_handle(context, list, a, "A", context.theme.handle_a, state.a_hot);
    mark_disc(context, "map.handle_a", a, kHandleRadiusPx * context.scale, exploration.path_from);
    mark_disc(context, "map.handle_b", b, kHandleRadiusPx * context.scale, exploration.path_to);
}

namespace {

// Beside the dot, where it lies over neither A nor B; nowhere where there is no such place.
void draw_hint(const Context& context, ImDrawList* list, const PlaneView& view, ImVec2 dot,
               float radius) {
    const char* hint = "drag the dot";
    const Exploration& exploration = context.exploration;
    ImGui::PushFont(context.theme.fonts.title);
    const ImVec2 size = ImGui::CalcTextSize(hint);
    const float off = radius + 7.0f * context.scale;
    const float held = (kHandleRadiusPx + 14.0f) * context.scale;  // with some room between
    const auto covers = [&](ImVec2 place, const std::vector<float>& z) {
        const ImVec2 at = view.to_pixel(projected(exploration, z));
        return exploration.path_shown && at.x + held > place.x && at.x - held < place.x + size.x &&
               at.y + held > place.y && at.y - held < place.y + size.y;
    };
    const ImVec2 low = view.min_px(), high = view.max_px();
    for (const ImVec2 place : {ImVec2{dot.x + off, dot.y - 0.5f * size.y},
                               ImVec2{dot.x - off - size.x, dot.y - 0.5f * size.y},
                               ImVec2{dot.x - 0.5f * size.x, dot.y - off - size.y},
                               ImVec2{dot.x - 0.5f * size.x, dot.y + off}}) {
        if (place.x < low.x || place.x + size.x > high.x || place.y < low.y ||
            place.y + size.y > high.y || covers(place, exploration.path_from) ||
            covers(place, exploration.path_to))
            continue;
        halo_text(list, place, context.theme.text, context.theme.map_background, hint);
        break;
    }
    ImGui::PopFont();
}

}  // namespace

void draw_dot(Context& context, ImDrawList* list, const PlaneView& view,
              const OverlayState& state) {
    const Theme& theme = context.theme;
    const Exploration& exploration = context.exploration;
    const float scale = context.scale;
    const ImVec2 at = view.to_pixel(projected(exploration, exploration.cursor));
    if (exploration.cursor.size() < 2)
        list->AddLine({at.x, view.min_px().y}, {at.x, view.max_px().y},
                      with_alpha(theme.cursor, 0.7f), 1.5f * scale);
    const float radius = (state.dot_hot ? 1.2f : 1.0f) * kDotRadiusPx * scale;
    list->AddCircleFilled(at, radius + 2.5f * scale, theme.map_background, 28);
    if (off_plane(exploration, exploration.cursor) > 1e-3) {
        list->AddCircle(at, radius, theme.cursor, 28,
                        3 * scale);  // hollow: not on the plane that is shown
    } else {
        list->AddCircleFilled(at, radius, theme.cursor, 28);
    }
    mark_disc(context, "map.dot", at, kDotRadiusPx * scale, exploration.cursor);
    if (!context.settings.hint_seen) draw_hint(context, list, view, at, radius);
}

}  // namespace elbow::gui
