#include "app/gui/widgets/controls.h"

#include <algorithm>
#include <cmath>

#include "app/gui/keys.h"
#include "engine/core/text.h"

namespace elbow::gui {
namespace {

// A text that jumps up at every touch is in the way: it waits until the mouse has stayed on the
// item for a moment. ImGui 1.86 keeps no such time, so it is kept in the window's storage, under
// the item's place.
bool hovered_for_a_moment(double now_s) {
    constexpr float kDelaySeconds = 0.35f;
    ImGuiStorage& storage = *ImGui::GetStateStorage();
    const ImGuiID frame_key = ImGui::GetID("hover frame");
    const ImGuiID since_key = ImGui::GetID("hover since");
    const ImVec2 min = ImGui::GetItemRectMin();
    const ImGuiID place_key = ImGui::GetID("hover place");
    const int place = static_cast<int>(min.x) * 65536 + static_cast<int>(min.y);
    const int frame = ImGui::GetFrameCount();
    const bool same_item =
        storage.GetInt(place_key) == place && frame - storage.GetInt(frame_key) <= 1;
    if (!same_item) storage.SetFloat(since_key, static_cast<float>(now_s));
    storage.SetInt(place_key, place);
    storage.SetInt(frame_key, frame);
    return static_cast<float>(now_s) - storage.GetFloat(since_key) >= kDelaySeconds;
}

}  // namespace

void hover(const Context& context, const char* text) {
    if (text == nullptr || *text == '\0') return;
    if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
    if (!hovered_for_a_moment(context.now_s)) return;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding,
                        ImVec2(10.0f * context.scale, 7.0f * context.scale));
    ImGui::PushStyleVar(ImGuiStyleVar_Alpha, 1.0f);  // also of a disabled control
    ImGui::BeginTooltip();
    ImFont* plain = context.theme.fonts.text;  // whatever the control is lettered in
    ImGui::PushFont(plain != nullptr ? plain : ImGui::GetFont());
    ImGui::PushTextWrapPos(320.0f * context.scale);
    ImGui::TextUnformatted(text);
    ImGui::PopTextWrapPos();
    ImGui::PopFont();
    ImGui::EndTooltip();
    ImGui::PopStyleVar(2);
}

bool button(Context& context, const char* name, const char* label, const char* help,
            const std::string& disabled_because, ImVec2 size, bool primary) {
    const bool disabled = !disabled_because.empty();
    const ImVec2 size_px(size.x * (size.x > 0 ? context.scale : 1.0f),
                         size.y * (size.y > 0 ? context.scale : 1.0f));
    if (primary) {
        ImGui::PushStyleColor(ImGuiCol_Button, context.theme.accent);
        ImGui::PushStyleColor(ImGuiCol_ButtonHovered, with_alpha(context.theme.accent, 0.88f));
        ImGui::PushStyleColor(ImGuiCol_ButtonActive, with_alpha(context.theme.accent, 0.75f));
        ImGui::PushStyleColor(ImGuiCol_Text, context.theme.accent_text);
    }
    ImGui::BeginDisabled(disabled);
    const bool clicked = ImGui::Button(label, size_px);
    ImGui::EndDisabled();
    if (primary) ImGui::PopStyleColor(4);
    context.layout.mark(name, disabled ? "disabled" : "");
    if (disabled) {
        hover(context, disabled_because.c_str());
    } else {
        hover(context, help);
    }
    return clicked && !disabled;
}

void action_button(Context& context, const char* label, const WindowAction& action, ImVec2 size,
                   bool primary) {
    if (button(context, action.id.c_str(), label, action.help.c_str(), action.why_not, size,
               primary))
        action.run();
}

float button_width(const char* label) {
    return ImGui::CalcTextSize(label).x + 2.0f * ImGui::GetStyle().FramePadding.x;
}

void same_line_if_room(float right, float width, float gap) {
    if (ImGui::GetItemRectMax().x + gap + width <= right) ImGui::SameLine(0.0f, gap);
}

bool reset_button(Context& context, const char* name, const char* help,
                  const std::string& disabled_because) {
    const float side = ImGui::GetFrameHeight();
    const bool clicked = button(context, name, "##reset", help, disabled_because,
                                {side / context.scale, side / context.scale});
    const ImVec2 low = ImGui::GetItemRectMin();
    const ImVec2 middle(low.x + side / 2, low.y + side / 2);
    const float radius = 0.24f * side;
    const ImU32 colour = context.theme.text_dim;
    ImDrawList* list = ImGui::GetWindowDrawList();
    constexpr float kFrom = -2.4f, kTo = 2.4f;  // radians; open at the left, where the head is
    list->PathArcTo(middle, radius, kFrom, kTo, 16);
    list->PathStroke(colour, ImDrawFlags_None, std::max(1.0f, 1.4f * context.scale));
    const ImVec2 tip(middle.x + radius * std::cos(kFrom), middle.y + radius * std::sin(kFrom));
    const float head = 0.14f * side;
    list->AddTriangleFilled({tip.x - 1.2f * head, tip.y + 0.4f * head},
                            {tip.x + 0.9f * head, tip.y + 1.2f * head},
                            {tip.x + 0.3f * head, tip.y - 1.2f * head}, colour);
    return clicked;
}

