#include "app/gui/widgets/controls.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "app/gui/keys.h"

namespace elbow::gui {
namespace {

std::string printed(const char* format, double value) {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

// Three significant digits: 1.23, 12.3, 123.
std::string three_digits(double value) {
    const double size = std::abs(value);
    return printed(size < 9.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%.0f", value);
}

// "1e-03" -> "1e-3"
std::string short_exponent(std::string text) {
    const auto e = text.find('e');
    if (e == std::string::npos) return text;
    std::size_t digit = e + 1;
    if (text[digit] == '+') {
        text.erase(digit, 1);
    } else if (text[digit] == '-') {
        ++digit;
    }
    while (digit + 1 < text.size() && text[digit] == '0') text.erase(digit, 1);
    return text;
}

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
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(320.0f * context.scale);
    ImGui::TextUnformatted(text);
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
    ImGui::PopStyleVar();
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

bool toggle(Context& context, const char* name, const char* label, bool& value, const char* help) {
    const Theme& theme = context.theme;
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                        ImVec2(8.0f * context.scale, 2.0f * context.scale));
    ImGui::PushStyleColor(ImGuiCol_Button,
                          value ? with_alpha(theme.accent, 0.22f) : IM_COL32(0, 0, 0, 0));
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered, with_alpha(theme.accent, value ? 0.32f : 0.14f));
    ImGui::PushStyleColor(ImGuiCol_ButtonActive, with_alpha(theme.accent, 0.4f));
    ImGui::PushStyleColor(ImGuiCol_Text, value ? theme.accent : theme.text_dim);
    const bool clicked = ImGui::Button(label);
    ImGui::PopStyleColor(4);
    ImGui::PopStyleVar();
    if (clicked) value = !value;
    context.layout.mark(name, value ? "on" : "off");
    hover(context, help);
    return clicked;
}

void close_on_escape() {
    if (pressed(Key::kEscape)) ImGui::CloseCurrentPopup();
}

void value_row(Context& context, const char* label, const std::string& value, const char* help) {
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
    hover(context, shown == label ? help : (label + std::string(": ") + help).c_str());
}

std::string short_count(double value) {
    if (!std::isfinite(value)) return "\u2013";
    const double size = std::abs(value);
    if (size == 0.0) return "0";
    if (size < 0.01) return short_exponent(printed("%.1e", value));
    if (size < 999.5) {
        return value == std::round(value) ? printed("%.0f", value) : three_digits(value);
    }
    if (size < 999.5e3) return three_digits(value / 1e3) + " k";
    if (size < 999.5e6) return three_digits(value / 1e6) + " M";
    if (size < 999.5e9) return three_digits(value / 1e9) + " G";
    return short_exponent(printed("%.2e", value));
}

std::string nats(double value) { return std::isfinite(value) ? printed("%.2f", value) : "\u2013"; }

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
