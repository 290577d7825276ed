#include "app/gui/workspace.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "app/gui/keys.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/splitter.h"

namespace elbow::gui {
namespace {

constexpr float kTitleHeight = 30.0f;  // design pixels
constexpr float kRounding = 7.0f;
constexpr float kMapGap = 7.0f;  // between the two maps of a race

Area on_whole_pixels(const Area& area) {
    const float x = std::round(area.x), y = std::round(area.y);
    return {x, y, std::round(area.right()) - x, std::round(area.bottom()) - y};
}

std::size_t shown_run(const Panel& panel, std::size_t in_hand) {
    switch (panel.shows()) {
        case Shows::kFirst:
            return 0;
        case Shows::kSecond:
            return 1;
        default:
            return in_hand;
    }
}

// The panel's title, and in a race whose panel it is.
struct PanelTitle {
    std::string text;
    std::string run;  // empty where there is one run, or both are shown
    ImU32 colour = 0;
};

PanelTitle title_of(const Context& context, const Panel& panel) {
    PanelTitle title{panel.title(), {}};
    if (context.race != nullptr && panel.shows() != Shows::kBoth) {
        const Contestant& run = context.race->runs[context.run_number];
        title.run = run.name;
        title.colour = run.colour;
    }
    return title;
}

constexpr const char* kFolded = "...";  // the button that stands for a title's controls

float folded_width(float scale) { return ImGui::CalcTextSize(kFolded).x + 16.0f * scale; }

// Under the title; in the middle where the panel would be stretched.
Area content_area(const Panel& panel, const Area& area, float title_height, float scale) {
    Area inside{area.x + 1.0f, area.y + title_height, area.width - 2.0f,
                area.height - title_height - 1.0f};
    const float widest = panel.widest() * scale;
    if (widest > 0.0f && inside.width > widest) {
        inside.x += std::floor((inside.width - widest) / 2);
        inside.width = widest;
    }
    return inside;
}

}  // namespace

Workspace::Workspace(std::vector<std::unique_ptr<Panel>> panels) {
    for (auto& panel : panels) held_.push_back({std::move(panel), {}, 0.0f, false});
}

void Workspace::toggle_maximised(ImVec2 place) {
    if (is_maximised()) return restore();
    for (std::size_t i = 0; i < held_.size(); ++i) {
        if (held_[i].area.contains(place.x, place.y)) maximised_ = i;
    }
}

void Workspace::draw(std::span<Context> contexts, std::size_t in_hand, const Area& space) {
    Context& context = contexts[in_hand];
    toggle_ = kNone;
    column_ = std::exchange(next_column_, {});
    grounds_.clear();
    for (const Held& held : held_) {
        if (shown_run(*held.panel, in_hand) == in_hand) held.panel->tick(context);
    }
    const LayoutAreas areas = layout_areas(context.settings, space, context.scale);
    for (std::size_t i = 0; i < held_.size(); ++i) {
        const Slot slot = held_[i].panel->slot();
        if (!is_maximised()) {
            draw_slot(contexts, in_hand, i, areas.slot(slot));
        } else if (slot == held_[maximised_].panel->slot()) {
            draw_slot(contexts, in_hand, i, space);
        }
    }
    if (!is_maximised()) {
        draw_splitters(context, areas, space);
    }
    if (toggle_ != kNone) maximised_ = is_maximised() ? kNone : toggle_;
}

// In a race the two maps share their slot.
void Workspace::draw_slot(std::span<Context> contexts, std::size_t in_hand, std::size_t index,
                          const Area& slot) {
    const Shows shows = held_[index].panel->shows();
    const std::size_t number = shown_run(*held_[index].panel, in_hand);
    if (number >= contexts.size()) return;
    Area area = slot;
    if (contexts.size() > 1 && (shows == Shows::kFirst || shows == Shows::kSecond)) {
        const float gap = std::min(kMapGap * contexts[in_hand].scale, 0.1f * slot.width);
        area.width = std::floor((slot.width - gap) / 2);  // equal ones, on whole pixels
        if (shows == Shows::kSecond) area.x = slot.right() - area.width;
    }
    LayoutLog& layout = contexts[number].layout;
    if (shows == Shows::kSecond) layout.prefix("second.");
    draw_panel(contexts[number], index, area);
    layout.prefix({});
}

void Workspace::draw_splitters(Context& context, const LayoutAreas& areas, const Area& space) {
    for (std::size_t i = 0; i < kSplitters; ++i) {
        const auto which = static_cast<Splitter>(i);
        const SplitterMove move = splitter(context, which, areas.splitter(which));
        if (move.reset) {
            reset_splitter(context.settings, which);
        } else if (move.delta_px != 0.0f) {
            drag_splitter(context.settings, which, move.delta_px, space, context.scale);
        }
    }
}

// ImGui takes a control of another column for a nearer one than the next below: it counts what lies
// off the way by the thousandth. So up and down find nothing there.
void Workspace::draw_panel(Context& context, std::size_t index, const Area& place) {
    const Area area = on_whole_pixels(place);
    held_[index].area = area;
    if (area.width < 8.0f || area.height < kTitleHeight * context.scale + 8.0f) return;
    const bool elsewhere = column_.width > 0.0f && steps_up_or_down() &&
                           (area.right() <= column_.x || area.x >= column_.right());
    if (elsewhere) {
        ImGui::PushStyleVar(ImGuiStyleVar_DisabledAlpha, 1.0f);
        ImGui::BeginDisabled();
    }
    draw_frame_and_content(context, index, area);
    if (elsewhere) {
        ImGui::EndDisabled();
        ImGui::PopStyleVar();
    }
}

void Workspace::draw_frame_and_content(Context& context, std::size_t index, const Area& area) {
    Held& held = held_[index];
    const Theme& theme = context.theme;
    const float scale = context.scale;
    const float title_height = kTitleHeight * scale;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 min(area.x, area.y), max(area.right(), area.bottom());
    const float foot = kRounding * scale;
    grounds_.push_back(
        {area.x, area.y + title_height, area.width, area.height - title_height - foot});
    list->AddRectFilled(ImVec2(min.x, max.y - foot), max, theme.panel, foot,
                        ImDrawFlags_RoundCornersBottom);
    list->AddRectFilled(min, ImVec2(max.x, area.y + title_height), theme.panel_title,
                        kRounding * scale, ImDrawFlags_RoundCornersTop);
    ImGui::PushID(held.panel->id());
    draw_title(context, index, {area.x, area.y, area.width, title_height});
    const bool edge_to_edge = held.panel->slot() == Slot::kCentre;
    const float padding = (edge_to_edge ? 0.0f : 10.0f) * scale;
    const Area inside = content_area(*held.panel, area, title_height, scale);
    ImGui::SetCursorScreenPos(ImVec2(inside.x, inside.y));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding,
                        ImVec2(padding, edge_to_edge ? 0.0f : 8.0f * scale));
    // A child has a padding where it has a border only; this one's border is drawn around the whole
    // panel, below.
    ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, 1.0f);
    ImGui::PushStyleColor(ImGuiCol_Border, IM_COL32_BLACK_TRANS);
    const ImGuiWindowFlags flags =
        edge_to_edge ? ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse : 0;
    const bool visible = begin_region("content", {inside.width, inside.height}, true, flags);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
    if (visible) held.panel->draw(context);
    if (ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows)) next_column_ = area;
    ImGui::EndChild();
    ImGui::PopID();
    list->AddRect(min, max, theme.border, kRounding * scale);
    context.layout.mark(held.panel->id(), ImVec2(area.x, area.y + title_height), max);
}

