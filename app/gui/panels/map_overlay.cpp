#include "app/gui/panels/map_overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot.h"
#include "engine/train/held_out.h"

namespace elbow::gui {

namespace {

constexpr int kPathPoints = 65;
constexpr int kEllipseSegments = 72;
constexpr float kTickGapPx = 70.0f;  // the least room for a tick label, scale 1

double step_of(const std::vector<double>& positions) {
    return positions.size() > 1 ? positions[1] - positions[0] : 1.0;
}

struct AxisPen {
    Context& context;
    ImDrawList* list;
    const PlaneView& view;

    // Lines over decoded images only hide them; the ticks remain.
    bool on_images() const { return context.settings.backdrop == Backdrop::kManifold; }

    void x_tick(double x, const std::string& label) const {
        const Theme& theme = context.theme;
        const float at = std::round(view.to_pixel({x, 0}).x);
        const float bottom = view.max_px().y;
        if (!on_images())
            list->AddLine({at, view.min_px().y}, {at, bottom},
                          std::abs(x) < 1e-9 ? theme.axis_line : theme.grid_line);
        list->AddLine({at, bottom}, {at, bottom + 4 * context.scale}, theme.axis_line);
        const ImVec2 size = ImGui::CalcTextSize(label.c_str());
        list->AddText({std::round(at - 0.5f * size.x), bottom + 5 * context.scale}, theme.text_dim,
                      label.c_str());
    }

    void y_tick(double y, const std::string& label, bool line) const {
        const Theme& theme = context.theme;
        const float at = std::round(view.to_pixel({0, y}).y);
        const float left = view.min_px().x;
        const ImVec2 size = ImGui::CalcTextSize(label.c_str());
        if (at < view.min_px().y || at > view.max_px().y) return;
        if (line && !on_images())
            list->AddLine({left, at}, {view.max_px().x, at},
                          std::abs(y) < 1e-9 ? theme.axis_line : theme.grid_line);
        list->AddLine({left - 4 * context.scale, at}, {left, at}, theme.axis_line);
        list->AddText({left - 6 * context.scale - size.x, std::round(at - 0.5f * size.y)},
                      theme.text_dim, label.c_str());
    }
};

int tick_count(float extent_px, float scale) {
    return std::clamp(static_cast<int>(extent_px / (kTickGapPx * scale)), 2, 15);
}

void draw_axis_titles(Context& context, ImDrawList* list, const PlaneView& view, bool mark_titles) {
    const Theme& theme = context.theme;
    const Exploration& exploration = context.exploration;
    const float pad = 6 * context.scale;
    const std::string x =
        "z" + std::to_string(exploration.x_axis + 1) + "  (standard deviations of the prior)";
    const std::string y = context.latents() < 2 ? "y: rows by label and jitter, no latent"
                                                : "z" + std::to_string(exploration.y_axis + 1);
    const ImVec2 x_size = ImGui::CalcTextSize(x.c_str());
    const ImVec2 y_size = ImGui::CalcTextSize(y.c_str());
    const ImVec2 x_at{view.max_px().x - x_size.x - pad, view.max_px().y - x_size.y - pad};
    const ImVec2 y_at{view.min_px().x + pad, view.min_px().y + pad};
    halo_text(list, x_at, theme.text, theme.map_background, x.c_str());
    halo_text(list, y_at, theme.text, theme.map_background, y.c_str());
    if (!mark_titles) return;
    context.layout.mark("map.axis_x", x_at, {x_at.x + x_size.x, x_at.y + x_size.y}, x);
    context.layout.mark("map.axis_y", y_at, {y_at.x + y_size.x, y_at.y + y_size.y}, y);
}

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
    return context.theme.label(points.label(index));
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

void draw_axes(Context& context, ImDrawList* list, const PlaneView& view, bool mark_titles) {
    const AxisPen pen{context, list, view};
    const std::vector<double> xs =
        ticks(view.x_min(), view.x_max(), tick_count(view.size_px().x, context.scale));
    for (const double x : xs)
        if (x >= view.x_min() && x <= view.x_max()) pen.x_tick(x, tick_label(x, step_of(xs)));
    if (context.latents() < 2) {
        const auto classes = static_cast<int>(context.dataset()->class_names.size());
        for (int label = 0; label < classes; ++label) {
            const std::string& name =
                context.dataset()->class_names[static_cast<std::size_t>(label)];
            pen.y_tick(label_row(label, classes), name.size() <= 4 ? name : name.substr(0, 3) + ".",
                       false);
        }
    } else {
        const std::vector<double> ys =
            ticks(view.y_min(), view.y_max(), tick_count(view.size_px().y, context.scale));
        for (const double y : ys) pen.y_tick(y, tick_label(y, step_of(ys)), true);
    }
    list->AddRect(view.min_px(), view.max_px(), context.theme.border);
    draw_axis_titles(context, list, view, mark_titles);
}

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
                                    .frames = kPathPoints,
                                    .kind = exploration.path_kind};
    const std::vector<float> z = explore::path_latents(path);
    const std::size_t latents = exploration.path_from.size();
    std::array<ImVec2, kPathPoints> line;
    for (std::size_t i = 0; i < line.size(); ++i)
        line[i] = view.to_pixel(projected(exploration, std::span(z).subspan(i * latents, latents)));
    const float scale = context.scale;
    list->AddPolyline(line.data(), kPathPoints, with_alpha(context.theme.map_background, 0.75f), 0,
                      5 * scale);
    list->AddPolyline(line.data(), kPathPoints, context.theme.path, 0, 2 * scale);
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
    if (context.settings.hint_seen) return;
    const char* hint = "drag the dot";
    ImGui::PushFont(theme.fonts.title);
    const ImVec2 size = ImGui::CalcTextSize(hint);
    const bool fits = at.x + radius + 8 * scale + size.x < view.max_px().x;
    const float x = fits ? at.x + radius + 7 * scale : at.x - radius - 7 * scale - size.x;
    halo_text(list, {x, at.y - 0.5f * size.y}, theme.text, theme.map_background, hint);
    ImGui::PopFont();
}

}  // namespace elbow::gui