bool toggle(Context& context, const char* name, const char* label, bool& value, const char* help,
            const std::string& disabled_because) {
    const Theme& theme = context.theme;
    const bool disabled = !disabled_because.empty();
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                        ImVec2(8.0f * context.scale, 2.0f * context.scale));
    ImGui::PushStyleColor(ImGuiCol_Button,
                          value ? with_alpha(theme.accent, 0.22f) : IM_COL32(0, 0, 0, 0));
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered, with_alpha(theme.accent, value ? 0.32f : 0.14f));
    ImGui::PushStyleColor(ImGuiCol_ButtonActive, with_alpha(theme.accent, 0.4f));
    ImGui::PushStyleColor(ImGuiCol_Text, value ? theme.accent : theme.text_dim);
    ImGui::BeginDisabled(disabled);
    const bool clicked = ImGui::Button(label) && !disabled;
    ImGui::EndDisabled();
    ImGui::PopStyleColor(4);
    ImGui::PopStyleVar();
    if (clicked) value = !value;
    context.layout.mark(name, disabled ? "disabled" : value ? "on" : "off");
    hover(context, disabled ? disabled_because.c_str() : help);
    return clicked;
}

void action_toggle(Context& context, const char* label, const WindowAction& action) {
    bool on = action.on.value_or(false);
    if (toggle(context, action.id.c_str(), label, on, action.help.c_str(), action.why_not))
        action.run();
}

bool begin_region(const char* id, ImVec2 size_px, bool border, ImGuiWindowFlags flags) {
#if IMGUI_VERSION_NUM >= 19110
    const ImGuiChildFlags child =
        ImGuiChildFlags_NavFlattened | (border ? ImGuiChildFlags_Borders : ImGuiChildFlags_None);
    return ImGui::BeginChild(id, size_px, child, flags);
#else
    return ImGui::BeginChild(id, size_px, border, flags | ImGuiWindowFlags_NavFlattened);
#endif
}

void close_on_escape() {
    if (pressed(Key::kEscape)) ImGui::CloseCurrentPopup();
}

void value_row(Context& context, const char* label, const std::string& value, const char* help,
               const std::string& exact) {
    ImGui::BeginGroup();
    const float left = ImGui::GetCursorPosX();
    const float right = left + ImGui::GetContentRegionAvail().x;
    const auto value_font = [&](bool on) {
        if (context.theme.fonts.mono == nullptr) return;
        on ? ImGui::PushFont(context.theme.fonts.mono) : ImGui::PopFont();
    };
    value_font(true);
    const float width = ImGui::CalcTextSize(value.c_str()).x;
    value_font(false);
    // Where both have no room, the label gives way.
    const std::string shown = fitted(label, right - width - left - 8.0f * context.scale);
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted(shown.c_str());
    ImGui::PopStyleColor();
    ImGui::SameLine();
    ImGui::SetCursorPosX(right - width);
    value_font(true);
    ImGui::TextUnformatted(value.c_str());
    value_font(false);
    ImGui::EndGroup();
    if (!exact.empty() && context.notes != nullptr && ImGui::IsItemHovered())
        context.notes->number_under_mouse = {label, exact};
    hover(context, shown == label ? help : (label + std::string(": ") + help).c_str());
}

std::string short_count(double value) { return short_text(value); }
std::string nats(double value) { return nats_text(value); }

std::string fitted(std::string text, float room_px) {
    if (ImGui::CalcTextSize(text.c_str()).x <= room_px) return text;
    while (!text.empty() && ImGui::CalcTextSize((text + "\u2026").c_str()).x > room_px) {
        while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) {
            text.pop_back();
        }
        if (!text.empty()) text.pop_back();
    }
    return text.empty() ? text : text + "\u2026";
}

void halo_text(ImDrawList* list, ImVec2 position, ImU32 colour, ImU32 halo, const char* text) {
    for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
            if (dx == 0 && dy == 0) continue;
            list->AddText(
                ImVec2(position.x + static_cast<float>(dx), position.y + static_cast<float>(dy)),
                halo, text);
        }
    }
    list->AddText(position, colour, text);
}

}  // namespace elbow::gui
