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
constexpr float kDragBegins = 6.0f;
constexpr float kRim = 9.0f;  // along the window's border, where a panel lands beside all others

Area on_whole_pixels(const Area& area) {
    const float x = std::round(area.x), y = std::round(area.y);
    return {x, y, std::round(area.right()) - x, std::round(area.bottom()) - y};
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
    for (auto& panel : panels) {
        const std::string name = panel->place();
        if (least_.emplace(name, panel->least()).second) homes_.push_back({name, panel->home()});
        held_.push_back({std::move(panel), {}, 0.0f, false});
    }
    layout_ = defaults_ = completed({}, homes_);
}

void Workspace::toggle_maximised(ImVec2 place) {
    if (is_maximised()) return restore();
    for (std::size_t i = 0; i < held_.size(); ++i) {
        if (held_[i].area.contains(place.x, place.y)) maximised_ = i;
    }
}

void Workspace::fill(const std::string& place) {
    for (std::size_t i = held_.size(); i-- > 0;)
        if (held_[i].panel->place() == place) maximised_ = i;
}

bool Workspace::cancel_move() {
    const bool carried = move_ && move_->under_way;
    move_.reset();
    return carried;
}

std::string Workspace::why_not_there(const std::string& place,
                                     std::span<const Context> contexts) const {
    if (!only_.empty() && std::find(only_.begin(), only_.end(), place) == only_.end())
        return "Lecture mode leaves it out (F5 ends that).";
    const bool offered = std::any_of(held_.begin(), held_.end(), [&](const Held& held) {
        return held.panel->place() == place &&
               std::any_of(contexts.begin(), contexts.end(),
                           [&](const Context& context) { return held.panel->is_offered(context); });
    });
    return offered ? "" : "This run has nothing for it.";
}

void Workspace::adopt(const Layout& layout, std::span<const Context> contexts) {
    std::vector<bool> offered(homes_.size());
    for (std::size_t i = 0; i < homes_.size(); ++i)
        offered[i] = why_not_there(homes_[i].panel, contexts).empty();
    if (layout == adopted_ && offered == offered_) return;
    std::vector<PanelHome> homes;
    for (std::size_t i = 0; i < homes_.size(); ++i)
        if (offered[i]) homes.push_back(homes_[i]);
    adopted_ = layout;
    offered_ = std::move(offered);
    layout_ = completed(layout, homes);
    defaults_ = completed({}, homes);
    if (is_maximised() && !why_not_there(filling(), contexts).empty()) restore();
}

void Workspace::draw(std::span<Context> contexts, std::size_t in_hand, const Area& space) {
    Context& context = contexts[in_hand];
    adopt(context.settings.layout, contexts);
    toggle_ = kNone;
    changed_ = false;
    column_ = std::exchange(next_column_, {});
    was_gripped_ = std::exchange(gripped_, false);
    grounds_.clear();
    titles_.clear();
    for (Held& held : held_) {
        held.area = {};
        const bool drawn = std::exchange(held.drawn, false);
        if (run_shown_by(*held.panel, in_hand) != in_hand) continue;
        if (!drawn) held.panel->unseen(context);
        held.panel->tick(context);
    }
    if (!asked_for_.empty()) bring_up(std::exchange(asked_for_, {}));
    const LayoutPlaces places = layout_places(layout_, space, context.scale, least_);
    draw_panels(contexts, in_hand, places, space);
    if (!is_maximised()) draw_splitters(context, places);
    follow_move(context, places, space);
    if (toggle_ != kNone) maximised_ = is_maximised() ? kNone : toggle_;
    if (!changed_) return;
    adopted_ = layout_ == defaults_ ? Layout{} : layout_;
    context.settings.layout = adopted_;
}

void Workspace::bring_up(const std::string& place) {
    if (is_maximised() && held_[maximised_].panel->place() != place) restore();
    if (group_of(layout_, place) == nullptr) return;
    bring_to_front(layout_, place);
    changed_ = true;
}

void Workspace::draw_panels(std::span<Context> contexts, std::size_t in_hand,
                            const LayoutPlaces& places, const Area& space) {
    for (std::size_t i = 0; i < held_.size(); ++i) {
        const std::string name = held_[i].panel->place();
        if (is_maximised()) {
            if (name == held_[maximised_].panel->place())
                draw_place(contexts, in_hand, i, {{name}, 0, space});
            continue;
        }
        const GroupPlace* place = place_of(places, name);
        if (place != nullptr && place->front_panel() == name)
            draw_place(contexts, in_hand, i, *place);
    }
}

