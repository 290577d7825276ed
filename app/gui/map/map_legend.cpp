#include "app/gui/map/map_legend.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "app/gui/map/map_classes.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/live/questions/map.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kLabelTextPx = 24.0f;                     // what a row has beside its name
constexpr float kLineMarkPx = 4.0f, kLineWidthPx = 1.8f;  // of a row of lines
constexpr float kLowRowPx = 16.0f;                        // of a label where there are many
constexpr float kThinningHeightPx = 46.0f;                // of what is said of thinned points

// Alt-click or right click: only this label; once more: all of them again.
void click_label(std::uint32_t& hidden, int label, int classes, bool alone) {
    if (alone) {
        show_label_alone(hidden, label, classes);
    } else {
        hidden ^= 1U << label;
    }
}

// "A to Z": the classes that share the last row.
std::string shared_names(std::span<const std::string> class_names) {
    return class_names[kLabelBits - 1] + " to " + class_names.back();
}

void draw_label(Context& context, const std::string& name, int label, float width, float row) {
    const Theme& theme = context.theme;
    const MapClasses all = map_classes(context);
    const int classes = all.count();
    const bool shared = is_shared_row(label, classes);
    const ImU32 colour = row_colour(theme, label, classes);
    std::uint32_t& hidden = context.view_state.hidden_labels;
    const bool shown = !is_hidden(hidden, label);
    const float scale = context.scale;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushID(label);
    ImGui::InvisibleButton("##label", {width, row},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
    ImGui::PopID();
    const bool hovered = ImGui::IsItemHovered();
    if (hovered && (ImGui::IsMouseClicked(0) || ImGui::IsMouseClicked(1)))
        click_label(hidden, label, classes, ImGui::IsMouseClicked(1) || ImGui::GetIO().KeyAlt);
    char mark[40];
    std::snprintf(mark, sizeof mark, "map.legend.%d", label);
    context.layout.mark(mark, shown ? "shown" : "hidden");
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (hovered)
        list->AddRectFilled(at, {at.x + width, at.y + row}, with_alpha(theme.text, 0.08f),
                            4 * scale);
    ScreenPainter painter(list);
    painter.clip({at.x, at.y}, {at.x + width, at.y + row});
    draw_label_row({fitted(name, width - kLabelTextPx * scale), colour, shown}, theme, {at.x, at.y},
                   row, scale, painter);
    painter.clip_nothing();
    if (!hovered) return;
    const std::string one = all.column.empty() ? "this label" : "this word under " + all.column;
    const std::string labels = shared ? "these labels, all at once" : one;
    const std::string text = (shared ? shared_names(all.names) : name) +
                             (shown ? ": click hides" : ": click shows") + " the points with " +
                             labels + ", right click (or Alt) shows only them.";
    tip(context, text.c_str());
}

}  // namespace

std::vector<std::string> legend_rows(std::span<const std::string> class_names) {
    std::vector<std::string> rows(class_names.begin(), class_names.end());
    if (rows.size() <= kLabelBits) return rows;
    rows.resize(kLabelBits);
    rows.back() = std::to_string(kLabelBits - 1) + " and above";
    return rows;
}

bool is_shared_row(int row, int classes) { return row == kLabelBits - 1 && classes > kLabelBits; }

ImU32 row_colour(const Theme& theme, int row, int classes) {
    return is_shared_row(row, classes) ? theme.text_dim : theme.label(row);
}

float labels_width(const Context& context) {
    float widest = 0.0f;
    for (const std::string& name : legend_rows(map_classes(context).names))
        widest = std::max(widest, ImGui::CalcTextSize(name.c_str()).x);
    return std::clamp(widest + 30 * context.scale, 56 * context.scale, 150 * context.scale);
}

float labels_height(const Context& context) {
    const auto rows = static_cast<float>(legend_rows(map_classes(context).names).size());
    return rows * kLegendRowPx * context.scale;
}

void draw_labels(Context& context, float below_px) {
    const std::vector<std::string> names = legend_rows(map_classes(context).names);
    if (names.empty()) return;
    const ImVec2 all = ImGui::GetContentRegionAvail();
    const float room = (all.y - below_px) / static_cast<float>(names.size());
    const float row =
        std::floor(std::clamp(room, kLowRowPx * context.scale, kLegendRowPx * context.scale));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    for (std::size_t label = 0; label < names.size(); ++label)
        draw_label(context, names[label], static_cast<int>(label), all.x, row);
    ImGui::PopStyleVar();
}

