#include "app/gui/top_bar.h"

#include <algorithm>
#include <cstdio>

#include "app/gui/paper_menu.h"
#include "app/gui/runs/runs_menu.h"
#include "app/gui/view_menu.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/window_words.h"

namespace elbow::gui {
namespace {

constexpr const char* kFindLabel = "Find";

ImU32 status_colour(const Context& context) {
    switch (context.trainer->status) {
        case live::TrainerStatus::kPlaying:
            return context.theme.good;
        case live::TrainerStatus::kFailed:
            return context.theme.error;
        case live::TrainerStatus::kPaused:
            return context.theme.warning;
        default:
            return context.theme.text_dim;
    }
}

std::string numbers_text(const Context& context) {
    const auto& trainer = *context.trainer;
    std::string text;
    if (trainer.snapshot) {
        text += short_count(static_cast<double>(trainer.snapshot->samples)) + " images seen";
        if (trainer.status == live::TrainerStatus::kPlaying) {
            text += "  \u00B7  " + short_count(trainer.images_per_s) + " images/s";
        }
        text += "  \u00B7  ";
    }
    char frame[32];
    std::snprintf(frame, sizeof frame, "frame %.1f ms", context.frame_ms);
    return text + frame;
}

// Text in the middle of the bar's height; returns where it ends.
float bar_text(const Context& context, const Area& bar, float x, ImU32 colour, ImFont* font,
               const std::string& text) {
    if (font != nullptr) ImGui::PushFont(font);
    const float y = bar.y + (bar.height - ImGui::GetFontSize()) / 2;
    ImGui::GetWindowDrawList()->AddText(ImVec2(x, y), colour, text.c_str());
    const float end = x + ImGui::CalcTextSize(text.c_str()).x;
    if (font != nullptr) ImGui::PopFont();
    return end + 14.0f * context.scale;
}

void draw_status_pill(Context& context, const Area& bar, float& x) {
    const float scale = context.scale;
    const ImU32 colour = status_colour(context);
    const char* word = status_word(context);
    const ImVec2 text_size = ImGui::CalcTextSize(word);
    const float height = text_size.y + 6.0f * scale;
    const ImVec2 min(x, bar.y + (bar.height - height) / 2);
    const ImVec2 max(x + text_size.x + 30.0f * scale, min.y + height);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(min, max, with_alpha(colour, 0.16f), height / 2);
    list->AddCircleFilled(ImVec2(min.x + 13.0f * scale, min.y + height / 2), 4.0f * scale, colour);
    list->AddText(ImVec2(min.x + 21.0f * scale, min.y + 3.0f * scale), colour, word);
    context.layout.mark("status", min, max, word);
    ImGui::SetCursorScreenPos(min);
    ImGui::Dummy(ImVec2(max.x - min.x, max.y - min.y));
    hover(context, status_help(context).c_str());
    x = max.x + 14.0f * scale;
}

std::string dataset_text(const Context& context) {
    if (context.loading.active) {
        std::string text = context.loading.what;
        if (context.loading.fraction >= 0.0) {
            text +=
                "  " + std::to_string(static_cast<int>(context.loading.fraction * 100.0)) + " %";
        }
        return text;
    }
    const data::Dataset* dataset = context.dataset();
    if (dataset == nullptr) return {};
    return dataset->note.empty() ? dataset->title : dataset->title + "  \u00B7  " + dataset->note;
}

// The buttons on the right; returns where they begin.
float draw_bar_buttons(Context& context, const Area& bar) {
    const float scale = context.scale;
    const float padding = 16.0f * scale;
    const float help_width = ImGui::CalcTextSize("?").x + padding;
    const float height = ImGui::GetFontSize() + 4.0f * scale;
    float x = bar.right() - 8.0f * scale - help_width;
    const float y = bar.y + (bar.height - height) / 2;
    bool pushed = false;
    ImGui::SetCursorScreenPos(ImVec2(x, y));
    if (toggle(context, "top.help", "?", pushed, "Keys, mouse and words (?)")) {
        context.actions.open_help();
    }
    x -= view_button_width(context) + 4.0f * scale;
    ImGui::SetCursorScreenPos(ImVec2(x, y));
    draw_view_menu(context);
    x -= paper_button_width(context) + 4.0f * scale;
    ImGui::SetCursorScreenPos(ImVec2(x, y));
    draw_paper_menu(context);
    x -= runs_button_width(context) + 4.0f * scale;
    ImGui::SetCursorScreenPos(ImVec2(x, y));
    draw_runs_menu(context);
    x -= ImGui::CalcTextSize(kFindLabel).x + padding + 4.0f * scale;
    ImGui::SetCursorScreenPos(ImVec2(x, y));
    if (toggle(context, "top.palette", kFindLabel, pushed,
               "Everything that the window can do, found by a few letters (Ctrl+P)")) {
        context.actions.open_palette();
    }
    return x;
}

void draw_loading_line(const Context& context, const Area& bar) {
    if (!context.loading.active) return;
    const float height = 2.0f * context.scale;
    const float y = bar.bottom() - height;
    double from = 0.0, to = context.loading.fraction;
    if (to < 0.0) {  // no end known: a piece that travels
        from = context.now_s * 0.6 - static_cast<double>(static_cast<int>(context.now_s * 0.6));
        to = std::min(1.0, from + 0.2);
    }
    const auto at = [&](double f) { return bar.x + bar.width * static_cast<float>(f); };
    ImGui::GetWindowDrawList()->AddRectFilled(ImVec2(at(from), y), ImVec2(at(to), y + height),
                                              context.theme.accent);
}

}  // namespace

const char* status_word(const Context& context) {
    switch (context.trainer->status) {
        case live::TrainerStatus::kPlaying:
            return context.trainer->warmup_updates_left > 0 ? "warming up" : "playing";
        case live::TrainerStatus::kPaused:
            return "paused";
        case live::TrainerStatus::kFailed:
            return "failed";
        default:
            return context.loading.active   ? "loading"
                   : context.loading.making ? "starting"
                                            : "no run";
    }
}

std::string status_help(const Context& context) {
    const live::TrainerState& trainer = *context.trainer;
    if (trainer.status == live::TrainerStatus::kFailed) return in_window_words(trainer.failure);
    if (trainer.warmup_updates_left > 0) {
        return "Adagrad only gathers squared gradients in its first updates: " +
               std::to_string(trainer.warmup_updates_left) +
               " more until the weights begin to move.";
    }
    return {};
}

float top_bar_height(float scale) { return 36.0f * scale; }

void draw_top_bar(Context& context, const Area& bar) {
    const Theme& theme = context.theme;
    const float scale = context.scale;
    float right = draw_bar_buttons(context, bar) - 14.0f * scale;
    const auto samples = context.trainer->snapshot ? context.trainer->snapshot->samples : 0;
    const std::string numbers = numbers_text(context);
    if (theme.fonts.mono != nullptr) ImGui::PushFont(theme.fonts.mono);
    const float numbers_width = ImGui::CalcTextSize(numbers.c_str()).x;
    if (theme.fonts.mono != nullptr) ImGui::PopFont();
    // On a narrow window the numbers go: the controls show them, too.
    const bool room = numbers_width < bar.width * 0.55f;
    const float numbers_x = right - (room ? numbers_width : 0.0f);
    if (room) bar_text(context, bar, numbers_x, theme.text_dim, theme.fonts.mono, numbers);
    context.layout.mark("samples", ImVec2(numbers_x, bar.y), ImVec2(right, bar.bottom()),
                        std::to_string(samples));
    float x = bar_text(context, bar, bar.x + 14.0f * scale, theme.text, theme.fonts.title, "Elbow");
    draw_status_pill(context, bar, x);
    bar_text(context, bar, x, theme.text_dim, nullptr,
             fitted(dataset_text(context), numbers_x - 16.0f * scale - x));
    draw_loading_line(context, bar);
}

float message_bar_height(float scale) { return 38.0f * scale; }

int message_bar(Context& context, const char* name, BarKind kind, const std::string& text,
                const std::vector<std::string>& buttons, const Area& area) {
    const Theme& theme = context.theme;
    const float scale = context.scale;
    const ImU32 colour = kind == BarKind::kError ? theme.error : theme.warning;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 min(area.x, area.y), max(area.right(), area.bottom());
    list->AddRectFilled(min, max, with_alpha(colour, 0.13f), 6.0f * scale);
    list->AddRectFilled(min, ImVec2(min.x + 4.0f * scale, max.y), colour, 6.0f * scale,
                        ImDrawFlags_RoundCornersLeft);
    context.layout.mark(name, min, max, text);
    int clicked = -1;
    float right = area.right() - 6.0f * scale;
    for (int i = static_cast<int>(buttons.size()) - 1; i >= 0; --i) {
        const std::string& label = buttons[static_cast<std::size_t>(i)];
        const float width = ImGui::CalcTextSize(label.c_str()).x + 20.0f * scale;
        right -= width;
        ImGui::SetCursorScreenPos(
            ImVec2(right, area.y + (area.height - ImGui::GetFrameHeight()) / 2));
        const std::string id = std::string(name) + "." + std::to_string(i);
        if (button(context, id.c_str(), label.c_str(), "", {}, {width / scale, 0}, i == 0))
            clicked = i;
        right -= 8.0f * scale;
    }
    const ImVec2 text_min(area.x + 16.0f * scale,
                          area.y + (area.height - ImGui::GetFontSize()) / 2);
    const std::string shown = fitted(text, right - text_min.x);
    list->AddText(text_min, theme.text, shown.c_str());
    ImGui::SetCursorScreenPos(min);
    ImGui::Dummy(ImVec2(std::max(1.0f, right - area.x), area.height));
    if (shown != text) hover(context, text.c_str());
    return clicked;
}

}  // namespace elbow::gui
