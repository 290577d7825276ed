#include "app/gui/number_card.h"

#include <algorithm>
#include <utility>

#include "app/gui/widgets/controls.h"
#include "engine/core/text.h"

namespace elbow::gui {
namespace {

constexpr const char* kCardPopup = "number";
constexpr float kCardWidth = 430.0f, kMarkGap = 6.0f;  // design pixels

float mono_width(const Context& context, const std::string& text) {
    if (context.theme.fonts.mono != nullptr) ImGui::PushFont(context.theme.fonts.mono);
    const float width = ImGui::CalcTextSize(text.c_str()).x;
    if (context.theme.fonts.mono != nullptr) ImGui::PopFont();
    return width;
}

}  // namespace

void NumberCard::draw_mark(Context& context, const char* name, const std::string& label,
                           const std::string& value) {
    if (ImGui::IsItemClicked()) ask();
    const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
    const float gap = kMarkGap * context.scale, width = ImGui::CalcTextSize("?").x + 2 * gap;
    const float left = low.x + ImGui::CalcTextSize(label.c_str()).x + gap;
    if (left + width + gap > high.x - mono_width(context, value)) return;
    const ImVec2 after = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({left, low.y});
    ImGui::PushID(name);
    if (ImGui::InvisibleButton("##mark", {width, high.y - low.y})) ask();
    ImGui::PopID();
    const bool hovered = ImGui::IsItemHovered();
    const ImU32 colour = hovered ? context.theme.accent : context.theme.text_dim;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 middle(left + 0.5f * width, 0.5f * (low.y + high.y));
    list->AddCircle(middle, 0.46f * (high.y - low.y), with_alpha(colour, 0.6f));
    list->AddText({left + gap, low.y}, colour, "?");
    context.layout.mark(name, value);
    hover(context, kAskNumber);
    ImGui::SetCursorScreenPos(after);
}

void NumberCard::draw(Context& context, const Numbers& numbers) {
    if (std::exchange(asked_, false)) {
        chosen_ = 0;
        ImGui::OpenPopup(kCardPopup);
    }
    const float scale = context.scale;
    ImGui::SetNextWindowSize({kCardWidth * scale, 0.0f});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(14 * scale, 12 * scale));
    const bool open = ImGui::BeginPopup(kCardPopup);
    ImGui::PopStyleVar();
    if (!open) return;
    close_on_escape();
    const std::vector<AskedNumber> all = numbers();
    if (all.empty()) {
        ImGui::TextDisabled("Nothing was measured yet.");
    } else {
        chosen_ = std::min(chosen_, all.size() - 1);
        draw_titles(context, all);
        draw_number(context, all[chosen_]);
    }
    const ImVec2 low = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    context.layout.mark("number", low, {low.x + size.x, low.y + size.y},
                        all.empty() ? "" : all[chosen_].title);
    ImGui::EndPopup();
}

// Of several, each is a button.
void NumberCard::draw_titles(Context& context, const std::vector<AskedNumber>& all) {
    if (all.size() == 1) {
        ImFont* font = context.theme.fonts.title;
        if (font != nullptr) ImGui::PushFont(font);
        ImGui::TextUnformatted(all[0].title.c_str());
        if (font != nullptr) ImGui::PopFont();
        return;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i > 0) ImGui::SameLine();
        bool on = i == chosen_;
        const std::string name = "number.choice." + std::to_string(i);
        if (toggle(context, name.c_str(), all[i].title.c_str(), on, "Tells of this number."))
            chosen_ = i;
    }
}

void NumberCard::draw_number(Context& context, const AskedNumber& asked) {
    for (const NumberFact& fact : asked.facts)
        value_row(context, fact.name.c_str(), fact.value, fact.help.c_str());
    ImGui::Separator();
    const auto own = asked.forms.begin() + run::kOwnForms;
    for (auto form = asked.forms.begin(); form != asked.forms.end(); ++form) {
        if (form == own) {
            ImGui::Separator();
            ImGui::TextDisabled("The same number as others print it");
        }
        draw_form(context, *form);
    }
    ImGui::Separator();
    ImGui::TextDisabled("A click on a row copies its number.");
}

void NumberCard::draw_form(Context& context, const run::BoundForm& form) {
    const std::string text = number_text(form);
    const std::string help =
        form.why_not.empty() ? form.help + " Click copies it." : form.why_not + "\n" + form.help;
    if (!form.value) ImGui::PushStyleVar(ImGuiStyleVar_Alpha, 0.6f);
    value_row(context, form.name.c_str(), text, help.c_str(),
              form.value ? exact_text(*form.value) : "");
    if (!form.value) ImGui::PopStyleVar();
    context.layout.mark((std::string("number.") + form.id).c_str(), text);
    if (!ImGui::IsItemHovered() || !form.value) return;
    const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
    const float margin = 3.0f * context.scale;
    ImGui::GetWindowDrawList()->AddRectFilled({low.x - margin, low.y}, {high.x + margin, high.y},
                                              with_alpha(context.theme.accent, 0.14f), margin);
    if (!ImGui::IsMouseClicked(0)) return;
    ImGui::SetClipboardText(text.c_str());
    context.toasts.add(ToastKind::kGood, "Copied " + text + " to the clipboard: " + form.name);
}

}  // namespace elbow::gui