void Workspace::draw_title(Context& context, std::size_t index, const Area& bar) {
    Held& held = held_[index];
    const Theme& theme = context.theme;
    const float scale = context.scale;
    const float button_size = 22.0f * scale;
    const Area button_area{bar.right() - button_size - 4.0f * scale,
                           bar.y + (bar.height - button_size) / 2, button_size, button_size};
    const float left = bar.x + 12.0f * scale;
    const float right = button_area.x - 6.0f * scale;
    if (theme.fonts.title != nullptr) ImGui::PushFont(theme.fonts.title);
    const PanelTitle title = title_of(context, *held.panel);
    const float gap = 8.0f * scale;
    const float run_width =
        title.run.empty() ? 0.0f : gap + ImGui::CalcTextSize(title.run.c_str()).x;
    const float title_width = ImGui::CalcTextSize(title.text.c_str()).x + run_width;
    // The controls step behind a button where there is no room for them beside the title, which is
    // shortened where there is not even room for the button.
    held.controls_folded = left + title_width + 10.0f * scale + held.controls_width_px > right &&
                           held.controls_width_px > folded_width(scale);
    const float controls = held.controls_folded ? folded_width(scale) : held.controls_width_px;
    const float room = right - left - (controls > 0.0f ? controls + 10.0f * scale : 0.0f);
    const ImVec2 at(left, bar.y + (bar.height - ImGui::GetFontSize()) / 2);
    // In a race, whose run it is says more than what it shows.
    const bool run_alone = !title.run.empty() && title_width > room;
    const std::string text = run_alone ? "" : fitted(title.text, room);
    ImGui::GetWindowDrawList()->AddText(at, theme.text, text.c_str());
    if (!title.run.empty()) {
        const float x = run_alone ? 0.0f : ImGui::CalcTextSize(text.c_str()).x + gap;
        ImGui::GetWindowDrawList()->AddText(ImVec2(left + x, at.y), title.colour,
                                            fitted(title.run, room - x).c_str());
    }
    if (theme.fonts.title != nullptr) ImGui::PopFont();
    draw_title_controls(context, held, {bar.x, bar.y, right - bar.x, bar.height});
    draw_maximise_button(context, index, button_area);
    const bool over_bar =
        ImGui::IsWindowHovered() && !ImGui::IsAnyItemHovered() &&
        ImGui::IsMouseHoveringRect(ImVec2(bar.x, bar.y), ImVec2(bar.right(), bar.bottom()));
    if (over_bar && ImGui::IsMouseClicked(0) && !context.in_hand)
        context.actions.take_in_hand(context.run_number);
    if (over_bar && ImGui::IsMouseDoubleClicked(0)) toggle_ = index;
}

