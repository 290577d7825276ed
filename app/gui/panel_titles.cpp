#include "app/gui/panel_titles.h"

#include <algorithm>

#include "app/gui/widgets/controls.h"

namespace elbow::gui {
namespace {

constexpr float kIndent = 12.0f;  // of the first title, design pixels, as are all
constexpr float kRunGap = 8.0f;
constexpr float kTabPadding = 10.0f;  // on both sides of each of several titles
constexpr float kTabTop = 4.0f;       // above the one in front
// The width of one behind where titles have no room; the least where even the front one has none.
constexpr float kDotTab = 20.0f, kLeastDotTab = 9.0f;
constexpr float kDotRadius = 3.0f;

class TitleFont {
  public:
    explicit TitleFont(const Context& context) : font_(context.theme.fonts.title) {
        if (font_ != nullptr) ImGui::PushFont(font_);
    }
    ~TitleFont() {
        if (font_ != nullptr) ImGui::PopFont();
    }
    TitleFont(const TitleFont&) = delete;
    TitleFont& operator=(const TitleFont&) = delete;

  private:
    ImFont* font_;
};

float text_width(const std::string& text) { return ImGui::CalcTextSize(text.c_str()).x; }

float width_of(const PanelTitle& title, float scale) {
    return text_width(title.text) +
           (title.run.empty() ? 0.0f : kRunGap * scale + text_width(title.run));
}

void draw_text(const Context& context, const PanelTitle& title, ImVec2 at, float room,
               ImU32 colour) {
    const float gap = kRunGap * context.scale;
    // In a race, whose run it is says more than what it shows.
    const bool run_alone = !title.run.empty() && width_of(title, context.scale) > room;
    const std::string text = run_alone ? "" : fitted(title.text, room);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddText(at, colour, text.c_str());
    if (title.run.empty()) return;
    const float x = run_alone ? 0.0f : text_width(text) + gap;
    list->AddText(ImVec2(at.x + x, at.y), title.colour, fitted(title.run, room - x).c_str());
}

// Of one that has no room for its title, which is said when it is hovered.
void draw_dot(const Context& context, const PanelTab& tab, bool hovered) {
    const Area& area = tab.area;
    const ImVec2 middle(area.x + area.width / 2, area.y + area.height / 2);
    ImGui::GetWindowDrawList()->AddCircleFilled(
        middle, kDotRadius * context.scale, hovered ? context.theme.text : context.theme.text_dim);
    if (hovered) ImGui::SetTooltip("%s", tab.title.text.c_str());
}

// One of several.
void draw_tab(const Context& context, const PanelTab& tab, bool has_room) {
    const Theme& theme = context.theme;
    const float scale = context.scale;
    const Area& area = tab.area;
    const ImVec2 min(area.x, area.y + kTabTop * scale), max(area.right(), area.bottom());
    const bool hovered =
        ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(ImVec2(area.x, area.y), max);
    if (tab.in_front) {
        ImGui::GetWindowDrawList()->AddRectFilled(min, max, theme.panel, 5.0f * scale,
                                                  ImDrawFlags_RoundCornersTop);
    }
    if (!has_room && !tab.in_front) return draw_dot(context, tab, hovered);
    const ImVec2 at(area.x + kTabPadding * scale,
                    area.y + (area.height - ImGui::GetFontSize()) / 2);
    draw_text(context, tab.title, at, std::max(0.0f, area.width - 2 * kTabPadding * scale),
              tab.in_front || hovered ? theme.text : theme.text_dim);
}

// Of each behind the one in front.
float dot_tab_width(std::span<const PanelTab> tabs, float room, float scale) {
    const auto front =
        std::find_if(tabs.begin(), tabs.end(), [](const PanelTab& tab) { return tab.in_front; });
    if (front == tabs.end()) return kDotTab * scale;
    const float left = room - width_of(front->title, scale) - 2 * kTabPadding * scale;
    return std::clamp(left / static_cast<float>(tabs.size() - 1), kLeastDotTab * scale,
                      kDotTab * scale);
}

}  // namespace

PanelTitle title_of(const Context& context, const Panel& panel) {
    PanelTitle title{panel.title(), {}};
    if (context.race != nullptr && panel.shows() != Shows::kBoth) {
        const Contestant& run = context.race->runs[context.run_number];
        title.run = run.name;
        title.colour = run.colour;
    }
    return title;
}

float titles_width(const Context& context, std::span<const PanelTab> tabs) {
    const TitleFont font(context);
    float width = 0.0f;
    for (const PanelTab& tab : tabs) width += width_of(tab.title, context.scale);
    return width + 2 * kTabPadding * context.scale * static_cast<float>(tabs.size() - 1);
}

void draw_titles(const Context& context, std::span<PanelTab> tabs, const Area& bar, float room_px) {
    const float scale = context.scale;
    const TitleFont font(context);
    if (tabs.size() == 1) {
        const PanelTitle& title = tabs[0].title;
        const float left = bar.x + kIndent * scale;
        draw_text(context, title, ImVec2(left, bar.y + (bar.height - ImGui::GetFontSize()) / 2),
                  room_px, context.theme.text);
        const float width = std::clamp(width_of(title, scale), 0.0f, std::max(0.0f, room_px));
        tabs[0].area = {left, bar.y, width, bar.height};
        return;
    }
    const float padding = 2 * kTabPadding * scale;
    const float room = room_px + padding;
    const bool all_fit = titles_width(context, tabs) + padding <= room;
    const float dot = dot_tab_width(tabs, room, scale);
    const float dots = dot * static_cast<float>(tabs.size() - 1);
    float x = bar.x + (kIndent - kTabPadding) * scale;
    for (PanelTab& tab : tabs) {
        float width = width_of(tab.title, scale) + padding;
        if (!all_fit) width = tab.in_front ? std::clamp(room - dots, 0.0f, width) : dot;
        tab.area = {x, bar.y, width, bar.height};
        draw_tab(context, tab, all_fit);
        x += width;
    }
}

bool draw_maximise_button(Context& context, const char* panel, bool maximised, const Area& area) {
    const Theme& theme = context.theme;
    const float scale = context.scale;
    ImGui::SetCursorScreenPos(ImVec2(area.x, area.y));
    const bool clicked = ImGui::InvisibleButton("maximise", ImVec2(area.width, area.height));
    const bool hovered = ImGui::IsItemHovered();
    const std::string name = std::string(panel) + ".maximise";
    context.layout.mark(name.c_str(), maximised ? "on" : "off");
    hover(context, maximised
                       ? "Back to all panels (X or Escape, or a double click on the title)"
                       : "Fill the window with this panel (X, or a double click on the title)");
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImU32 colour = hovered ? theme.accent : theme.text_dim;
    const ImVec2 middle(area.x + area.width / 2, area.y + area.height / 2);
    const float half = 5.0f * scale;
    const float line = std::max(1.0f, 1.2f * scale);
    const auto corner = [&](float dx, float dy, float inward) {
        const ImVec2 tip(middle.x + dx * half, middle.y + dy * half);
        const ImVec2 at(tip.x - dx * inward, tip.y - dy * inward);
        const float arm = 4.0f * scale * (inward > 0 ? -1.0f : 1.0f);
        list->AddLine(at, ImVec2(at.x - dx * arm, at.y), colour, line);
        list->AddLine(at, ImVec2(at.x, at.y - dy * arm), colour, line);
    };
    const float inward = maximised ? 3.5f * scale : 0.0f;
    corner(1.0f, -1.0f, inward);
    corner(-1.0f, 1.0f, inward);
    return clicked;
}

}  // namespace elbow::gui