// In a race the two maps share their place.
void Workspace::draw_place(std::span<Context> contexts, std::size_t in_hand, std::size_t index,
                           const GroupPlace& place) {
    const Shows shows = held_[index].panel->shows();
    const std::size_t number = run_shown_by(*held_[index].panel, in_hand);
    if (number >= contexts.size()) return;
    GroupPlace own = place;
    if (contexts.size() > 1 && (shows == Shows::kFirst || shows == Shows::kSecond)) {
        const float gap = std::min(kMapGap * contexts[in_hand].scale, 0.1f * place.area.width);
        own.area.width = std::floor((place.area.width - gap) / 2);  // equal ones, on whole pixels
        if (shows == Shows::kSecond) own.area.x = place.area.right() - own.area.width;
    }
    LayoutLog& layout = contexts[number].layout;
    if (shows == Shows::kSecond) {
        layout.prefix("second.");
        own.panels = {own.front_panel()};  // the first one's bar has the tabs
        own.front = 0;
    }
    draw_panel(contexts[number], index, own);
    layout.prefix({});
}

void Workspace::draw_splitters(Context& context, const LayoutPlaces& places) {
    for (const SplitterPlace& place : places.splitters) {
        const SplitterMove move = splitter(context, place);
        if (move.reset) {
            reset_splitter(layout_, place, defaults_);
        } else if (move.delta_px != 0.0f) {
            drag_splitter(layout_, place, move.delta_px);
        }
        changed_ = changed_ || move.reset || move.delta_px != 0.0f;
    }
}

// ImGui takes a control of another column for a nearer one than the next below: it counts what lies
// off the way by the thousandth. So up and down find nothing there.
void Workspace::draw_panel(Context& context, std::size_t index, const GroupPlace& place) {
    const Area area = on_whole_pixels(place.area);
    held_[index].area = area;
    if (area.width < 8.0f || area.height < kTitleHeight * context.scale + 8.0f) return;
    const bool elsewhere = column_.width > 0.0f && steps_up_or_down() &&
                           (area.right() <= column_.x || area.x >= column_.right());
    if (elsewhere) {
        ImGui::PushStyleVar(ImGuiStyleVar_DisabledAlpha, 1.0f);
        ImGui::BeginDisabled();
    }
    draw_frame_and_content(context, index, place);
    if (elsewhere) {
        ImGui::EndDisabled();
        ImGui::PopStyleVar();
    }
}

void Workspace::draw_frame_and_content(Context& context, std::size_t index,
                                       const GroupPlace& place) {
    Held& held = held_[index];
    const Area& area = held.area;
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
    draw_title(context, index, place, {area.x, area.y, area.width, title_height});
    ImGui::PushID(held.panel->id());
    draw_content(context, held, title_height);
    ImGui::PopID();
    list->AddRect(min, max, theme.border, kRounding * scale);
    context.layout.mark(held.panel->id(), ImVec2(area.x, area.y + title_height), max);
}

void Workspace::draw_content(Context& context, Held& held, float title_height) {
    const float scale = context.scale;
    const bool edge_to_edge = held.panel->edge_to_edge();
    const float padding = (edge_to_edge ? 0.0f : 10.0f) * scale;
    const Area inside = content_area(*held.panel, held.area, title_height, scale);
    ImGui::SetCursorScreenPos(ImVec2(inside.x, inside.y));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding,
                        ImVec2(padding, edge_to_edge ? 0.0f : 8.0f * scale));
    // A child has a padding where it has a border only; this one's border is drawn around the whole
    // panel, afterwards.
    ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, 1.0f);
    ImGui::PushStyleColor(ImGuiCol_Border, IM_COL32_BLACK_TRANS);
    const ImGuiWindowFlags flags =
        edge_to_edge ? ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse : 0;
    const bool visible = begin_region("content", {inside.width, inside.height}, true, flags);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
    held.drawn = visible;
    if (visible) held.panel->draw(context);
    if (ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows)) next_column_ = held.area;
    ImGui::EndChild();
}