// At the right end of the room; behind a button where the room is too small for them.
void Workspace::draw_title_controls(Context& context, Held& held, const Area& room) {
    const float scale = context.scale;
    const auto draw_controls = [&] {
        ImGui::BeginGroup();
        held.panel->draw_title_controls(context);
        ImGui::EndGroup();
        held.controls_width_px = ImGui::GetItemRectSize().x;
    };
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(8.0f * scale, 2.0f * scale));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(4.0f * scale, 0.0f));
    const float y = room.y + (room.height - ImGui::GetFrameHeight()) / 2;
    if (!held.controls_folded) {
        ImGui::SetCursorScreenPos(ImVec2(room.right() - held.controls_width_px, y));
        draw_controls();
    } else {
        ImGui::SetCursorScreenPos(ImVec2(room.right() - folded_width(scale), y));
        const std::string name = std::string(held.panel->id()) + ".more";
        if (button(context, name.c_str(), kFolded, "The controls of this panel", {},
                   {folded_width(scale) / scale, 0.0f}))
            ImGui::OpenPopup("more");
        if (ImGui::BeginPopup("more")) {
            close_on_escape();
            draw_controls();
            ImGui::EndPopup();
        }
    }
    ImGui::PopStyleVar(2);
}

void Workspace::draw_maximise_button(Context& context, std::size_t index, const Area& area) {
    const Theme& theme = context.theme;
    const float scale = context.scale;
    ImGui::SetCursorScreenPos(ImVec2(area.x, area.y));
    if (ImGui::InvisibleButton("maximise", ImVec2(area.width, area.height))) toggle_ = index;
    const bool hovered = ImGui::IsItemHovered();
    const std::string name = std::string(held_[index].panel->id()) + ".maximise";
    context.layout.mark(name.c_str(), is_maximised() ? "on" : "off");
    hover(context, is_maximised()
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
    const float inward = is_maximised() ? 3.5f * scale : 0.0f;
    corner(1.0f, -1.0f, inward);
    corner(-1.0f, 1.0f, inward);
}

}  // namespace elbow::gui
