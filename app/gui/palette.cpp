#include "app/gui/palette.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "app/gui/widgets/controls.h"

namespace elbow::gui {
namespace {

constexpr const char* kPalettePopup = "palette";
// Design pixels.
constexpr float kPaletteWidth = 760.0f, kPaletteTop = 60.0f, kPaletteMargin = 12.0f;
constexpr float kActionRow = 26.0f, kRowPadding = 10.0f, kColumnGap = 14.0f, kKeyPadding = 6.0f;
constexpr std::size_t kMostPaletteRows = 14;
constexpr int kHelpLines = 4;

std::string state_text(const WindowAction& action) {
    return action.on ? action.place + (*action.on ? " \u00B7 on" : " \u00B7 off") : action.place;
}

// At the right end of the row; returns where it begins.
float draw_key(const Context& context, const WindowAction& action, ImVec2 at, float right) {
    if (action.keys.empty()) return right;
    const std::string key = shortcut_text(action.keys.front());
    const float padding = kKeyPadding * context.scale;
    const ImVec2 size = ImGui::CalcTextSize(key.c_str());
    const float left = right - size.x - 2 * padding;
    const ImVec2 low(left, at.y - 0.25f * padding), high(right, at.y + size.y + 0.25f * padding);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRect(low, high, context.theme.border, 4.0f * context.scale);
    list->AddText({left + padding, at.y}, context.theme.text_dim, key.c_str());
    return left - kColumnGap * context.scale;
}

// Returns how wide it is.
float draw_title(const Context& context, const WindowAction& action, const FoundAction& found,
                 ImVec2 at, float room) {
    const Theme& theme = context.theme;
    const std::string shown = fitted(action.title, room);
    ImDrawList* list = ImGui::GetWindowDrawList();
    const bool can = why_not_in_palette(action).empty();
    list->AddText(at, can ? theme.text : theme.text_dim, shown.c_str());
    const bool whole = shown == action.title;
    for (const TextPart& part : found.marks) {
        if (!whole && part.begin + part.length > shown.size() - std::strlen("\u2026")) continue;
        const char* begin = action.title.c_str() + part.begin;
        const float x = ImGui::CalcTextSize(action.title.c_str(), begin).x;
        list->AddText({at.x + x, at.y}, theme.accent, begin, begin + part.length);
    }
    return ImGui::CalcTextSize(shown.c_str()).x;
}

int take_arrows(ImGuiInputTextCallbackData* data) {
    int& step = *static_cast<int*>(data->UserData);
    if (data->EventKey == ImGuiKey_UpArrow) --step;
    if (data->EventKey == ImGuiKey_DownArrow) ++step;
    return 0;
}

}  // namespace

void Palette::begin(const Context& context) {
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    const float scale = context.scale, margin = kPaletteMargin * scale;
    const float width = std::min(kPaletteWidth * scale, display.x - 2 * margin);
    ImGui::SetNextWindowPos({0.5f * display.x, std::min(kPaletteTop * scale, 0.1f * display.y)},
                            ImGuiCond_Always, {0.5f, 0.0f});
    ImGui::SetNextWindowSize({width, 0.0f});
}

std::optional<WindowAction> Palette::draw(Context& context,
                                          const std::function<WindowActions()>& actions) {
    const bool toggled = std::exchange(toggled_, false);
    const bool opens = toggled && !open_, closes = toggled && open_;
    if (opens) {
        text_.remember();
        ImGui::OpenPopup(kPalettePopup);
        typed_[0] = '\0';
        chosen_ = 0;
    }
    begin(context);
    open_ = ImGui::BeginPopup(kPalettePopup);
    if (!open_) return std::nullopt;
    const bool entered = draw_field(context);
    const WindowActions all = actions();
    const auto found = find_actions(all, typed_, context.settings.recent_actions);
    if (step_ != 0 && !found.empty()) {
        const auto count = static_cast<int>(found.size());
        chosen_ = static_cast<std::size_t>((static_cast<int>(chosen_) + step_ + count) % count);
        scrolls_ = true;
    }
    chosen_ = std::min(chosen_, found.empty() ? 0 : found.size() - 1);
    const std::optional<std::size_t> clicked = draw_rows(context, all, found);
    draw_help(context, found.empty() ? nullptr : &all[found[chosen_].action]);
    const ImVec2 low = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    context.layout.mark("palette", low, {low.x + size.x, low.y + size.y},
                        std::to_string(found.size()));
    std::optional<WindowAction> chosen;
    if ((entered || clicked) && !found.empty()) {
        const WindowAction& action = all[found[clicked.value_or(chosen_)].action];
        if (why_not_in_palette(action).empty()) chosen = action;
    }
    const bool escaped = escape_pressed() || closes;
    if (chosen || escaped) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    if (chosen) note_recent(context.settings.recent_actions, chosen->id);
    if (escaped) text_.go_back();
    if (chosen || escaped) open_ = false;
    return chosen;
}

// It always has the keyboard, also after a click beside a row. Says whether Enter was pressed.
bool Palette::draw_field(Context& context) {
    const std::string before = typed_;
    step_ = 0;
    if (!ImGui::IsAnyItemActive()) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(-1.0f);
    const bool entered = ImGui::InputTextWithHint(
        "##find", "What do you want to do?", typed_, sizeof typed_,
        ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_CallbackHistory, take_arrows,
        &step_);
    context.layout.mark("palette.find", typed_);
    hover(context,
          "Some letters of what you want to do, of its key or of where it is, in any order. Up and "
          "Down choose, Enter does it, Esc closes.");
    if (before != typed_) {
        chosen_ = 0;
        scrolls_ = true;
    }
    return entered;
}

// Which row was clicked.
std::optional<std::size_t> Palette::draw_rows(Context& context, const WindowActions& all,
                                              const std::vector<FoundAction>& found) {
    const float row = kActionRow * context.scale;
    const float below = ImGui::GetIO().DisplaySize.y - ImGui::GetCursorScreenPos().y -
                        (kHelpLines + 2) * ImGui::GetTextLineHeightWithSpacing();
    const auto room = static_cast<std::size_t>(std::max(below / row, 3.0f));
    const auto rows = static_cast<float>(std::min(kMostPaletteRows, room));
    std::optional<std::size_t> clicked;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0.0f, 0.0f});
    begin_region("##actions", {0.0f, rows * row});
    if (found.empty()) ImGui::TextDisabled("Nothing that the window does has these letters.");
    if (std::exchange(scrolls_, false)) {
        const float top = static_cast<float>(chosen_) * row, shown = ImGui::GetScrollY();
        if (top < shown) ImGui::SetScrollY(top);
        if (top + row > shown + rows * row) ImGui::SetScrollY(top + row - rows * row);
    }
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(found.size()), row);
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const auto at = static_cast<std::size_t>(i);
            if (draw_row(context, all[found[at].action], found[at], at)) clicked = at;
        }
    }
    ImGui::EndChild();
    ImGui::PopStyleVar();
    return clicked;
}