// In the order of the layout; all of them behind, but the one that is drawn.
std::vector<PanelTab> Workspace::tabs_in(const Context& context, std::size_t index,
                                         const GroupPlace& place) const {
    std::vector<PanelTab> found;
    for (const std::string& name : place.panels) {
        const bool in_front = name == place.front_panel();
        for (std::size_t i = 0; i < held_.size(); ++i) {
            if (in_front ? i != index : name != held_[i].panel->place()) continue;
            const Panel& panel = *held_[i].panel;
            found.push_back({i, panel.id(), {panel.title(), {}}, in_front});
            if (in_front) found.back().title = title_of(context, panel);
            break;
        }
    }
    return found;
}

void Workspace::draw_title(Context& context, std::size_t index, const GroupPlace& place,
                           const Area& bar) {
    Held& held = held_[index];
    const float scale = context.scale;
    const float button_size = 22.0f * scale;
    const Area button_area{bar.right() - button_size - 4.0f * scale,
                           bar.y + (bar.height - button_size) / 2, button_size, button_size};
    const float left = bar.x + 12.0f * scale;
    const float right = button_area.x - 6.0f * scale;
    std::vector<PanelTab> tabs = tabs_in(context, index, place);
    // The controls step behind a button where there is no room for them beside the titles, which
    // are shortened where there is not even room for the button.
    const float unfolded = held.controls_width * scale;
    held.controls_folded = left + titles_width(context, tabs) + 10.0f * scale + unfolded > right &&
                           unfolded > folded_width(scale);
    const float controls = held.controls_folded ? folded_width(scale) : unfolded;
    const float room = right - left - (controls > 0.0f ? controls + 10.0f * scale : 0.0f);
    draw_titles(context, tabs, bar, room);
    ImGui::PushID(held.panel->id());
    draw_title_controls(context, held, {bar.x, bar.y, right - bar.x, bar.height});
    if (draw_maximise_button(context, held.panel->id(), is_maximised(), button_area))
        toggle_ = index;
    ImGui::PopID();
    take_titles(context, index, tabs, bar);
}

// An item as large as the area, which the mouse goes on holding until it lets go; true: this is the
// frame in which it was pressed, by a key or by the mouse.
bool Workspace::grip(const PanelTab& tab, const Area& area) {
    ImGui::SetCursorScreenPos(ImVec2(area.x, area.y));
    const std::string name = "title." + tab.name;
    const bool clicked = ImGui::InvisibleButton(
        name.c_str(), ImVec2(std::max(area.width, 1.0f), std::max(area.height, 1.0f)));
    const bool pressed = ImGui::IsItemActivated() && ImGui::IsMouseClicked(0);
    if (pressed && !is_maximised()) move_ = Move{tab.panel, ImGui::GetIO().MousePos};
    if (move_ && move_->index == tab.panel) gripped_ = true;
    return pressed || clicked;
}

// The title in front is held by the whole bar. It is an item only while the mouse holds it, so that
// a tour of the controls does not stop there.
void Workspace::take_titles(Context& context, std::size_t index, std::span<const PanelTab> tabs,
                            const Area& bar) {
    const bool over_bar =
        ImGui::IsWindowHovered() && (was_gripped_ || !ImGui::IsAnyItemHovered()) &&
        ImGui::IsMouseHoveringRect(ImVec2(bar.x, bar.y), ImVec2(bar.right(), bar.bottom()));
    bool over_tab = false;
    for (const PanelTab& tab : tabs) {
        const ImVec2 min(tab.area.x, tab.area.y), max(tab.area.right(), tab.area.bottom());
        const std::string mark = tab.name + ".title";
        titles_.push_back({held_[tab.panel].panel->place(), tab.area});
        if (tab.in_front) {
            context.layout.mark(mark.c_str(), min, max, "front");
            continue;
        }
        if (grip(tab, tab.area)) {
            bring_to_front(layout_, held_[tab.panel].panel->place());
            changed_ = true;
        }
        context.layout.mark(mark.c_str(), "behind");  // a tour of the controls stops here
        over_tab = over_tab || ImGui::IsItemHovered();
        hover(context, "Click to bring it to the front; drag it to move the panel");
    }
    const bool pressed = over_bar && !over_tab && ImGui::IsMouseClicked(0);
    if (pressed && !context.in_hand) context.actions.take_in_hand(context.run_number);
    if (over_bar && !over_tab && ImGui::IsMouseDoubleClicked(0)) toggle_ = index;
    const bool held = move_ && move_->index == index;
    const auto front =
        std::find_if(tabs.begin(), tabs.end(), [](const PanelTab& tab) { return tab.in_front; });
    if ((pressed || held) && !is_maximised()) grip(*front, bar);
}