std::string thinning_text(const DrawnPoints& drawn, int held_out_images) {
    return reading(drawn.points) + " points are drawn, one in " + std::to_string(drawn.one_in) +
           " of each label in view; there are " + reading(held_out_images) +
           " held-out images in all. Zoom in to see more of those in view, and soon all. The mouse "
           "also finds those that are not drawn.";
}

float thinning_height(const Context& context) { return kThinningHeightPx * context.scale; }

// Two lines that the narrowest legend has room for.
void draw_thinning(Context& context, const DrawnPoints& drawn, int held_out_images) {
    ImGui::Dummy({0, 4 * context.scale});
    const std::string text = "1 in " + std::to_string(drawn.one_in) + "\ndrawn";
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopStyleColor();
    context.layout.mark("map.thinning", reading(drawn.points) + ", " + text);
    std::string help = thinning_text(drawn, held_out_images);
    if (const auto map =
            context.views.get<live::MapView>()) {  // with so many images, a new map takes a while
        const auto count = [](std::int64_t images) {
            return short_count(static_cast<double>(images));
        };
        help += " They are where the weights after " + count(map->stamp.samples) +
                " training images put them; by now there have been " +
                count(context.trainer->snapshot->samples) + ".";
    }
    hover(context, help.c_str());
}

ColourBarPlace colour_bar_place(charts::Pixel at, float scale) {
    constexpr float kHeadingPx = 20.0f, kTallPx = 64.0f, kWidePx = 12.0f, kLeftPx = 6.0f;
    const charts::Pixel low{at.x + kLeftPx * scale, at.y + kHeadingPx * scale};
    return {low, {low.x + kWidePx * scale, low.y + kTallPx * scale}};
}

void draw_colour_bar(const ColourBar& bar, const Theme& theme, charts::Pixel at, float scale,
                     charts::Painter& painter) {
    constexpr float kGapPx = 2.0f, kLongestPx = 44.0f;  // of the shares
    const ColourBarPlace place = colour_bar_place(at, scale);
    const charts::Pixel low = place.low, high = place.high;
    const float tall = high.y - low.y;
    painter.text({low.x, at.y}, bar.heading, ink(theme.text_dim));
    // From little, at the foot, to much.
    const auto part = [&](std::size_t number, std::size_t parts) {
        return high.y - tall * static_cast<float>(number) / static_cast<float>(parts);
    };
    for (std::size_t step = 0; step < bar.steps.size(); ++step)
        painter.box({low.x, part(step + 1, bar.steps.size())},
                    {high.x, part(step, bar.steps.size())}, bar.steps[step]);
    const float beside = high.x + kGapPx * scale;
    for (std::size_t i = 0; i < bar.shares.size(); ++i)
        painter.box({beside, part(i + 1, bar.shares.size())},
                    {beside + bar.shares[i] * kLongestPx * scale, part(i, bar.shares.size())},
                    ink(theme.text, 0.28));
    const float words = high.x + 2.0f * kGapPx * scale;
    painter.text({words, low.y}, bar.high, ink(theme.text));
    painter.text({words, high.y - painter.line_height()}, bar.low, ink(theme.text));
}

LegendRoom room_below_labels(const MapScene& scene) {
    const float labels = static_cast<float>(scene.legend.size()) * kLegendRowPx * scene.scale;
    const float top = scene.low().y + labels;
    return {top, scene.high().y - top};
}

void take_legend_room(float height_px) {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    ImGui::Dummy({ImGui::GetContentRegionAvail().x, height_px});
    ImGui::PopStyleVar();
}

void draw_line_row(const LineRow& row, const Theme& theme, charts::Pixel at, float height,
                   float scale, charts::Painter& painter) {
    const float y = at.y + 0.5f * height;
    painter.line({at.x + kLineMarkPx * scale, y}, {at.x + (kLineTextPx - 6.0f) * scale, y},
                 kLineWidthPx * scale, row.ink);
    painter.text({at.x + kLineTextPx * scale, std::round(y - 0.5f * painter.line_height())},
                 row.words, ink(theme.text));
}

void draw_label_row(const LabelRow& row, const Theme& theme, charts::Pixel at, float height,
                    float scale, charts::Painter& painter) {
    const charts::Pixel disc{at.x + 11 * scale, at.y + 0.5f * height};
    if (row.shown) {
        painter.disc(disc, 5 * scale, ink(row.colour));
    } else {
        painter.circle(disc, 4.5f * scale, 1.2f * scale, ink(row.colour, 0.6));
    }
    painter.text({at.x + 22 * scale, std::round(at.y + 0.5f * (height - painter.line_height()))},
                 row.name, ink(row.shown ? theme.text : theme.text_dim));
}

}  // namespace elbow::gui
