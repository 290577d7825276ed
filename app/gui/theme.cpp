#include "app/gui/theme.h"

#include <algorithm>
#include <cmath>

namespace elbow::gui {
namespace {

// 0xRRGGBB, as designers write it.
constexpr ImU32 rgb(unsigned hex) {
    return IM_COL32((hex >> 16) & 0xFF, (hex >> 8) & 0xFF, hex & 0xFF, 0xFF);
}

// The label colours start from Okabe and Ito's set and were moved apart by a search: the smallest
// distance between two of the ten in OKLab, as seen with normal, protanopic and deuteranopic sight
// (Machado et al. 2009), is as large as it gets within a lightness that reads on the ground. A test
// holds the distances.
constexpr std::array<ImU32, 10> kLabelsOnDark = {
    rgb(0x6D67B3), rgb(0xFFE258), rgb(0x11D69E), rgb(0xB94162), rgb(0x92CAFC),
    rgb(0xFF9D34), rgb(0x9BFFDF), rgb(0xA58CFF), rgb(0xB07F00), rgb(0x54A0AA)};
constexpr std::array<ImU32, 10> kLabelsOnLight = {
    rgb(0x5E4CB8), rgb(0xCDC119), rgb(0x21DBAF), rgb(0x7E0E1F), rgb(0x0A8EC9),
    rgb(0xD37B11), rgb(0xCD5281), rgb(0xA1AEFE), rgb(0x815F09), rgb(0x004B66)};

// In even steps of lightness, away from the ground.
constexpr std::array<ImU32, 10> kStepsOnDark = {
    rgb(0x5A3F9E), rgb(0x5257B5), rgb(0x4470BE), rgb(0x3588BD), rgb(0x2F9FB4),
    rgb(0x3BB5A4), rgb(0x62C98E), rgb(0x96DA7C), rgb(0xCCE87C), rgb(0xFFF4A3)};
constexpr std::array<ImU32, 10> kStepsOnLight = {
    rgb(0xE3B261), rgb(0xDD9A53), rgb(0xD38150), rgb(0xC56853), rgb(0xB25159),
    rgb(0x9A3E5F), rgb(0x802F61), rgb(0x65245D), rgb(0x4A1C52), rgb(0x301541)};

void colour_dark(Theme& theme) {
    theme.background = rgb(0x121418);
    theme.panel = rgb(0x1A1D23);
    theme.panel_title = rgb(0x20242B);
    theme.border = rgb(0x2E343D);
    theme.text = rgb(0xE7EAEE);
    theme.text_dim = rgb(0x97A1AF);
    theme.accent = rgb(0x6AB0FF);
    theme.accent_text = rgb(0x0B1420);
    theme.warning = rgb(0xF2B84B);
    theme.error = rgb(0xFF7B72);
    theme.good = rgb(0x4CC38A);
    theme.map_background = rgb(0x14161B);
    theme.grid_line = rgb(0x262B33);
    theme.axis_line = rgb(0x454D59);
    theme.curve_train = rgb(0x7C8797);
    theme.curve_test = rgb(0x6AB0FF);
    theme.curve_reconstruction = rgb(0xF2A65A);
    theme.curve_kl = rgb(0x55C9A6);
    theme.race_first = rgb(0x6AB0FF);
    theme.race_second = rgb(0xF2A65A);
    theme.handle_a = rgb(0xFFEE3D);
    theme.handle_b = rgb(0xD94C7B);
    theme.cursor = rgb(0xFFFFFF);
    theme.path = rgb(0xC9D2DE);
    theme.true_posterior = rgb(0xFF5FC4);
    theme.unlabelled = rgb(0x4FD6B8);
    theme.labels = kLabelsOnDark;
    theme.steps = kStepsOnDark;
}

void colour_light(Theme& theme) {
    theme.background = rgb(0xEEF0F3);
    theme.panel = rgb(0xFFFFFF);
    theme.panel_title = rgb(0xF6F7F9);
    theme.border = rgb(0xD5DAE1);
    theme.text = rgb(0x1B2027);
    theme.text_dim = rgb(0x5D6775);
    theme.accent = rgb(0x1C64D1);
    theme.accent_text = rgb(0xFFFFFF);
    theme.warning = rgb(0x9A6200);
    theme.error = rgb(0xC2281F);
    theme.good = rgb(0x1A7F4E);
    theme.map_background = rgb(0xFCFCFD);
    theme.grid_line = rgb(0xE8EBEF);
    theme.axis_line = rgb(0xB4BCC7);
    theme.curve_train = rgb(0x7A8492);
    theme.curve_test = rgb(0x1C64D1);
    theme.curve_reconstruction = rgb(0xC2570C);
    theme.curve_kl = rgb(0x0E7F63);
    theme.race_first = rgb(0x1C64D1);
    theme.race_second = rgb(0xC2570C);
    theme.handle_a = rgb(0x5398A6);
    theme.handle_b = rgb(0x8C315F);
    theme.cursor = rgb(0x101418);
    theme.path = rgb(0x3A4452);
    theme.true_posterior = rgb(0xC4008F);
    theme.unlabelled = rgb(0x0B7A75);
    theme.labels = kLabelsOnLight;
    theme.steps = kStepsOnLight;
}

// The colour that `over` with this strength leaves on `under`; opaque, unlike with_alpha.
ImVec4 blend(ImU32 under, ImU32 over, float strength) {
    const ImVec4 a = ImGui::ColorConvertU32ToFloat4(under);
    const ImVec4 b = ImGui::ColorConvertU32ToFloat4(over);
    const auto mix = [strength](float from, float to) { return from + (to - from) * strength; };
    return {mix(a.x, b.x), mix(a.y, b.y), mix(a.z, b.z), 1.0f};
}

void set_sizes(ImGuiStyle& style, float scale) {
    style = ImGuiStyle();
    style.WindowPadding = ImVec2(10, 10);
    style.FramePadding = ImVec2(8, 4);
    style.ItemSpacing = ImVec2(8, 6);
    style.ItemInnerSpacing = ImVec2(6, 4);
    style.CellPadding = ImVec2(6, 3);
    style.ScrollbarSize = 11;
    style.GrabMinSize = 10;
    style.WindowRounding = 8;
    style.ChildRounding = 7;
    style.FrameRounding = 5;
    style.PopupRounding = 7;
    style.ScrollbarRounding = 6;
    style.GrabRounding = 5;
    style.ScaleAllSizes(scale);
    style.WindowBorderSize = 1;
    style.ChildBorderSize = 1;
    style.PopupBorderSize = 1;
    style.FrameBorderSize = 0;
    style.DisabledAlpha = 0.45f;
}

void set_text_and_frame_colours(ImGuiStyle& style, const Theme& theme) {
    const auto plain = [](ImU32 colour) { return ImGui::ColorConvertU32ToFloat4(colour); };
    ImVec4* colours = style.Colors;
    colours[ImGuiCol_Text] = plain(theme.text);
    colours[ImGuiCol_TextDisabled] = plain(theme.text_dim);
    colours[ImGuiCol_WindowBg] = plain(theme.panel);
    colours[ImGuiCol_ChildBg] = ImVec4(0, 0, 0, 0);
    colours[ImGuiCol_PopupBg] = blend(theme.panel, theme.panel_title, 0.8f);
    colours[ImGuiCol_Border] = plain(theme.border);
    colours[ImGuiCol_FrameBg] = blend(theme.panel, theme.text, theme.dark ? 0.09f : 0.06f);
    colours[ImGuiCol_FrameBgHovered] = blend(theme.panel, theme.text, theme.dark ? 0.14f : 0.10f);
    colours[ImGuiCol_FrameBgActive] = blend(theme.panel, theme.accent, 0.28f);
    colours[ImGuiCol_TitleBg] = plain(theme.panel_title);
    colours[ImGuiCol_TitleBgActive] = plain(theme.panel_title);
    colours[ImGuiCol_ScrollbarBg] = ImVec4(0, 0, 0, 0);
    colours[ImGuiCol_ScrollbarGrab] = blend(theme.panel, theme.text, 0.18f);
    colours[ImGuiCol_ScrollbarGrabHovered] = blend(theme.panel, theme.text, 0.28f);
    colours[ImGuiCol_ScrollbarGrabActive] = blend(theme.panel, theme.text, 0.38f);
    colours[ImGuiCol_ModalWindowDimBg] = ImVec4(0, 0, 0, theme.dark ? 0.45f : 0.25f);
    colours[ImGuiCol_TableHeaderBg] = plain(theme.panel_title);
    colours[ImGuiCol_TableBorderStrong] = plain(theme.border);
    colours[ImGuiCol_TableBorderLight] = blend(theme.panel, theme.border, 0.6f);
    colours[ImGuiCol_TextSelectedBg] = blend(theme.panel, theme.accent, 0.4f);
}

void set_control_colours(ImGuiStyle& style, const Theme& theme) {
    const auto plain = [](ImU32 colour) { return ImGui::ColorConvertU32ToFloat4(colour); };
    ImVec4* colours = style.Colors;
    colours[ImGuiCol_CheckMark] = plain(theme.accent);
    colours[ImGuiCol_SliderGrab] =
        blend(theme.panel, theme.accent, 0.55f);  // a number is read over it
    colours[ImGuiCol_SliderGrabActive] = plain(theme.accent);
    colours[ImGuiCol_Button] = blend(theme.panel, theme.text, theme.dark ? 0.11f : 0.08f);
    colours[ImGuiCol_ButtonHovered] = blend(theme.panel, theme.text, theme.dark ? 0.18f : 0.14f);
    colours[ImGuiCol_ButtonActive] = blend(theme.panel, theme.accent, 0.35f);
    colours[ImGuiCol_Header] = blend(theme.panel, theme.accent, 0.20f);
    colours[ImGuiCol_HeaderHovered] = blend(theme.panel, theme.accent, 0.28f);
    colours[ImGuiCol_HeaderActive] = blend(theme.panel, theme.accent, 0.36f);
    colours[ImGuiCol_Separator] = plain(theme.border);
    colours[ImGuiCol_SeparatorHovered] = plain(theme.accent);
    colours[ImGuiCol_SeparatorActive] = plain(theme.accent);
    colours[ImGuiCol_Tab] = plain(theme.panel_title);
    colours[ImGuiCol_TabHovered] = blend(theme.panel, theme.accent, 0.30f);
    colours[ImGuiCol_PlotHistogram] = plain(theme.accent);
    colours[ImGuiCol_DragDropTarget] = plain(theme.accent);
#if IMGUI_VERSION_NUM >= 19140
    colours[ImGuiCol_NavCursor] = plain(theme.accent);
#else
    colours[ImGuiCol_NavHighlight] = plain(theme.accent);
#endif
}

}  // namespace

ImU32 with_alpha(ImU32 colour, float alpha) {
    const auto byte = static_cast<ImU32>(std::lround(std::clamp(alpha, 0.0f, 1.0f) * 255.0f));
    return (colour & ~IM_COL32_A_MASK) | (byte << IM_COL32_A_SHIFT);
}

Theme make_theme(bool dark, const Fonts& fonts) {
    Theme theme{};
    theme.dark = dark;
    theme.fonts = fonts;
    if (dark) {
        colour_dark(theme);
    } else {
        colour_light(theme);
    }
    return theme;
}

void apply_style(const Theme& theme, float scale) {
    ImGuiStyle& style = ImGui::GetStyle();
    set_sizes(style, scale);
    set_text_and_frame_colours(style, theme);
    set_control_colours(style, theme);
}

}  // namespace elbow::gui