bool Palette::draw_row(Context& context, const WindowAction& action, const FoundAction& found,
                       std::size_t row) {
    const Theme& theme = context.theme;
    const float scale = context.scale;
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const ImVec2 size(ImGui::GetContentRegionAvail().x, kActionRow * scale);
    ImGui::PushID(static_cast<int>(row));
    const bool clicked = ImGui::InvisibleButton("##row", size);
    ImGui::PopID();
    const ImVec2 moved = ImGui::GetIO().MouseDelta;
    if (ImGui::IsItemHovered() && (moved.x != 0.0f || moved.y != 0.0f)) chosen_ = row;
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (row == chosen_) {
        list->AddRectFilled(corner, {corner.x + size.x, corner.y + size.y},
                            with_alpha(theme.accent, 0.18f), 4.0f * scale);
    }
    const std::string& why = why_not_in_palette(action);
    const float padding = kRowPadding * scale, gap = kColumnGap * scale;
    const ImVec2 at(corner.x + padding, corner.y + 0.5f * (size.y - ImGui::GetFontSize()));
    float right = draw_key(context, action, at, corner.x + size.x - padding);
    const std::string place = state_text(action);
    right -= ImGui::CalcTextSize(place.c_str()).x;
    list->AddText({right, at.y}, theme.text_dim, place.c_str());
    right -= gap;
    const float end = at.x + draw_title(context, action, found, at, right - at.x) + gap;
    if (!why.empty() && right - end > 6.0f * ImGui::GetFontSize()) {
        list->AddText({end, at.y}, with_alpha(theme.warning, 0.8f),
                      fitted(why, right - end).c_str());
    }
    if (context.layout.enabled()) {
        const std::string mark = "palette.row." + std::to_string(row);
        context.layout.mark(mark.c_str(), action.id + (why.empty() ? "" : ": " + why) +
                                              (row == chosen_ ? " (chosen)" : ""));
    }
    hover(context, (why.empty() ? action.help : why + "\n" + action.help).c_str());
    return clicked;
}

// Of the chosen one: why it cannot be done, or what it does.
void Palette::draw_help(Context& context, const WindowAction* action) const {
    ImGui::Separator();
    const float height = kHelpLines * ImGui::GetTextLineHeightWithSpacing();
    begin_region("##help", {0.0f, height}, false,
                 ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    if (action != nullptr) {
        const std::string& why = why_not_in_palette(*action);
        ImGui::PushTextWrapPos(0.0f);
        ImGui::PushStyleColor(ImGuiCol_Text,
                              why.empty() ? context.theme.text_dim : context.theme.warning);
        ImGui::TextUnformatted(why.empty() ? action->help.c_str() : why.c_str());
        ImGui::PopStyleColor();
        ImGui::PopTextWrapPos();
        context.layout.mark("palette.help", why.empty() ? action->help : why);
    }
    ImGui::EndChild();
}

}  // namespace elbow::gui
