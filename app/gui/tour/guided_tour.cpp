#include "app/gui/tour/guided_tour.h"

#include <algorithm>

#include "app/gui/keys.h"
#include "app/gui/tour/card_place.h"
#include "app/gui/widgets/controls.h"

namespace elbow::gui {
namespace {

// Design pixels.
constexpr float kCardWidthPx = 340.0f, kCardPaddingPx = 14.0f, kCardGapPx = 12.0f;
constexpr float kRingPx = 2.0f, kRingRoomPx = 4.0f, kDotPx = 3.5f, kDotPitchPx = 16.0f;
constexpr float kDim = 0.35f;
constexpr int kFramesToAppear = 3;  // in which a panel comes to the front and is drawn there

const TourStep& step_at(std::size_t step) { return tour_steps()[step]; }

const WindowAction* find_action(const WindowActions& actions, const std::string& id) {
    const auto found = std::find_if(actions.begin(), actions.end(),
                                    [&](const WindowAction& action) { return action.id == id; });
    return found == actions.end() ? nullptr : &*found;
}

void wrapped(const char* text, ImU32 colour) {
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    ImGui::PushTextWrapPos(0.0f);
    ImGui::TextUnformatted(text);
    ImGui::PopTextWrapPos();
    ImGui::PopStyleColor();
}

}  // namespace

void GuidedTour::toggle() {
    if (is_open()) return close();
    go_to(0);
}

void GuidedTour::end(Settings& settings, Workspace& workspace) {
    if (at_) end_step(settings, workspace);
    at_ = wished_ = std::nullopt;
}

// Past the last step it closes.
void GuidedTour::go_on(int by) {
    const std::size_t last = tour_steps().size() - 1, now = *wished_;
    if (by > 0) {
        if (now == last) return close();
        go_to(now + 1);
    } else if (now > 0) {
        go_to(now - 1);
    }
}

bool GuidedTour::take_keys() {
    if (!is_open()) return false;
    const int by = pressed(Key::kRight) ? 1 : pressed(Key::kLeft) ? -1 : 0;
    if (by != 0) go_on(by);
    return by != 0;
}

Settings GuidedTour::without(const Settings& now) const {
    Settings settings = now;
    static_cast<MapLook&>(settings) = look_.without(now);
    settings.layout = layout_.without(now.layout);
    return settings;
}

void GuidedTour::begin_step(Context& context, Workspace& workspace) {
    const TourStep& step = step_at(*at_);
    filling_ = workspace.filling();
    if (!filling_.empty() && step.panels != std::vector<std::string>{filling_}) workspace.restore();
    layout_.lend(context.settings.layout, [&] {
        Layout layout = workspace.layout();
        for (const std::string& panel : step.panels)
            if (group_of(layout, panel) != nullptr) bring_to_front(layout, panel);
        if (!(layout == workspace.layout())) context.settings.layout = layout;
    });
    then_ = context.view_state;
    begun_ = true;
    done_ = false;
    frames_ = 0;
}

void GuidedTour::end_step(Settings& settings, Workspace& workspace) {
    look_.end(settings);
    layout_.end(settings.layout);
    if (!filling_.empty() && workspace.filling().empty()) workspace.fill(filling_);
    filling_.clear();
}

// In every frame in which it is not lent: undo may have put it back.
void GuidedTour::switch_layer_on(Context& context, const WindowActions& actions) {
    why_not_.clear();
    const std::string layer = step_at(*at_).layer;
    if (layer.empty()) return;
    const WindowAction* action = find_action(actions, "map.toggle." + layer);
    why_not_ = action == nullptr ? "This map has no such layer." : action->why_not;
    if (look_.out() || !why_not_.empty()) return;
    look_.lend(context.settings, [&] {
        if (!*action->on) action->run();
    });
}

std::vector<Area> GuidedTour::targets(const Context& context) const {
    std::vector<Area> found;
    const auto& rects = context.layout.rects();
    for (const std::string& mark : step_at(*at_).marks) {
        const auto rect = rects.find(mark);
        if (rect == rects.end()) continue;
        const float room = kRingRoomPx * context.scale;
        found.push_back({rect->second.x - room, rect->second.y - room,
                         rect->second.width + 2 * room, rect->second.height + 2 * room});
    }
    return found;
}

// Takes nothing from the mouse.
void GuidedTour::dim(Context& context, std::span<const Area> targets) {
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(display);
    ImGui::Begin("##dimmed", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->PushClipRect({0, 0}, display);
    for (const Area& part : outside({0, 0, display.x, display.y}, targets))
        list->AddRectFilled({part.x, part.y}, {part.right(), part.bottom()},
                            with_alpha(context.theme.background, kDim));
    const float width = kRingPx * context.scale;
    for (const Area& target : targets)
        list->AddRect({target.x, target.y}, {target.right(), target.bottom()}, context.theme.accent,
                      2 * width, 0, width);
    list->PopClipRect();
    ImGui::End();
}

void GuidedTour::draw(Context& context, Workspace& workspace,
                      const std::function<WindowActions()>& actions) {
    context.layout.gather(is_open());
    // The next step begins a frame later, when the panels are where they were before this one.
    if (at_ != wished_) {
        if (at_) end_step(context.settings, workspace);
        at_ = wished_;
        begun_ = false;
        return;
    }
    if (!at_) return;
    if (!begun_) begin_step(context, workspace);
    switch_layer_on(context, actions());
    done_ = done_ || step_at(*at_).done(then_, context);
    const std::vector<Area> about = targets(context);
    if (++frames_ <= kFramesToAppear && about.empty()) return;
    dim(context, about);
    draw_card(context, about);
}

// It stays where it is while it is in nobody's way, and while the mouse holds something.
void GuidedTour::place_card(float scale, std::span<const Area> targets) {
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    const Area window{0, 0, display.x, display.y};
    const bool whole = shared_area(card_, window) >= card_.width * card_.height - 1.0f;
    const bool free = std::all_of(targets.begin(), targets.end(), [&](const Area& target) {
        return shared_area(card_, target) == 0.0f;
    });
    const bool sized = card_.width == kCardWidthPx * scale;
    if (frames_ > kFramesToAppear && whole && sized && (free || ImGui::IsMouseDown(0))) return;
    card_ = card_place({kCardWidthPx * scale, card_.height}, targets, window, kCardGapPx * scale);
}

void GuidedTour::draw_card(Context& context, std::span<const Area> targets) {
    const float scale = context.scale;
    place_card(scale, targets);
    ImGui::SetNextWindowPos({card_.x, card_.y});
    ImGui::SetNextWindowSize({card_.width, 0.0f});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding,
                        ImVec2(kCardPaddingPx * scale, kCardPaddingPx * scale));
    ImGui::Begin("##guided tour", nullptr,
                 ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                     ImGuiWindowFlags_AlwaysAutoResize);
    ImGui::PopStyleVar();
    draw_words(context, !targets.empty());
    draw_invitation(context);
    draw_dots(context);
    draw_buttons(context);
    card_.height = ImGui::GetWindowSize().y;
    context.layout.mark("guided", {card_.x, card_.y}, {card_.right(), card_.bottom()},
                        step_at(*at_).id);
    ImGui::End();
}

void GuidedTour::draw_words(Context& context, bool found) const {
    const TourStep& step = step_at(*at_);
    const Theme& theme = context.theme;
    if (theme.fonts.title != nullptr) ImGui::PushFont(theme.fonts.title);
    ImGui::TextUnformatted(step.title);
    if (theme.fonts.title != nullptr) ImGui::PopFont();
    wrapped(step.text, theme.text);
    if (*step.equation != '\0') {
        ImGui::Dummy({0.0f, 2.0f * context.scale});
        wrapped(step.equation, theme.accent);
        hover(context,
              "The number is that of the equation in \"Auto-Encoding Variational Bayes\" (Kingma "
              "and Welling 2013).");
    }
    if (!found) wrapped("What this is about is not on the screen now.", theme.warning);
    if (!why_not_.empty()) wrapped(why_not_.c_str(), theme.warning);
}

// A circle beside it is filled when it has been done.
void GuidedTour::draw_invitation(Context& context) const {
    const Theme& theme = context.theme;
    const float radius = 1.2f * kDotPx * context.scale, line = ImGui::GetTextLineHeight();
    ImGui::Dummy({0.0f, 2.0f * context.scale});
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 middle(at.x + radius, at.y + 0.5f * line);
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (done_) {
        list->AddCircleFilled(middle, radius, theme.good);
    } else {
        list->AddCircle(middle, radius, theme.accent, 0, 1.5f * context.scale);
    }
    ImGui::Dummy({2 * radius, line});
    ImGui::SameLine(0.0f, 2 * radius);
    wrapped(step_at(*at_).invitation, done_ ? theme.good : theme.text);
    context.layout.mark("guided.invitation", done_ ? "done" : "open");
    hover(context, done_ ? "You have done it." : "Try it: the window is as alive as ever.");
}

void GuidedTour::draw_dots(Context& context) {
    const Theme& theme = context.theme;
    const float scale = context.scale, side = kDotPitchPx * scale;
    ImGui::Dummy({0.0f, 2.0f * scale});
    const std::span<const TourStep> steps = tour_steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (i > 0) ImGui::SameLine(0.0f, 0.0f);
        const ImVec2 at = ImGui::GetCursorScreenPos();
        if (ImGui::InvisibleButton(steps[i].id, {side, side})) go_to(i);
        const bool here = i == *at_;
        const ImU32 colour =
            here || ImGui::IsItemHovered() ? theme.accent : with_alpha(theme.text_dim, 0.6f);
        ImGui::GetWindowDrawList()->AddCircleFilled({at.x + 0.5f * side, at.y + 0.5f * side},
                                                    (here ? 1.3f : 1.0f) * kDotPx * scale, colour);
        context.layout.mark((std::string("guided.dot.") + std::to_string(i)).c_str(),
                            here ? "here" : "");
        hover(context, (std::to_string(i + 1) + " of " + std::to_string(steps.size()) + ": " +
                        steps[i].title)
                           .c_str());
    }
}

void GuidedTour::draw_buttons(Context& context) {
    const bool last = *at_ + 1 == tour_steps().size();
    const float gap = ImGui::GetStyle().ItemSpacing.x;
    const char* next = last ? "Done" : "Next";
    const float right = ImGui::GetWindowContentRegionMax().x;
    if (!last && button(context, "guided.skip", "Skip the tour",
                        "Closes the tour (Esc). It is in the sheet of keys (?), and F1 opens it."))
        close();
    if (!last) ImGui::SameLine();
    ImGui::SetCursorPosX(right - button_width("Back") - gap - button_width(next));
    if (button(context, "guided.back", "Back", "The step before (Left)",
               *at_ == 0 ? "This is the first step." : ""))
        go_on(-1);
    ImGui::SameLine(0.0f, gap);
    if (button(context, "guided.next", next,
               last ? "Closes the tour (Right)" : "The next step (Right)", {}, {0, 0}, true))
        go_on(1);
}

}  // namespace elbow::gui