void Workspace::follow_move(Context& context, const LayoutPlaces& places, const Area& space) {
    if (!move_) return;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const float scale = context.scale;
    const float far =
        std::max(std::abs(mouse.x - move_->from.x), std::abs(mouse.y - move_->from.y));
    move_->under_way = move_->under_way || far > kDragBegins * scale;
    const bool let_go = !ImGui::IsMouseDown(0);
    if (move_->under_way && gripped_) {
        const std::string panel = held_[move_->index].panel->place();
        const auto spot = drop_spot({places, titles_, space, kTitleHeight * scale, kRim * scale},
                                    panel, mouse.x, mouse.y);
        Layout moved = layout_;
        if (spot) move_panel(moved, panel, *spot);
        if (!let_go) {
            ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
            draw_preview(context, moved, spot, space);
        } else if (!(moved == layout_)) {
            layout_ = std::move(moved);
            changed_ = true;
        }
    }
    if (let_go || !gripped_) move_.reset();
}

// The title that is carried, beside the mouse; and where its panel would be.
void Workspace::draw_preview(Context& context, const Layout& moved, const std::optional<Spot>& spot,
                             const Area& space) const {
    const Panel& panel = *held_[move_->index].panel;
    const Theme& theme = context.theme;
    const float scale = context.scale;
    ImDrawList* list = ImGui::GetForegroundDrawList();
    if (!(moved == layout_)) {
        const LayoutPlaces places = layout_places(moved, space, scale, least_);
        const Area area = on_whole_pixels(place_of(places, panel.place())->area);
        const ImVec2 min(area.x, area.y), max(area.right(), area.bottom());
        list->AddRectFilled(min, max, with_alpha(theme.accent, 0.2f), kRounding * scale);
        list->AddRect(min, max, theme.accent, kRounding * scale, 0, 2.0f * scale);
        context.layout.mark("layout.preview", min, max, panel.place());
        if (!spot->side) draw_insertion(context, *spot);
    }
    const ImVec2 size = ImGui::CalcTextSize(panel.title());
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const ImVec2 at(mouse.x + 14.0f * scale, mouse.y + 10.0f * scale);
    const float padding = 8.0f * scale;
    const ImVec2 low(at.x - padding, at.y - padding / 2);
    const ImVec2 high(at.x + size.x + padding, at.y + size.y + padding / 2);
    list->AddRectFilled(low, high, theme.panel_title, 5.0f * scale);
    list->AddRect(low, high, theme.border, 5.0f * scale);
    list->AddText(at, theme.text, panel.title());
}

// Between which titles a tab would be.
void Workspace::draw_insertion(const Context& context, const Spot& spot) const {
    std::optional<float> x;
    Area last;
    for (const TabPlace& title : titles_) {
        if (title.panel == spot.before) x = title.area.x;
        if (title.panel == spot.beside.back()) last = title.area;
    }
    const float half = 1.5f * context.scale;
    const float middle = x.value_or(last.right() + 4.0f * half);
    ImGui::GetForegroundDrawList()->AddRectFilled(ImVec2(middle - half, last.y),
                                                  ImVec2(middle + half, last.bottom()),
                                                  context.theme.accent, half);
}

// At the right end of the room; behind a button where the room is too small for them.
void Workspace::draw_title_controls(Context& context, Held& held, const Area& room) {
    const float scale = context.scale;
    const auto draw_controls = [&] {
        ImGui::BeginGroup();
        held.panel->draw_title_controls(context);
        ImGui::EndGroup();
        held.controls_width = ImGui::GetItemRectSize().x / scale;
    };
    // How wide they are, and so where they begin, is not known before they were drawn once: then
    // they are drawn where nobody sees them.
    const bool unknown = held.controls_width == 0.0f;
    if (unknown) ImGui::PushClipRect({0, 0}, {0, 0}, false);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(8.0f * scale, 2.0f * scale));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(4.0f * scale, 0.0f));
    const float y = room.y + (room.height - ImGui::GetFrameHeight()) / 2;
    if (!held.controls_folded) {
        ImGui::SetCursorScreenPos(ImVec2(room.right() - held.controls_width * scale, y));
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
    if (unknown) ImGui::PopClipRect();
    ImGui::PopStyleVar(2);
}

}  // namespace elbow::gui
